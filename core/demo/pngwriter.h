// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>

#include <utility>

namespace gesso::demo {

// A PNG with texts as tEXt chunks before the pixels, where ComfyUI's Python library puts them (Qt would write
// zTXt). The texts are Latin-1; ComfyUI's are ASCII, for json.dumps escapes everything else.
QByteArray pngWithTexts(const QImage& image, const QList<std::pair<QByteArray, QByteArray>>& texts);

} // namespace gesso::demo
