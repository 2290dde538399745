// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/finish.h"

#include "core/demo/painter/painter.h"

#include <QCryptographicHash>

#include <cmath>

namespace gesso::demo {

namespace {

std::uint64_t hashOf(const QString& text)
{
    const QByteArray digest = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1);
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) {
        value = (value << 8U) | static_cast<quint8>(digest[i]);
    }
    return value;
}

// An S-curve that keeps black, white and the middle.
float curved(float value, float contrast)
{
    const float v = std::clamp(value, 0.0F, 1.0F);
    return v + (v * v * (3 - 2 * v) - v) * contrast;
}

// Overbright light rolls off instead of clipping.
float rolledOff(float value)
{
    return value <= 0.8F ? value : 0.8F + 0.2F * (1 - std::exp(-(value - 0.8F) / 0.2F));
}

} // namespace

Finish::Finish(std::unique_ptr<Scene> scene, const PaintOrder& order)
    : m_scene(std::move(scene))
    , m_noise(order.seed.value
              ^ hashOf(QStringLiteral("%1/%2/%3").arg(order.sampler, order.scheduler).arg(order.steps)))
    , m_aspect(static_cast<float>(order.width) / static_cast<float>(std::max(order.height, 1)))
    , m_grain(0.016F)
{
    const auto strength = static_cast<float>(std::clamp(order.cfg, 0.0, 30.0));
    m_contrast = std::clamp(-0.25F + strength * 0.085F, -0.3F, 1.3F);
    m_saturation = std::clamp(0.72F + strength * 0.045F, 0.6F, 1.6F);
    for (const Style& style : order.styles) {
        addStyle(style);
    }
}

void Finish::addStyle(const Style& style)
{
    const auto amount = static_cast<float>(std::clamp(style.strength, -2.0, 2.0));
    if (style.name.contains(u"ink-wash")) {
        m_ink += amount;
    } else if (style.name.contains(u"oil")) {
        m_strokes += amount;
    } else if (style.name.contains(u"pastel")) {
        m_pastel += amount;
    } else if (style.name.contains(u"poster")) {
        m_poster += amount;
    } else if (style.name.contains(u"vivid")) {
        m_saturation += 0.5F * amount;
        m_contrast += 0.3F * amount;
    }
    m_ink = std::clamp(m_ink, 0.0F, 1.0F);
    m_strokes = std::clamp(m_strokes, 0.0F, 1.0F);
    m_pastel = std::clamp(m_pastel, -1.0F, 1.0F);
    m_poster = std::clamp(m_poster, 0.0F, 1.0F);
    m_saturation = std::clamp(m_saturation, 0.0F, 2.2F);
}

Colour Finish::painted(float x, float y) const
{
    if (m_strokes <= 0) {
        return m_scene->at(x, y);
    }
    // Strokes: cells along a slowly turning direction, each of one colour.
    const float angle = 3.1416F * m_noise.fractal(x * 1.4F, y * 1.4F, 2);
    const float c = std::cos(angle);
    const float s = std::sin(angle);
    constexpr float length = 0.030F;
    constexpr float width = 0.0065F;
    const float along = (x * c + y * s) / length;
    const float across = (-x * s + y * c) / width + 0.6F * m_noise.at(x * 30, y * 30);
    const float row = std::floor(across);
    const float shift = 0.5F * std::fmod(std::abs(row), 2.0F) + 0.3F * m_noise.at(row * 3.7F);
    const float cellAlong = (std::floor(along + shift) + 0.5F - shift) * length;
    const float cellAcross = (row + 0.5F) * width;
    const float px = mix({x, 0, 0}, {cellAlong * c - cellAcross * s, 0, 0}, m_strokes).r;
    const float py = mix({y, 0, 0}, {cellAlong * s + cellAcross * c, 0, 0}, m_strokes).r;
    const float bristle =
        0.05F * m_noise.at(along * 2.0F + row * 7, across * 5.0F) - 0.05F * std::abs(across - row - 0.5F);
    return m_scene->at(px, py) * (1.0F + bristle * 1.4F * m_strokes);
}

Colour Finish::at(float x, float y) const
{
    Colour colour = painted(x, y);
    const float grey = colour.luma();
    colour = mix({grey, grey, grey}, colour, m_saturation);
    colour = {curved(rolledOff(colour.r), m_contrast), curved(rolledOff(colour.g), m_contrast),
              curved(rolledOff(colour.b), m_contrast)};

    if (m_pastel != 0) {
        colour = mix(colour, mix(colour, fromHex(0xF6EEE6), 0.45F), m_pastel);
    }
    if (m_poster > 0) {
        const auto level = [](float v) { return (std::floor(std::clamp(v, 0.0F, 0.999F) * 5) + 0.5F) / 5; };
        colour = mix(colour, {level(colour.r), level(colour.g), level(colour.b)}, m_poster);
    }
    if (m_ink > 0) {
        const float tone = smoothStep(0.05F, 0.92F, colour.luma() + 0.07F * m_noise.fractal(x * 9, y * 9, 4));
        colour = mix(colour, mix(fromHex(0x1D2530), fromHex(0xF3EDDF), tone), m_ink);
    }
    const float canvas = m_grain * (m_noise.at(x * 310, y * 300) + 0.6F * m_noise.at(x * 620, y * 140));
    const float dx = x / m_aspect - 0.5F;
    const float dy = y - 0.5F;
    const float vignette = 1.0F - 0.34F * smoothStep(0.28F, 0.95F, std::sqrt(dx * dx + dy * dy) * 1.25F);
    colour = colour * (vignette * (1.0F + canvas));
    return {std::clamp(colour.r, 0.0F, 1.0F), std::clamp(colour.g, 0.0F, 1.0F),
            std::clamp(colour.b, 0.0F, 1.0F)};
}

} // namespace gesso::demo
