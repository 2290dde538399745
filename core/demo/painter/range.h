// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/light.h"
#include "core/demo/painter/noise.h"
#include "core/demo/painter/profile.h"

namespace gesso::demo {

enum class Relief { Mountains, Hills, Dunes, Forest, Meadow };

struct RangeShape {
    Relief relief = Relief::Hills;
    float base = 0.6F; // where its foot is, in picture heights
    float height = 0.2F; // how far its crest rises at most
    float scale = 2; // features per picture height
    float distance = 0.5F; // 0: at hand; 1: lost in haze
    Colour ground; // in full light
    Colour accent; // in patches
    float snow = 0; // 0 … 1: how far down it lies
    std::uint64_t seed = 0;
};

// One layer of land, seen against what lies behind it.
class Range
{
public:
    Range(const RangeShape& shape, const Light& light, float aspect);

    float crest(float x) const { return m_crest.at(x); }
    // Draws itself over `behind`.
    Colour over(const Colour& behind, float x, float y) const;

private:
    void plantTrees(float aspect);
    Colour rock(float x, float y, float below) const;
    Colour soft(float x, float y, float below) const;

    RangeShape m_shape;
    Light m_light;
    ValueNoise m_noise;
    Profile m_crest;
};

Colour groundColour(const SceneBrief& brief, Random& random); // grass, leaves or snow of the season
Colour accentColour(const SceneBrief& brief, Random& random); // what grows among it

} // namespace gesso::demo
