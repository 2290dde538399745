// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/profile.h"

#include <algorithm>
#include <cmath>

namespace gesso::demo {

namespace {

constexpr std::size_t columns = 3072;

}

Profile::Profile(float from, float to, const std::function<float(float x)>& height)
    : m_values(columns)
    , m_from(from)
    , m_step((to - from) / static_cast<float>(columns - 1))
{
    for (std::size_t i = 0; i < columns; ++i) {
        m_values[i] = height(from + m_step * static_cast<float>(i));
    }
}

float Profile::at(float x) const
{
    const float place = std::clamp((x - m_from) / m_step, 0.0F, static_cast<float>(columns) - 1.001F);
    const auto index = static_cast<std::size_t>(place);
    const float fraction = place - static_cast<float>(index);
    return m_values[index] + (m_values[index + 1] - m_values[index]) * fraction;
}

void Profile::raiseTo(float x, float y)
{
    const float place = (x - m_from) / m_step;
    if (place >= 0 && place < static_cast<float>(columns)) {
        float& value = m_values[static_cast<std::size_t>(place)];
        value = std::min(value, y);
    }
}

} // namespace gesso::demo
