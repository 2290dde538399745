// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/workflow/carriers/carrierbytes.h"

// Pictures without a picture: only the parts in which texts stand, as their formats have them.
namespace gesso::carrierbytes {

struct ExifField {
    quint16 tag = 0;
    quint16 type = 2; // ASCII; its NUL is added
    QByteArray value;
};

// A TIFF block, after "Exif\0\0", with the fields of its first directory and of the one of EXIF.
QByteArray exifBlock(const QList<ExifField>& fields, const QList<ExifField>& exifFields = {},
                     bool bigEndian = true);

QByteArray xmpPacket(const QByteArray& description); // what stands inside rdf:Description

QByteArray pngChunk(const QByteArray& type, const QByteArray& content);
QByteArray png(const QByteArray& chunks);
QByteArray jpegSegment(quint8 marker, const QByteArray& content);
QByteArray jpeg(const QByteArray& segments);
QByteArray webp(const QByteArray& chunks);
QByteArray riffChunk(const QByteArray& type, const QByteArray& content);
QByteArray isoBox(const QByteArray& type, const QByteArray& content);

} // namespace gesso::carrierbytes
