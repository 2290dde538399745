// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/picture.h"

#include <QStringList>

namespace gesso::demo {

QStringList pictureScaleMethods(); // of ImageScale and its kin
QStringList latentScaleMethods();

// To any size ≥ 1, by "nearest-exact", "bilinear", "area", "bicubic", "lanczos" (others: bilinear). As in
// PyTorch, bilinear and bicubic look at neighbours only, also when scaling down; area and lanczos at all they
// cover.
Picture resample(const Picture& picture, int width, int height, const QString& method);

// The middle part that has the proportions of width : height (crop "center" of the scale nodes).
Picture cropToProportion(const Picture& picture, int width, int height);
Picture cropped(const Picture& picture, int x, int y, int width, int height); // must lie inside

} // namespace gesso::demo
