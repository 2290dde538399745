// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QString>
#include <QStringList>

namespace gesso::demo {

enum class Orientation { AsStored, Upright };

// A picture somebody uploaded. Its format is told by its content and must be one of a few (an SVG may name
// other files); its size is asked before anything is allocated. Errors: Unreadable, TooLarge
// (maxBatchPixels).
Result<QImage> readPictureFile(const QString& path, Orientation orientation);
Result<QImage> decodePicture(const QByteArray& bytes);

QStringList pictureNamePatterns(); // "*.png" …, of what can be read here

} // namespace gesso::demo
