// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/sky.h"

#include <cmath>

namespace gesso::demo {

Sky::Sky(const SceneBrief& brief, const Light& light, float horizon)
    : m_brief(brief)
    , m_light(light)
    , m_horizon(horizon)
    , m_clouds(brief.seed ^ 0xC10DULL)
    , m_warp(brief.seed ^ 0x3A29ULL)
{
    Random random(brief.seed ^ 0x5C1ULL);
    m_coverage = brief.weather == Weather::Storm ? 0.30F
        : brief.weather == Weather::Cloudy       ? random.between(0.02F, 0.14F)
        : brief.weather == Weather::Mist         ? 0.0F
                                                 : random.between(-0.26F, -0.12F);
    m_coverage -= brief.daytime == Daytime::Night ? 0.12F : 0.0F;
    m_stretch = random.between(1.5F, 2.6F);
    m_drift = random.between(0.0F, 50.0F);
}

Colour Sky::gradient(float y) const
{
    const float t = std::clamp(y / m_horizon, 0.0F, 1.0F);
    const Colour upper = mix(m_light.zenith, m_light.middle, smoothStep(0.0F, 0.68F, t));
    return mix(upper, m_light.horizon, smoothStep(0.45F, 1.02F, t));
}

float Sky::glowAt(float x, float y) const
{
    const float dx = x - m_light.sunX;
    const float dy = y - m_light.sunY;
    const float distance = std::sqrt(dx * dx + dy * dy);
    return m_light.glow * (0.55F * std::exp(-distance * 3.2F) + 0.5F * std::exp(-distance * 11.0F));
}

void Sky::addStars(Colour& colour, float x, float y, float cover) const
{
    if (m_light.darkness < 0.4F) {
        return;
    }
    constexpr float cell = 0.022F;
    const float cx = std::floor(x / cell);
    const float cy = std::floor(y / cell);
    Random random((static_cast<std::uint64_t>(static_cast<std::int64_t>(cx)) * 73856093ULL)
                  ^ (static_cast<std::uint64_t>(static_cast<std::int64_t>(cy)) * 19349663ULL) ^ m_brief.seed);
    if (!random.chance(0.34F)) {
        return;
    }
    const float px = (cx + random.between(0.15F, 0.85F)) * cell;
    const float py = (cy + random.between(0.15F, 0.85F)) * cell;
    const float size = 0.0009F + 0.0016F * std::pow(random.uniform(), 4.0F);
    const float brightness = random.between(0.35F, 1.0F);
    const float distance = std::hypot(x - px, y - py);
    const float fade = m_light.darkness * (1 - smoothStep(0.55F, 0.95F, y / m_horizon)) * (1 - cover);
    const float light = brightness * fade
        * (std::exp(-distance * distance / (size * size)) + 0.12F * std::exp(-distance / (3 * size)));
    colour = colour + mix(fromHex(0xFFE9CC), fromHex(0xCFE0FF), random.uniform()) * light;
}

void Sky::addAurora(Colour& colour, float x, float y) const
{
    const float height = y / m_horizon;
    for (int curtain = 0; curtain < 3; ++curtain) {
        const float offset = static_cast<float>(curtain) * 7.7F;
        const float base = 0.62F - 0.16F * static_cast<float>(curtain)
            + 0.22F * m_warp.fractal(x * 1.6F + offset, offset, 3);
        const float above = base - height;
        if (above < -0.05F) {
            continue;
        }
        const float rays = 0.55F + 0.45F * m_warp.at(x * 26 + offset + 3 * m_warp.at(x * 4 + offset));
        const float strength =
            smoothStep(-0.05F, 0.03F, above) * std::exp(-std::max(above, 0.0F) * 4.2F) * rays;
        colour = colour
            + mix(fromHex(0x38E8A0), fromHex(0x7A4FD8), smoothStep(0.05F, 0.5F, above)) * (0.85F * strength);
    }
}

float Sky::addClouds(Colour& colour, float x, float y) const
{
    // Flattened towards the horizon, as a ceiling seen from below.
    const float depth = std::max(m_horizon * 1.08F - y, 0.03F);
    const float perspective = 0.42F / (depth + 0.16F);
    const float u = (x - 0.7F) * perspective * m_stretch + m_drift;
    const float v = perspective * 3.4F;
    const float warp = m_warp.fractal(u * 0.9F, v * 0.9F, 3);
    const float density = m_clouds.fractal(u + 0.55F * warp, v + 0.35F * warp, 5) + m_coverage;
    const float cover = smoothStep(0.02F, 0.36F, density) * smoothStep(0.0F, 0.09F, m_horizon - y + 0.03F);
    if (cover <= 0) {
        return 0;
    }
    // Light comes from the sun: compare the density a little towards it.
    const float towards = 0.12F * std::clamp((m_light.sunX - x) * 2.5F, -1.0F, 1.0F);
    const float shade =
        m_clouds.fractal(u + 0.55F * warp + towards, v + 0.35F * warp + 0.14F, 3) + m_coverage;
    const float lit = std::clamp(0.62F + 1.5F * (density - shade), 0.0F, 1.0F);
    const float glow = glowAt(x, y);
    const Colour shadow = mix(m_light.ambient, gradient(y), 0.45F);
    const Colour bright = mix(m_light.key, m_light.sun, 0.35F) * (m_light.darkness > 0.9F ? 0.55F : 1.0F);
    Colour cloud = mix(shadow, bright, lit * (m_brief.weather == Weather::Storm ? 0.5F : 0.88F));
    cloud = cloud + m_light.sun * (glow * (1 - cover) * 0.8F); // silver lining
    colour = mix(colour, cloud, cover * 0.92F);
    return cover;
}

void Sky::addDisc(Colour& colour, float x, float y, float cover) const
{
    const float dx = x - m_light.sunX;
    const float dy = y - m_light.sunY;
    const float distance = std::sqrt(dx * dx + dy * dy);
    const bool isMoon = m_brief.daytime == Daytime::Night;
    const float soft = isMoon ? 0.06F : 0.35F; // the sun dazzles
    const float disc =
        1 - smoothStep(m_light.sunRadius * (1 - soft), m_light.sunRadius * (1 + soft), distance);
    Colour face = m_light.sun;
    if (isMoon && disc > 0) { // the moon has seas
        const float seas = m_warp.fractal(x * 45, y * 45, 3);
        face = face * (0.93F + 0.16F * std::min(seas, 0.2F));
    }
    const float presence = disc * (1 - (isMoon ? 0.45F : 0.6F) * cover);
    // Never darker than the glow around it.
    colour = mix(colour, {std::max(colour.r, face.r), std::max(colour.g, face.g), std::max(colour.b, face.b)},
                 presence);
    colour = colour + face * (0.35F * presence * (1 - m_light.darkness));
}

Colour Sky::withoutDisc(float x, float y) const
{
    Colour colour = gradient(y);
    colour = colour + (m_light.sun - colour * 0.4F) * (glowAt(x, y) * 0.8F);
    if (m_brief.hasAurora) {
        addAurora(colour, x, y);
    }
    addClouds(colour, x, y);
    return colour;
}

Colour Sky::at(float x, float y) const
{
    Colour colour = gradient(y);
    colour = colour + (m_light.sun - colour * 0.4F) * (glowAt(x, y) * 0.8F);
    if (m_brief.hasAurora) {
        addAurora(colour, x, y);
    }
    Colour clouded = colour;
    const float cover = addClouds(clouded, x, y);
    addStars(clouded, x, y, cover);
    addDisc(clouded, x, y, cover);
    return clouded;
}

} // namespace gesso::demo
