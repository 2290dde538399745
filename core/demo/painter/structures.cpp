// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/structures.h"

#include <cmath>

namespace gesso::demo {

namespace {

constexpr float edge = 0.0012F;

// 1 inside from … to, soft at the ends.
float band(float value, float from, float to)
{
    return smoothStep(from - edge, from + edge, value) * (1 - smoothStep(to - edge, to + edge, value));
}

// How light lies on an upright cylinder; `side`: −1 … 1 across it.
Colour onCylinder(const Colour& base, const Light& light, float side, bool sunIsRight)
{
    const float towards = sunIsRight ? side : -side;
    const float facing = std::clamp(0.45F + 0.62F * towards - 0.22F * towards * towards, 0.0F, 1.0F);
    const float rim = std::abs(side);
    return base * mix(light.ambient * 0.8F, light.key * 1.08F, facing) * (1.02F - 0.2F * rim * rim * rim);
}

} // namespace

Colour Lighthouse::over(const Colour& behind, const Light& light, float px, float py) const
{
    const float t = (foot - py) / height; // 0 at the foot, 1 at the top of the roof
    const float dx = px - x;
    if (t < -0.02F || t > 1.12F || std::abs(dx) > height * 0.14F) {
        return behind;
    }
    const bool sunIsRight = light.sunX > x;
    Colour colour = behind;
    const float half = height * (0.098F - 0.046F * std::pow(std::clamp(t, 0.0F, 1.0F), 0.8F));
    const Colour paint = std::fmod(t * 5.0F / 0.76F, 2.0F) < 1.0F ? fromHex(0xF6F1E6) : fromHex(0xC8402F);
    colour = mix(colour, onCylinder(paint, light, std::clamp(dx / half, -1.0F, 1.0F), sunIsRight),
                 band(dx, -half, half) * band(t, -0.02F, 0.76F));
    for (const float window : {0.16F, 0.40F, 0.62F}) {
        const Colour pane = mix(fromHex(0x3A4656), fromHex(0xFFD27A), light.darkness);
        colour =
            mix(colour, pane, band(dx, -height * 0.012F, height * 0.012F) * band(t, window, window + 0.055F));
    }
    const float gallery = height * 0.078F;
    colour =
        mix(colour, onCylinder(fromHex(0x39424E), light, std::clamp(dx / gallery, -1.0F, 1.0F), sunIsRight),
            band(dx, -gallery, gallery) * band(t, 0.755F, 0.785F));
    const float lamp = height * 0.046F;
    Colour glass = mix(fromHex(0xFFF0B8), fromHex(0xFFFBEA), std::exp(-std::abs(dx) / lamp * 2.0F));
    glass = glass * (std::fmod(std::abs(dx) / lamp * 2.5F + 0.5F, 1.0F) < 0.14F ? 0.55F : 1.0F); // bars
    colour = mix(colour, glass, band(dx, -lamp, lamp) * band(t, 0.785F, 0.885F));
    const float roofT = std::clamp((t - 0.885F) / 0.115F, 0.0F, 1.0F);
    const float roof = height * 0.062F * std::sqrt(std::max(1 - roofT * roofT, 0.0F));
    colour = mix(colour,
                 onCylinder(fromHex(0xB23A2E), light, std::clamp(dx / std::max(roof, 0.001F), -1.0F, 1.0F),
                            sunIsRight),
                 band(dx, -roof, roof) * band(t, 0.885F, 1.0F));
    const float spire = height * 0.006F;
    return mix(colour, fromHex(0x2E343C), band(dx, -spire, spire) * band(t, 0.99F, 1.07F));
}

Colour Lighthouse::shine(const Colour& behind, const Light& light, float px, float py) const
{
    const float lampY = foot - height * 0.835F;
    const float dx = px - x;
    const float dy = py - lampY;
    const float distance = std::sqrt(dx * dx + dy * dy);
    const float strength = 0.30F + 0.70F * light.darkness;
    const float glow = 0.75F * std::exp(-distance * 26.0F) + 0.22F * std::exp(-distance * 7.0F);
    // Two beams, a little tilted.
    const float along = std::abs(dx);
    const float across = std::abs(dy + 0.10F * dx);
    const float width = 0.010F + along * 0.085F;
    const float beam = std::exp(-across * across / (width * width)) * std::exp(-along * 1.5F)
        * smoothStep(0.0F, 0.05F, along);
    return behind + fromHex(0xFFE9B0) * (strength * (glow + 0.55F * beam * light.darkness + 0.10F * beam));
}

Colour Cottage::over(const Colour& behind, const Light& light, float px, float py) const
{
    const float dx = (px - x) / size; // −1 … 1 across the wall
    const float dy = (foot - py) / size; // 0 at the foot
    if (std::abs(dx) > 1.5F || dy < -0.1F || dy > 2.0F) {
        return behind;
    }
    const float soft = edge / size;
    const auto inside = [soft](float v, float from, float to) {
        return smoothStep(from - soft, from + soft, v) * (1 - smoothStep(to - soft, to + soft, v));
    };
    const bool sunIsRight = light.sunX > x;
    const float gable = -0.25F; // the corner between the lit and the other wall
    const Colour plaster = fromHex(0xEFE3CC);
    const bool isLit = (dx > gable) == sunIsRight;
    Colour colour = mix(behind, plaster * (isLit ? light.key : light.ambient * 0.85F),
                        inside(dx, -1, 1) * inside(dy, -0.1F, 0.7F));
    const float roofHeight = 0.7F + 0.75F * (1 - std::clamp((std::abs(dx) - 0.55F) / 0.65F, 0.0F, 1.0F));
    const Colour tiles = fromHex(0x9A4A36) * (0.88F + 0.12F * std::sin(dy * 40));
    colour = mix(colour, tiles * mix(light.ambient, light.key, sunIsRight ? 0.6F : 0.4F),
                 inside(dx, -1.2F, 1.2F) * inside(dy, 0.64F, roofHeight));
    colour =
        mix(colour, fromHex(0x7E5346) * light.ambient, inside(dx, 0.35F, 0.58F) * inside(dy, 1.3F, 1.78F));
    const Colour pane =
        mix(fromHex(0x4A5A6A), fromHex(0xFFCF73), std::max(light.darkness, light.glow > 0.9F ? 0.75F : 0.1F));
    for (const float window : {-0.78F, 0.05F, 0.5F}) {
        colour = mix(colour, pane, inside(dx, window, window + 0.26F) * inside(dy, 0.26F, 0.54F));
    }
    return mix(colour, fromHex(0x5A3B2C) * light.ambient,
               inside(dx, -0.36F, -0.10F) * inside(dy, -0.1F, 0.46F));
}

Colour Boat::over(const Colour& behind, const Light& light, float px, float py) const
{
    const float dx = (px - x) / size;
    float dy = (waterline - py) / size;
    const bool isReflection = dy < 0;
    if (std::abs(dx) > 1 || std::abs(dy) > 2.3F) {
        return behind;
    }
    const float fade = isReflection ? 0.42F * std::exp(dy * 0.9F) : 1.0F;
    dy = std::abs(dy);
    const float soft = edge / size;
    const auto inside = [soft](float v, float from, float to) {
        return smoothStep(from - soft, from + soft, v) * (1 - smoothStep(to - soft, to + soft, v));
    };
    Colour colour = behind;
    const float hull = 0.62F + 0.30F * dy / 0.2F; // wider above
    colour = mix(colour, fromHex(0x5B3A2E) * mix(light.ambient, light.key, 0.5F),
                 fade * inside(dx, -hull, hull) * inside(dy, 0.0F, 0.2F));
    const float height = (dy - 0.27F) / 1.75F;
    const bool sunIsRight = light.sunX > x;
    const Colour canvas = mix(fromHex(0xFFF6E6), fromHex(0xE9D9BE), std::clamp(dx + 0.5F, 0.0F, 1.0F));
    const float mainSail = 0.62F * std::pow(std::max(1 - height, 0.0F), 0.85F);
    colour = mix(colour, canvas * mix(light.ambient, light.key, sunIsRight ? 0.95F : 0.55F),
                 fade * inside(dx, 0.03F, mainSail) * inside(height, 0, 1));
    const float jib = 0.5F * std::pow(std::max(0.86F - height, 0.0F), 0.9F);
    colour = mix(colour, canvas * mix(light.ambient, light.key, sunIsRight ? 0.6F : 0.95F),
                 fade * inside(dx, -jib, -0.04F) * inside(height, 0.04F, 0.86F));
    return mix(colour, fromHex(0x3C2E28), fade * inside(dx, -0.015F, 0.02F) * inside(dy, 0.18F, 2.06F));
}

} // namespace gesso::demo
