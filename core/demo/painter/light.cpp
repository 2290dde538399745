// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/light.h"

#include "core/demo/painter/noise.h"

namespace gesso::demo {

namespace {

struct Swatch {
    unsigned zenith, middle, horizon, sun, key, ambient, haze;
};

constexpr Swatch dawns[] = {
    {0x4F78B5, 0xD9AFC9, 0xFFE0BD, 0xFFF6DC, 0xFFE2C4, 0x8A93B8, 0xE6C6CE},
    {0x3F6FA3, 0xA9C3D6, 0xFFE9C9, 0xFFFBEA, 0xFFEACB, 0x8FA3BA, 0xD9D3CF},
    {0x6B6FB0, 0xE8A8B8, 0xFFD9A8, 0xFFF3D0, 0xFFD9B8, 0x9388B0, 0xEBBDBB},
};
constexpr Swatch days[] = {
    {0x2467B0, 0x74B3E4, 0xDDF0F7, 0xFFFDF2, 0xFFF6E0, 0x8FB0CC, 0xBFD9EA},
    {0x1F5FA0, 0x5FA4D8, 0xCFE7F0, 0xFFFEF5, 0xFFF3D8, 0x86A6C4, 0xB3D2E6},
    {0x3A7FBF, 0x96C8EA, 0xF1F3EA, 0xFFFDF0, 0xFFF4DC, 0x9DB8CC, 0xCFE0E8},
};
constexpr Swatch sunsets[] = {
    {0x263068, 0xC65F7E, 0xFFB765, 0xFFF3CC, 0xFFB27A, 0x6A5F8F, 0xE9967E},
    {0x1D3C6E, 0xD9765F, 0xFFD483, 0xFFF8D6, 0xFFC084, 0x6B6C93, 0xEFAE84},
    {0x3B2A66, 0xDB5E74, 0xFFC28B, 0xFFF0C8, 0xFFA982, 0x73578C, 0xE88E85},
    {0x2F4A7A, 0xE39A74, 0xFFE09A, 0xFFFADF, 0xFFCB92, 0x7B7A95, 0xF0B995},
};
constexpr Swatch dusks[] = {
    {0x10183A, 0x4A4C8C, 0xE8947A, 0xFFD9B0, 0xC98B88, 0x3F4270, 0x8A6C8E},
    {0x0E2140, 0x3A6591, 0xF0B48C, 0xFFE6C4, 0xC99A8C, 0x3C4F74, 0x7F8199},
    {0x1C1440, 0x6A4585, 0xF08A7C, 0xFFD0B0, 0xC77F8C, 0x463A6C, 0x96658A},
};
constexpr Swatch nights[] = {
    {0x050A1C, 0x11244C, 0x33557F, 0xF6F3E2, 0x8FA6CF, 0x1A2A4C, 0x253F66},
    {0x070718, 0x1B1F4D, 0x4A4F86, 0xF8F4E6, 0x98A0D2, 0x1E2250, 0x33396E},
    {0x04101A, 0x0F3145, 0x2F6A74, 0xF2F5E8, 0x8FBCC6, 0x173640, 0x214E5C},
};
constexpr Swatch storms[] = {
    {0x2A313C, 0x4E5A66, 0xA9A798, 0xFFF5DC, 0xD2CBB8, 0x4C5662, 0x838A8C},
    {0x23303A, 0x456068, 0xB8B08E, 0xFFF2CC, 0xDCCBA2, 0x465862, 0x7E8B88},
};

template <std::size_t Count> Swatch pick(const Swatch (&swatches)[Count], Random& random)
{
    return swatches[random.next() % Count];
}

Swatch swatchFor(const SceneBrief& brief, Random& random)
{
    switch (brief.daytime) {
    case Daytime::Dawn:
        return pick(dawns, random);
    case Daytime::Sunset:
        return pick(sunsets, random);
    case Daytime::Dusk:
        return pick(dusks, random);
    case Daytime::Night:
        return pick(nights, random);
    case Daytime::Day:
        break;
    }
    return pick(days, random);
}

// A colour word tints the sky.
Colour tinted(const Colour& colour, int hue)
{
    constexpr unsigned hues[] = {0xD8505A, 0xF0924A, 0xF2D060, 0x5FB88A, 0x4A86D8, 0x9A62C8};
    return hue < 0 ? colour : mix(colour, fromHex(hues[hue]) * (0.35F + 0.9F * colour.luma()), 0.4F);
}

} // namespace

Light lightFor(const SceneBrief& brief, float aspect, float horizon)
{
    Random random(brief.seed ^ 0x11647ULL);
    const bool isGrey = brief.weather == Weather::Storm && brief.daytime != Daytime::Night;
    const Swatch swatch = isGrey ? pick(storms, random) : swatchFor(brief, random);
    Light light;
    light.zenith = tinted(fromHex(swatch.zenith), brief.hueShift);
    light.middle = tinted(fromHex(swatch.middle), brief.hueShift);
    light.horizon = tinted(fromHex(swatch.horizon), brief.hueShift);
    light.sun = fromHex(swatch.sun);
    light.key = fromHex(swatch.key);
    light.ambient = fromHex(swatch.ambient);
    light.haze = tinted(fromHex(swatch.haze), brief.hueShift);
    light.sunX = aspect * random.between(0.22F, 0.78F);
    const bool isLow =
        brief.daytime == Daytime::Sunset || brief.daytime == Daytime::Dawn || brief.daytime == Daytime::Dusk;
    light.sunY = horizon * (isLow ? random.between(0.74F, 0.93F) : random.between(0.22F, 0.46F));
    light.sunRadius =
        brief.daytime == Daytime::Night ? random.between(0.028F, 0.042F) : random.between(0.024F, 0.036F);
    light.glow = isGrey                   ? 0.35F
        : brief.daytime == Daytime::Day   ? 0.55F
        : brief.daytime == Daytime::Night ? 0.5F
                                          : 1.0F;
    light.darkness = brief.daytime == Daytime::Night ? 1.0F : brief.daytime == Daytime::Dusk ? 0.55F : 0.0F;
    return light;
}

} // namespace gesso::demo
