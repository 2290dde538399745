// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/colour.h"

#include <memory>

namespace gesso::demo {

struct PaintOrder;

// A picture as a function of the place: the same scene at any resolution.
class Scene
{
public:
    virtual ~Scene() = default;

    // x: 0 … width / height, y: 0 (top) … 1.
    virtual Colour at(float x, float y) const = 0;
};

// The scene that the words, styles and seed ask for.
std::unique_ptr<Scene> composeScene(const PaintOrder& order);

} // namespace gesso::demo
