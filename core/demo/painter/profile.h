// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

namespace gesso::demo {

// A line across the picture (a crest, a row of treetops) as a table, so that its octaves are reckoned once
// per column and not once per pixel.
class Profile
{
public:
    Profile() = default;
    Profile(float from, float to, const std::function<float(float x)>& height);

    float at(float x) const;
    float slope(float x) const { return (at(x + 0.004F) - at(x - 0.004F)) / 0.008F; }
    void raiseTo(float x, float y); // the nearest column, if that is higher (smaller)
    float step() const { return m_step; }

private:
    std::vector<float> m_values;
    float m_from = 0;
    float m_step = 1;
};

} // namespace gesso::demo
