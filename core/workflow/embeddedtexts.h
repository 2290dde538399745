// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace gesso {

// Key and UTF-8 text, in file order. Keys may repeat.
using TextList = QList<std::pair<QString, QByteArray>>;

// The text chunks of a PNG (tEXt, zTXt, iTXt, and comf, which ComfyUI writes into animated PNG). A broken or
// truncated file gives what stands before the break. Bounded: at most 64 MiB of text, 256 texts.
TextList pngTexts(QByteArrayView file);
bool isPng(QByteArrayView file);

// What ComfyUI writes into the EXIF of a WebP: "workflow:{…}" and "prompt:{…}" in ASCII fields.
TextList webpTexts(QByteArrayView file);
bool isWebp(QByteArrayView file);

// "key:text" ASCII fields of a TIFF block, either byte order.
TextList exifTexts(QByteArrayView tiff);

// Text of unknown encoding (the standards say Latin-1 or ASCII, tools write UTF-8) to UTF-8.
QByteArray toUtf8(QByteArrayView text);

} // namespace gesso
