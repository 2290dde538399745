// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/colour.h"
#include "core/demo/painter/scenebrief.h"

namespace gesso::demo {

// The colours that time of day and weather give to everything, and where the sun (or moon) stands.
struct Light {
    Colour zenith;
    Colour middle;
    Colour horizon;
    Colour sun; // of the disc
    Colour key; // what it throws on things
    Colour ambient; // what shadows get
    Colour haze; // what distance fades to
    float sunX = 0.5F; // in picture heights from the left
    float sunY = 0.3F;
    float sunRadius = 0.03F;
    float glow = 1;
    float darkness = 0; // 1: night
};

Light lightFor(const SceneBrief& brief, float aspect, float horizon);

} // namespace gesso::demo
