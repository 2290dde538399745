// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/noise.h"
#include "core/demo/painter/scene.h"
#include "core/demo/painter/scenebrief.h"

namespace gesso::demo {

// Currents of colour, folded into each other, with a few fine veins of gold.
class AbstractField final : public Scene
{
public:
    explicit AbstractField(const SceneBrief& brief);

    Colour at(float x, float y) const override;

private:
    Colour palette(float t) const;

    ValueNoise m_noise;
    Colour m_colours[5];
    float m_scale;
    float m_turn;
};

} // namespace gesso::demo
