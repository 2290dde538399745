// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/abstractfield.h"

#include <cmath>

namespace gesso::demo {

namespace {

constexpr unsigned palettes[][5] = {
    {0x0B1B33, 0x14506B, 0x3FA7A0, 0xF2D7A0, 0xE86A4A}, {0x1B1036, 0x5A2A72, 0xC9497A, 0xF29A6A, 0xFBE6C0},
    {0x10261E, 0x2F5F48, 0x8FAF5A, 0xE9D58A, 0xC9683A}, {0x141A2E, 0x33508F, 0x7FA9DC, 0xE9E4EC, 0xE89AB0},
    {0x2A0F14, 0x7A2230, 0xD9583A, 0xF6B65A, 0xFDF0D0}, {0x0E2233, 0x1F6A86, 0x6FC3C9, 0xF5F1E4, 0xE9B44A},
};
// By colour words: red, orange, yellow, green, blue, violet.
constexpr int paletteOfHue[] = {4, 4, 5, 2, 3, 1};

} // namespace

AbstractField::AbstractField(const SceneBrief& brief)
    : m_noise(brief.seed ^ 0xAB5ULL)
{
    Random random(brief.seed ^ 0xF1E1DULL);
    const std::size_t drawn = random.next() % std::size(palettes);
    const std::size_t index =
        brief.hueShift < 0 ? drawn : static_cast<std::size_t>(paletteOfHue[brief.hueShift]);
    for (std::size_t i = 0; i < 5; ++i) {
        m_colours[i] = fromHex(palettes[index][i]);
    }
    m_scale = random.between(1.1F, 1.8F);
    m_turn = random.between(0.0F, 6.28F);
}

Colour AbstractField::palette(float t) const
{
    const float place = std::clamp(t, 0.0F, 0.9999F) * 4;
    const auto index = static_cast<std::size_t>(place);
    return mix(m_colours[index], m_colours[index + 1], smoothStep(0, 1, place - static_cast<float>(index)));
}

Colour AbstractField::at(float x, float y) const
{
    const float u = (x * std::cos(m_turn) - y * std::sin(m_turn)) * m_scale;
    const float v = (x * std::sin(m_turn) + y * std::cos(m_turn)) * m_scale;
    // The domain is warped by noise that is warped itself: marbled currents.
    const float qx = m_noise.fractal(u, v, 4);
    const float qy = m_noise.fractal(u + 5.2F, v + 1.3F, 4);
    const float rx = m_noise.fractal(u + 2.6F * qx + 1.7F, v + 2.6F * qy + 9.2F, 4);
    const float ry = m_noise.fractal(u + 2.6F * qx + 8.3F, v + 2.6F * qy + 2.8F, 4);
    const float field = m_noise.fractal(u + 2.4F * rx, v + 2.4F * ry, 5);
    Colour colour = palette(0.52F + 0.75F * field + 0.22F * rx);
    colour = mix(colour, m_colours[4], 0.55F * smoothStep(0.25F, 0.62F, ry));
    colour = mix(colour, m_colours[0], 0.60F * smoothStep(0.18F, 0.55F, -qx));
    // Relief: light from the upper left across the folds.
    const float slope = m_noise.fractal(u + 2.4F * rx + 0.03F, v + 2.4F * ry + 0.03F, 4)
        - m_noise.fractal(u + 2.4F * rx, v + 2.4F * ry, 4);
    colour = colour * std::clamp(1.0F - 2.2F * slope, 0.6F, 1.4F);
    // Veins follow the slow folds only: those of the fine ones would break into dots.
    const float vein = std::abs(qx + 0.6F * m_noise.fractal(u + 2.2F * qx, v + 2.2F * qy, 2) - 0.06F);
    const float gold = (1 - smoothStep(0.004F, 0.013F, vein)) * smoothStep(-0.25F, 0.15F, ry);
    return mix(colour, fromHex(0xF0CF86), 0.85F * gold);
}

} // namespace gesso::demo
