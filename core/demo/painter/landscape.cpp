// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/landscape.h"

#include <cmath>

namespace gesso::demo {

Landscape::Landscape(const SceneBrief& brief, float aspect)
    : m_brief(brief)
    , m_horizon(horizonFor(brief))
    , m_light(lightFor(brief, aspect, m_horizon))
    , m_sky(brief, m_light, m_horizon)
    , m_ripples(brief.seed ^ 0x817ULL)
    , m_brush(brief.seed ^ 0xB75ULL)
    , m_hasWater(brief.hasSea || brief.hasLake)
{
    Random random(brief.seed ^ 0x1A4DULL);
    layOutDistance(aspect, random);
    layOutForeground(aspect, random);
    addStructures(aspect, random);
}

float Landscape::horizonFor(const SceneBrief& brief)
{
    Random random(brief.seed ^ 0x40ULL);
    if (brief.hasSea) {
        return random.between(0.56F, 0.66F);
    }
    return brief.hasLake ? random.between(0.55F, 0.62F) : random.between(0.50F, 0.60F);
}

void Landscape::layOutDistance(float aspect, Random& random)
{
    const float mist = m_brief.weather == Weather::Mist ? 0.22F : 0.0F;
    if (m_brief.hasMountains) {
        const Colour stone = mix(fromHex(0x7D8596), fromHex(0x8E7F78), random.uniform());
        const float snow = m_brief.season == Season::Winter ? 1.2F : random.between(0.25F, 0.6F);
        const float heights[] = {0.34F, 0.25F, 0.15F};
        for (int i = 0; i < 3; ++i) {
            const auto nearness = static_cast<float>(i);
            m_far.emplace_back(RangeShape{Relief::Mountains, m_horizon + 0.004F,
                                          heights[i] * random.between(1.0F, 1.35F),
                                          random.between(1.1F, 1.6F) + 0.5F * nearness,
                                          0.62F - 0.17F * nearness + mist, stone * (1.0F - 0.1F * nearness),
                                          stone, snow * (1.0F - 0.35F * nearness), random.next()},
                               m_light, aspect);
        }
    } else if (!m_brief.hasDesert) {
        m_far.emplace_back(RangeShape{Relief::Hills, m_horizon + 0.006F, m_brief.hasSea ? 0.035F : 0.10F,
                                      1.3F, 0.66F + mist, fromHex(0x71859A), fromHex(0x7F9186), 0,
                                      random.next()},
                           m_light, aspect);
    }
    if (m_brief.hasForest && !m_brief.hasDesert) {
        const Colour green = mix(groundColour(m_brief, random), fromHex(0x2F4F3A),
                                 m_brief.season == Season::Autumn       ? 0.15F
                                     : m_brief.season == Season::Winter ? 0.5F
                                                                        : 0.62F);
        m_far.emplace_back(RangeShape{Relief::Forest, m_horizon + 0.008F, 0.10F, 2.4F, 0.34F + mist, green,
                                      accentColour(m_brief, random) * 0.8F, 0, random.next()},
                           m_light, aspect);
        m_far.emplace_back(RangeShape{Relief::Forest, m_horizon + 0.012F, 0.07F, 2.8F, 0.20F + mist,
                                      green * 0.85F, accentColour(m_brief, random) * 0.7F, 0, random.next()},
                           m_light, aspect);
    }
}

void Landscape::layOutForeground(float aspect, Random& random)
{
    const float mist = m_brief.weather == Weather::Mist ? 0.16F : 0.0F;
    if (m_brief.hasDesert) {
        const Colour sand = mix(fromHex(0xE0A868), fromHex(0xD8925A), random.uniform());
        for (int i = 0; i < 5; ++i) {
            const auto nearness = static_cast<float>(i);
            m_near.emplace_back(
                RangeShape{Relief::Dunes,
                           m_horizon + 0.03F + 0.075F * nearness + 0.012F * nearness * nearness,
                           0.10F + 0.05F * nearness, 1.7F - 0.22F * nearness, 0.50F - 0.11F * nearness + mist,
                           sand, sand * 0.94F, 0, random.next()},
                m_light, aspect);
        }
        return;
    }
    const Colour ground = groundColour(m_brief, random);
    if (!m_hasWater) {
        for (int i = 0; i < 4; ++i) {
            const auto nearness = static_cast<float>(i);
            m_near.emplace_back(RangeShape{Relief::Hills, m_horizon + 0.03F + 0.085F * nearness,
                                           0.07F + 0.02F * nearness, 1.7F - 0.15F * nearness,
                                           0.42F - 0.12F * nearness + mist,
                                           mix(ground, groundColour(m_brief, random), 0.5F),
                                           accentColour(m_brief, random), 0, random.next()},
                                m_light, aspect);
            if (m_brief.hasForest && (i == 1 || i == 2)) {
                m_near.emplace_back(
                    RangeShape{Relief::Forest, m_horizon + 0.07F + 0.09F * nearness, 0.13F + 0.05F * nearness,
                               1.8F, 0.24F - 0.08F * nearness + mist,
                               mix(ground, fromHex(0x27452F), m_brief.season == Season::Autumn ? 0.2F : 0.6F),
                               accentColour(m_brief, random) * 0.8F, 0, random.next()},
                    m_light, aspect);
            }
        }
    }
    const Colour bank = mix(ground, fromHex(0x33402C), m_brief.season == Season::Winter ? 0.1F : 0.45F);
    m_near.emplace_back(RangeShape{m_brief.season == Season::Winter ? Relief::Hills : Relief::Meadow,
                                   m_hasWater ? 0.985F : 0.96F, 0.13F, 1.1F, 0.03F, bank,
                                   mix(bank, accentColour(m_brief, random), 0.5F), 0, random.next()},
                        m_light, aspect);
    if (m_brief.hasForest) {
        m_near.emplace_back(RangeShape{Relief::Forest, 1.04F, 0.24F, 0.9F, 0.0F,
                                       mix(bank, fromHex(0x2A3A2C), 0.45F),
                                       mix(bank, accentColour(m_brief, random), 0.4F), 0, random.next() | 1U},
                            m_light, aspect);
    }
}

void Landscape::addStructures(float aspect, Random& random)
{
    const bool sunIsRight = m_light.sunX > aspect / 2;
    const float side = sunIsRight ? 0.27F : 0.73F;
    if (m_brief.hasLighthouse) {
        const float x = aspect * side + random.between(-0.04F, 0.04F);
        m_lighthouse = Lighthouse{x, m_horizon + 0.01F - 0.055F, random.between(0.32F, 0.40F)};
    }
    if (m_brief.hasBoat) {
        m_boat = Boat{aspect * (1 - side) + random.between(-0.1F, 0.1F),
                      m_horizon + random.between(0.06F, 0.10F), random.between(0.06F, 0.085F)};
    }
    if (m_brief.hasCottage) {
        const float x = aspect * (m_brief.hasLighthouse ? 1 - side : side) + random.between(-0.05F, 0.05F);
        const float size = random.between(0.055F, 0.075F);
        const float foot = m_hasWater || m_near.size() < 2 ? m_near.front().crest(x) : m_near[1].crest(x);
        m_cottage = Cottage{x, foot + 0.03F, size};
    }
}

Colour Landscape::backdrop(float x, float y, bool isReflection) const
{
    Colour colour = isReflection ? m_sky.withoutDisc(x, y) : m_sky.at(x, y);
    for (const Range& range : m_far) {
        colour = range.over(colour, x, y);
    }
    if (m_lighthouse) {
        // It stands on a headland that falls off to both sides.
        const float dx = (x - m_lighthouse->x) / 0.34F;
        const float rock = 0.02F * m_brush.fractal(x * 14, 2.5F, 4);
        const float top = m_horizon + 0.012F - 0.075F * std::exp(-dx * dx * 2.2F) - rock * std::exp(-dx * dx)
            + 0.05F * smoothStep(0.9F, 1.5F, std::abs(dx));
        const float cover =
            smoothStep(-0.0014F, 0.0014F, y - top) * (1 - smoothStep(1.1F, 1.5F, std::abs(dx)));
        const float face = m_brush.ridged(x * 20, y * 34, 4);
        const float grass = 1 - smoothStep(0.008F, 0.022F, y - top);
        Colour stone =
            mix(fromHex(0x6B625C) * (0.6F + 0.7F * face), fromHex(0x7C8C4E) * (0.8F + 0.4F * face), grass);
        stone = stone * mix(m_light.ambient * 0.7F, m_light.key, std::clamp(0.2F + 0.9F * face, 0.0F, 1.0F));
        colour = mix(colour, mix(stone, m_light.haze, 0.12F), cover);
        colour = m_lighthouse->over(colour, m_light, x, y);
    }
    return colour;
}

Colour Landscape::water(float x, float y) const
{
    const float depth = y - m_horizon;
    // Waves shrink towards the horizon.
    const float scale = 1.0F / (depth + 0.018F);
    const float v = scale * 0.85F;
    const float u = (x - 0.6F) * scale * 0.55F;
    const float calm = m_brief.hasSea ? 1.0F : 0.5F;
    const float swell = m_ripples.fractal(u * 0.9F, v * 5.0F, 4);
    const float chop = m_ripples.fractal(u * 3.1F + 11, v * 15.0F, 3);
    const float ripple = (swell + 0.5F * chop) * calm;
    const float mirrored = std::max(m_horizon - depth * 0.92F + ripple * (0.010F + depth * 0.16F), 0.0F);
    Colour colour = backdrop(x + ripple * (0.004F + depth * 0.05F), mirrored, true);

    const Colour deep = mix(m_light.zenith, fromHex(0x123B4A), 0.45F) * (0.75F - 0.35F * m_light.darkness);
    const float facing = smoothStep(0.0F, 0.55F, depth) * 0.55F + std::clamp(ripple, 0.0F, 1.0F) * 0.30F;
    colour = mix(colour * 0.94F, deep, std::clamp(facing + 0.10F * calm, 0.0F, 0.85F));
    // The sun's path: glints on the crests that face it.
    const float spread = 0.030F + depth * 0.30F;
    const float across = (x - m_light.sunX) / spread;
    const float path = std::exp(-across * across);
    const float glint = smoothStep(0.05F, 0.42F, swell * 0.6F + chop * 0.7F + 0.20F * path);
    colour = colour
        + m_light.sun
            * (path * (0.20F + 1.05F * glint) * (0.35F + 0.75F * m_light.glow)
               * (1 - 0.5F * smoothStep(0.0F, 0.5F, depth)));
    if (m_brief.hasSea) { // white caps
        const float foam = smoothStep(0.34F, 0.52F, ripple) * smoothStep(0.03F, 0.25F, depth);
        colour = mix(colour, mix(m_light.ambient, m_light.key, 0.7F), 0.5F * foam);
    }
    return mix(colour, m_light.haze, 0.45F * std::exp(-depth * 30.0F));
}

Colour Landscape::meadow(const Colour& ground, float x, float y) const
{
    if (!m_brief.hasFlowers || y < m_horizon + 0.05F) {
        return ground;
    }
    Colour colour = ground;
    const float nearness = (y - m_horizon) / (1 - m_horizon);
    constexpr unsigned petals[] = {0xE8484A, 0xF2C14E, 0xF6EFE4, 0x9A6BD0, 0xEF7FA8};
    const std::uint64_t favourite = m_brief.seed % std::size(petals);
    for (int neighbour = 0; neighbour < 2; ++neighbour) {
        const float shift = 0.5F * static_cast<float>(neighbour);
        // Rows in steps of the cell size of their own height would tear; a band has one size.
        const float row = std::floor(std::log(nearness + 0.05F) * 22.0F + shift);
        const float rowY = m_horizon + (std::exp((row - shift + 0.5F) / 22.0F) - 0.05F) * (1 - m_horizon);
        const float rowCell = 0.007F + 0.030F * std::pow((rowY - m_horizon) / (1 - m_horizon), 2.0F);
        const float column = std::floor(x / rowCell + shift);
        Random random(static_cast<std::uint64_t>(
                          static_cast<std::int64_t>(row * 8191.0F + column * 131.0F + shift * 77.0F))
                      ^ m_brief.seed);
        if (!random.chance(0.55F)) {
            continue;
        }
        const float px = (column - shift + random.between(0.2F, 0.8F)) * rowCell;
        const float py = rowY + rowCell * random.between(-0.4F, 0.4F);
        const float radius = rowCell * random.between(0.16F, 0.30F);
        const float distance = std::hypot(x - px, (y - py) * 1.4F);
        const unsigned petal = petals[random.chance(0.7F) ? favourite : random.next() % std::size(petals)];
        const Colour lit =
            fromHex(petal) * mix(m_light.ambient, m_light.key, 0.75F + 0.25F * (py - y) / radius);
        colour = mix(colour, lit, 1 - smoothStep(radius * 0.7F, radius * 1.1F, distance));
    }
    return colour;
}

Colour Landscape::at(float x, float y) const
{
    // The brush: places slip a little, along with the paint.
    const float slip = 0.0016F;
    const float bx = x + slip * m_brush.at(x * 90, y * 140);
    const float by = y + slip * m_brush.at(x * 80 + 40, y * 120 + 9);
    Colour colour = m_hasWater && by > m_horizon + 0.004F ? water(bx, by) : backdrop(bx, by, false);
    if (m_boat) {
        colour = m_boat->over(colour, m_light, bx, by);
    }
    for (std::size_t i = 0; i < m_near.size(); ++i) {
        const bool isVisible = by > m_near[i].crest(bx) - 0.003F;
        colour = isVisible ? m_near[i].over(colour, bx, by) : colour;
        if (m_cottage && i == (m_hasWater || m_near.size() < 2 ? 0U : 1U)) {
            colour = m_cottage->over(colour, m_light, bx, by);
        }
        if (isVisible && i + 1 >= m_near.size() - (m_brief.hasForest ? 1U : 0U)) {
            colour = meadow(colour, bx, by);
        }
    }
    if (m_lighthouse) {
        colour = m_lighthouse->shine(colour, m_light, x, y);
    }
    return colour;
}

} // namespace gesso::demo
