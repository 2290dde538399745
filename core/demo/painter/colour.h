// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace gesso::demo {

// sRGB, 0 … 1 while in range.
struct Colour {
    float r = 0;
    float g = 0;
    float b = 0;

    Colour operator+(const Colour& o) const { return {r + o.r, g + o.g, b + o.b}; }
    Colour operator-(const Colour& o) const { return {r - o.r, g - o.g, b - o.b}; }
    Colour operator*(float f) const { return {r * f, g * f, b * f}; }
    Colour operator*(const Colour& o) const { return {r * o.r, g * o.g, b * o.b}; }

    float luma() const { return 0.299F * r + 0.587F * g + 0.114F * b; }
};

inline Colour mix(const Colour& a, const Colour& b, float t)
{
    return a + (b - a) * t;
}

inline Colour fromHex(unsigned rgb)
{
    return {static_cast<float>((rgb >> 16U) & 0xFFU) / 255.0F,
            static_cast<float>((rgb >> 8U) & 0xFFU) / 255.0F, static_cast<float>(rgb & 0xFFU) / 255.0F};
}

} // namespace gesso::demo
