// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QSize>
#include <QString>

namespace gesso {

// A decoded picture and how large it is in the file (larger than `image` when it was scaled down).
struct Picture {
    QImage image;
    QSize fullSize;
};

// Decodes a picture that may be hostile, the first frame of an animated one. Its format is told by its
// content and must be one of a few; its declared size is checked before anything is allocated. Scaled down to
// fit `box` unless that is empty, never up. Any thread; blocking. Errors: Unreadable, TooLarge.
Result<Picture> readPicture(const QString& path, QSize box = {});
Result<Picture> decodePicture(const QByteArray& bytes, QSize box = {});

// Whether files of this name's kind can be decoded.
bool isPictureFile(const QString& path);

} // namespace gesso
