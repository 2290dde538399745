// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/light.h"
#include "core/demo/painter/noise.h"

namespace gesso::demo {

// Gradient, sun or moon with its glow, stars, clouds, northern lights.
class Sky
{
public:
    Sky(const SceneBrief& brief, const Light& light, float horizon);

    Colour at(float x, float y) const;
    Colour withoutDisc(float x, float y) const; // for reflections, where the disc is a path of glitter

private:
    Colour gradient(float y) const;
    float glowAt(float x, float y) const;
    void addStars(Colour& colour, float x, float y, float cover) const;
    void addAurora(Colour& colour, float x, float y) const;
    float addClouds(Colour& colour, float x, float y) const; // how much they hide
    void addDisc(Colour& colour, float x, float y, float cover) const;

    SceneBrief m_brief;
    Light m_light;
    float m_horizon;
    ValueNoise m_clouds;
    ValueNoise m_warp;
    float m_coverage;
    float m_stretch;
    float m_drift;
};

} // namespace gesso::demo
