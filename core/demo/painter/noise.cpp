// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/noise.h"

#include <algorithm>
#include <cmath>

namespace gesso::demo {

Random::Random(std::uint64_t seed)
    : m_state(seed)
{
}

// SplitMix64.
std::uint64_t Random::next()
{
    std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

float Random::uniform()
{
    return static_cast<float>(next() >> 40U) / 16777216.0F;
}

float Random::normal()
{
    float sum = 0;
    for (int i = 0; i < 6; ++i) {
        sum += uniform();
    }
    return (sum - 3.0F) * 1.414F;
}

float ValueNoise::corner(int x, int y) const
{
    std::uint32_t h =
        m_seed + static_cast<std::uint32_t>(x) * 0x9E3779B1U + static_cast<std::uint32_t>(y) * 0x85EBCA77U;
    h = (h ^ (h >> 15U)) * 0x2C1B3C6DU;
    h = (h ^ (h >> 12U)) * 0x297A2D39U;
    h ^= h >> 15U;
    return static_cast<float>(h >> 8U) / 8388608.0F - 1.0F;
}

float ValueNoise::at(float x, float y) const
{
    const float floorX = std::floor(x);
    const float floorY = std::floor(y);
    const int ix = static_cast<int>(floorX);
    const int iy = static_cast<int>(floorY);
    const float fx = x - floorX;
    const float fy = y - floorY;
    const float u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const float v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const float top = corner(ix, iy) + (corner(ix + 1, iy) - corner(ix, iy)) * u;
    const float bottom = corner(ix, iy + 1) + (corner(ix + 1, iy + 1) - corner(ix, iy + 1)) * u;
    return top + (bottom - top) * v;
}

float ValueNoise::fractal(float x, float y, int octaves) const
{
    float sum = 0;
    float amplitude = 0.5F;
    for (int i = 0; i < octaves; ++i) {
        sum += amplitude * at(x, y);
        // Turned a little per octave, so that the grid does not show.
        const float turnedX = 1.62F * x - 1.18F * y + 17.3F;
        y = 1.18F * x + 1.62F * y + 9.1F;
        x = turnedX;
        amplitude *= 0.5F;
    }
    return sum;
}

float ValueNoise::ridged(float x, float y, int octaves) const
{
    float sum = 0;
    float amplitude = 0.5F;
    for (int i = 0; i < octaves; ++i) {
        sum += amplitude * (1.0F - std::abs(at(x, y)));
        const float turnedX = 1.62F * x - 1.18F * y + 17.3F;
        y = 1.18F * x + 1.62F * y + 9.1F;
        x = turnedX;
        amplitude *= 0.5F;
    }
    return sum;
}

float smoothStep(float from, float to, float x)
{
    const float t = std::clamp((x - from) / (to - from), 0.0F, 1.0F);
    return t * t * (3 - 2 * t);
}

} // namespace gesso::demo
