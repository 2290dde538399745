// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/folders.h"

namespace gesso::demo {

// Puts example.png and example-masked.png (the same with a transparent hole) into the input folder, so that
// workflows that load a picture run out of the box. Pictures that are there already are left alone.
void addSamplePictures(const Folders& folders);

} // namespace gesso::demo
