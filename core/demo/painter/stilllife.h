// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/noise.h"
#include "core/demo/painter/scene.h"
#include "core/demo/painter/scenebrief.h"

#include <vector>

namespace gesso::demo {

// Fruit and a vase with flowers on a table by a window.
class StillLife final : public Scene
{
public:
    StillLife(const SceneBrief& brief, float aspect);

    Colour at(float x, float y) const override;

private:
    struct Ball {
        float x, y, radius;
        Colour skin;
        Colour blush;
        bool hasStalk;
    };
    struct Bloom {
        float x, y, radius;
        Colour petal;
        float turn;
        int petals;
    };

    Colour wall(float x, float y) const;
    Colour table(float x, float y) const;
    Colour overVase(const Colour& behind, float x, float y) const;
    Colour overBall(const Colour& behind, const Ball& ball, float x, float y) const;
    Colour overBloom(const Colour& behind, const Bloom& bloom, float x, float y) const;
    Colour overStems(const Colour& behind, float x, float y) const;
    float shadowAt(float x, float y) const;
    float vaseHalfWidth(float t) const;

    ValueNoise m_noise;
    float m_edge; // of the table
    float m_vaseX, m_vaseFoot, m_vaseHeight;
    Colour m_wall, m_cloth, m_glaze, m_light, m_shade;
    std::vector<Ball> m_fruit;
    std::vector<Bloom> m_blooms;
};

} // namespace gesso::demo
