// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/range.h"
#include "core/demo/painter/scene.h"
#include "core/demo/painter/sky.h"
#include "core/demo/painter/structures.h"

#include <optional>

namespace gesso::demo {

// Sky, far to near layers of land, water with reflections, and what stands there.
class Landscape final : public Scene
{
public:
    Landscape(const SceneBrief& brief, float aspect);

    Colour at(float x, float y) const override;

private:
    static float horizonFor(const SceneBrief& brief);
    void layOutDistance(float aspect, Random& random);
    void layOutForeground(float aspect, Random& random);
    void addStructures(float aspect, Random& random);

    Colour backdrop(float x, float y, bool isReflection) const; // sky and far land
    Colour water(float x, float y) const;
    Colour meadow(const Colour& ground, float x, float y) const; // with flowers

    SceneBrief m_brief;
    float m_horizon;
    Light m_light;
    Sky m_sky;
    ValueNoise m_ripples;
    ValueNoise m_brush;
    bool m_hasWater;
    std::vector<Range> m_far; // behind the water
    std::vector<Range> m_near; // before it
    std::optional<Lighthouse> m_lighthouse;
    std::optional<Cottage> m_cottage;
    std::optional<Boat> m_boat;
};

} // namespace gesso::demo
