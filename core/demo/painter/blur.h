// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/picture.h"

namespace gesso::demo {

// Three box blurs, close to a Gaussian of this standard deviation in pixels; its time does not grow with it.
void blur(Picture& picture, double sigma);

} // namespace gesso::demo
