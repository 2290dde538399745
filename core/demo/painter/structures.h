// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/light.h"
#include "core/demo/painter/noise.h"

namespace gesso::demo {

// Things that people put into a landscape. Each draws itself over what is behind.
struct Lighthouse {
    float x = 0; // middle, in picture heights
    float foot = 0.6F;
    float height = 0.3F;

    Colour over(const Colour& behind, const Light& light, float px, float py) const;
    Colour shine(const Colour& behind, const Light& light, float px,
                 float py) const; // beam and glow, over everything
};

struct Cottage {
    float x = 0;
    float foot = 0.7F;
    float size = 0.1F;

    Colour over(const Colour& behind, const Light& light, float px, float py) const;
};

struct Boat {
    float x = 0;
    float waterline = 0.7F;
    float size = 0.08F;

    Colour over(const Colour& behind, const Light& light, float px, float py) const;
};

} // namespace gesso::demo
