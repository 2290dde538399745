// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/range.h"

#include <cmath>

namespace gesso::demo {

namespace {

constexpr float margin = 0.15F;
constexpr float softEdge = 0.0014F;

} // namespace

Range::Range(const RangeShape& shape, const Light& light, float aspect)
    : m_shape(shape)
    , m_light(light)
    , m_noise(shape.seed)
{
    const float offset = static_cast<float>(shape.seed % 1000U) * 0.37F;
    m_crest = Profile(-margin, aspect + margin, [this, offset](float x) {
        const float u = x * m_shape.scale + offset;
        switch (m_shape.relief) {
        case Relief::Mountains: {
            const float peaks = m_noise.ridged(u, offset, 6);
            const float envelope = 0.62F + 0.5F * m_noise.at(u * 0.45F, 3.3F);
            return m_shape.base - m_shape.height * std::clamp((peaks - 0.38F) * 2.4F, 0.02F, 1.2F) * envelope;
        }
        case Relief::Dunes: {
            const float crests = 1 - std::abs(m_noise.at(u * 0.55F, 7.0F));
            const float wave = 0.75F * crests * crests + 0.25F * m_noise.at(u * 0.4F, 1.0F);
            return m_shape.base - m_shape.height * (0.15F + 0.95F * wave);
        }
        case Relief::Meadow: {
            const float land = m_shape.base - m_shape.height * (0.45F + 0.5F * m_noise.fractal(u, offset, 3));
            const float tuft = std::max(m_noise.at(u * 9, 5.0F) + 0.3F, 0.0F);
            const float blade = std::pow(std::abs(m_noise.at(x * 210, 2.0F)), 1.6F)
                + 0.6F * std::pow(std::abs(m_noise.at(x * 390, 8.0F)), 1.4F);
            return land - blade * (0.012F + 0.030F * tuft);
        }
        case Relief::Hills:
        case Relief::Forest:
            break;
        }
        return m_shape.base - m_shape.height * (0.5F + 0.5F * m_noise.fractal(u, offset, 4) * 1.5F);
    });
    if (shape.relief == Relief::Forest) {
        plantTrees(aspect);
    }
}

// Conifers and round trees, side by side along the crest.
void Range::plantTrees(float aspect)
{
    Random random(m_shape.seed ^ 0x7EEULL);
    const float size = m_shape.height * 0.62F;
    const bool isConifer = (m_shape.seed & 3U) != 0;
    Profile trees = m_crest;
    for (float x = -margin; x < aspect + margin; x += size * random.between(0.07F, 0.26F)) {
        const float tall = size * random.between(0.45F, 1.0F) * (isConifer ? 1.0F : 0.62F);
        const float half = tall * (isConifer ? random.between(0.13F, 0.19F) : random.between(0.38F, 0.55F));
        const float foot = m_crest.at(x) + tall * 0.12F;
        for (float dx = -half; dx <= half; dx += trees.step()) {
            const float side = std::abs(dx) / half;
            // Branches droop in tiers.
            const float jag = isConifer ? 0.10F * std::abs(std::sin(side * 15.0F))
                                        : 0.10F * m_noise.at(dx / size * 22.0F + x * 50.0F);
            const float rise =
                isConifer ? std::pow(1 - side, 1.15F) : std::sqrt(std::max(1 - side * side, 0.0F));
            trees.raiseTo(x + dx, foot - tall * std::max(rise - jag * (1 - rise * 0.6F), 0.0F));
        }
    }
    m_crest = trees;
}

Colour Range::rock(float x, float y, float below) const
{
    // Faces: ridges running down from the crest catch the light on one side.
    const float u = x * m_shape.scale * 3.4F;
    const float v = y * m_shape.scale * 4.2F;
    const float sunSide = std::clamp((m_light.sunX - x) * 3.0F, -1.0F, 1.0F);
    const float lean = 1.5F * m_noise.fractal(u * 0.45F + 4, v * 0.45F, 3);
    const float here = m_noise.ridged(u + lean, v * 0.55F + 0.4F * lean, 5);
    const float there = m_noise.ridged(u + lean + 0.11F * sunSide, v * 0.55F + 0.4F * lean - 0.10F, 5);
    const float facing =
        std::clamp(0.48F + (here - there) * 4.2F + m_crest.slope(x) * 0.14F * sunSide, 0.0F, 1.0F);
    Colour stone = m_shape.ground * (0.72F + 0.45F * here);
    const float snowLine = m_shape.snow * (0.8F + 0.5F * m_noise.fractal(u * 0.7F, v * 0.4F, 3));
    const float snow = 1
        - smoothStep(snowLine * 0.75F, snowLine * 1.1F + 0.001F,
                     below / std::max(m_shape.height, 0.01F) + 0.16F * (0.55F - here));
    stone = mix(stone, fromHex(0xF4F7FC), m_shape.snow > 0 ? snow : 0);
    return stone * mix(m_light.ambient * 0.72F, m_light.key * 1.04F, facing);
}

Colour Range::soft(float x, float y, float below) const
{
    const float u = x * m_shape.scale;
    const float texture = m_noise.fractal(u * 9, y * m_shape.scale * 26, 4);
    const float slope = m_crest.slope(x + below * 0.15F) * std::clamp((m_light.sunX - x) * 3.0F, -1.0F, 1.0F);
    float facing = std::clamp(0.55F + slope * 0.35F + 0.16F * texture, 0.0F, 1.0F);
    if (m_shape.relief == Relief::Dunes) { // one flank in light, one in shade, ripples of wind across
        const float ripples =
            m_noise.at(u * 3 + below * 9, (y + 0.25F * below * slope) * m_shape.scale * 120);
        facing = std::clamp(0.52F + 1.9F * slope + 0.10F * ripples + 0.12F * texture, 0.05F, 1.0F);
    }
    if (m_shape.relief == Relief::Forest) {
        const float crown = 1 - smoothStep(0.0F, m_shape.height * 0.4F, below);
        const float clearing = smoothStep(m_shape.height * 0.55F, m_shape.height * 1.0F, below);
        facing = std::clamp(0.22F + 0.5F * texture + 0.34F * crown + 0.30F * clearing, 0.0F, 1.0F);
    }
    if (m_shape.relief == Relief::Meadow) { // blades, lit at the tips
        const float blades = m_noise.at(x * 240 + 6 * texture, y * 46);
        facing =
            std::clamp(0.34F + 0.30F * blades + 0.4F * texture + 0.30F * (1 - smoothStep(0.0F, 0.05F, below)),
                       0.0F, 1.0F);
    }
    const float patch =
        smoothStep(-0.05F, 0.45F, m_noise.at(u * 11 + 3, y * m_shape.scale * 15) + 0.5F * texture);
    const Colour ground = mix(m_shape.ground, m_shape.accent, 0.75F * patch) * (0.86F + 0.24F * texture);
    return ground * mix(m_light.ambient * 0.66F, m_light.key, facing);
}

Colour Range::over(const Colour& behind, float x, float y) const
{
    const float below = y - m_crest.at(x);
    const float cover = smoothStep(-softEdge, softEdge, below);
    if (cover <= 0) {
        return behind;
    }
    const Colour own = m_shape.relief == Relief::Mountains ? rock(x, y, below) : soft(x, y, below);
    // Haze lies in the valleys.
    const float depth = std::clamp(
        m_shape.distance + 0.5F * m_shape.distance * smoothStep(0.0F, std::max(m_shape.height, 0.02F), below),
        0.0F, 0.96F);
    return mix(behind, mix(own, m_light.haze, depth), cover);
}

Colour groundColour(const SceneBrief& brief, Random& random)
{
    switch (brief.season) {
    case Season::Spring:
        return mix(fromHex(0x8DB84E), fromHex(0x6FA352), random.uniform());
    case Season::Summer:
        return mix(fromHex(0x5E8C3E), fromHex(0x7F9A47), random.uniform());
    case Season::Autumn:
        return mix(fromHex(0xC07A32), fromHex(0x9C5A30), random.uniform());
    case Season::Winter:
        break;
    }
    return mix(fromHex(0xE6EEF6), fromHex(0xD3DFEC), random.uniform());
}

Colour accentColour(const SceneBrief& brief, Random& random)
{
    constexpr unsigned accents[][3] = {{0xB5C95A, 0xD9D27A, 0x7FA86A},
                                       {0x9AAA52, 0x6E8F4A, 0xB7AE5A},
                                       {0xE0A63A, 0xD0542E, 0xE8C452},
                                       {0xBFD0E2, 0xF4F7FB, 0xA9BDD4}};
    return fromHex(accents[static_cast<std::size_t>(brief.season)][random.next() % 3U]);
}

} // namespace gesso::demo
