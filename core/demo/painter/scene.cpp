// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/scene.h"

#include "core/demo/painter/noise.h"
#include "core/demo/painter/painter.h"

namespace gesso::demo {

namespace {

class Dunes final : public Scene
{
public:
    explicit Dunes(std::uint64_t seed)
        : m_noise(seed)
    {
    }

    Colour at(float x, float y) const override
    {
        return mix(fromHex(0x2B4C7E), fromHex(0xF2C78F), y + 0.1F * m_noise.fractal(x * 3, y * 3, 4));
    }

private:
    ValueNoise m_noise;
};

} // namespace

std::unique_ptr<Scene> composeScene(const PaintOrder& order)
{
    return std::make_unique<Dunes>(order.seed.value);
}

} // namespace gesso::demo
