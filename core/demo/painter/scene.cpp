// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/scene.h"

#include "core/demo/painter/abstractfield.h"
#include "core/demo/painter/finish.h"
#include "core/demo/painter/landscape.h"
#include "core/demo/painter/painter.h"
#include "core/demo/painter/stilllife.h"

namespace gesso::demo {

std::unique_ptr<Scene> composeScene(const PaintOrder& order)
{
    const SceneBrief brief = briefFor(order.positive, order.negative, order.seed.value);
    const float aspect = static_cast<float>(order.width) / static_cast<float>(std::max(order.height, 1));
    std::unique_ptr<Scene> scene;
    switch (brief.subject) {
    case Subject::Landscape:
        scene = std::make_unique<Landscape>(brief, aspect);
        break;
    case Subject::StillLife:
        scene = std::make_unique<StillLife>(brief, aspect);
        break;
    case Subject::Abstract:
        scene = std::make_unique<AbstractField>(brief);
        break;
    }
    return std::make_unique<Finish>(std::move(scene), order);
}

} // namespace gesso::demo
