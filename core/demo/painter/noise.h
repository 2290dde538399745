// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace gesso::demo {

// A small generator with the same numbers on every machine (std::normal_distribution promises none).
class Random
{
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    float uniform(); // [0, 1)
    float between(float low, float high) { return low + (high - low) * uniform(); }
    float normal(); // mean 0, deviation 1, nearly
    bool chance(float probability) { return uniform() < probability; }

private:
    std::uint64_t m_state;
};

// Smooth noise over the plane, about −1 … 1, with features about one unit wide.
class ValueNoise
{
public:
    explicit ValueNoise(std::uint64_t seed)
        : m_seed(static_cast<std::uint32_t>(seed ^ (seed >> 32U)))
    {
    }

    float at(float x, float y) const;
    float at(float x) const { return at(x, 0.5F); }
    float fractal(float x, float y, int octaves) const; // sum of octaves, about −1 … 1
    float ridged(float x, float y, int octaves) const; // 0 … 1 with sharp crests

private:
    float corner(int x, int y) const;

    std::uint32_t m_seed;
};

float smoothStep(float from, float to, float x); // 0 below from, 1 above to

} // namespace gesso::demo
