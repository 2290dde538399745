// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodelibrary.h"

namespace gesso::demo {

// One per family of ComfyUI's nodes; each adds its classes to the library.
void addLoaderNodes(NodeLibrary& library);
void addLatentNodes(NodeLibrary& library);
void addSamplerNodes(NodeLibrary& library);
void addFileNodes(NodeLibrary& library);
void addScaleNodes(NodeLibrary& library);
void addFilterNodes(NodeLibrary& library);
void addCompositeNodes(NodeLibrary& library);
void addMaskNodes(NodeLibrary& library);

// Grown (or, by a negative count, shrunk) by so many pixels; ComfyUI's GrowMask. Stops early where nothing is
// left to change.
Picture grownMask(const Picture& mask, int pixels, bool tapersCorners);

// For nodes with one picture result.
inline Result<NodeResult> pictures(Pictures pictures)
{
    return NodeResult{{imagesValue(std::move(pictures))}, std::nullopt};
}
inline Result<NodeResult> masks(Pictures pictures)
{
    return NodeResult{{masksValue(std::move(pictures))}, std::nullopt};
}

} // namespace gesso::demo
