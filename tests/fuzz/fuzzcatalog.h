// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/nodecatalog.h"

namespace gesso::fuzzing {

// A few node types with every kind of input, for targets that need some to be known.
inline const NodeCatalog& catalog()
{
    static const auto parsed = NodeCatalog::parse(R"({
        "A": {"input": {"required": {"i": ["IMAGE"], "seed": ["INT", {"default": 0, "step": 3, "control_after_generate": true}],
              "t": ["STRING", {"multiline": true, "dynamicPrompts": true}],
              "d": ["COMFY_DYNAMICCOMBO_V3", {"options": [{"key": "x", "inputs": {"required": {"y": ["FLOAT", {"round": 0.01}]}}}]}]},
              "optional": {"c": [["a", "b"], {"image_upload": true}], "b": ["BOOLEAN", {"default": true}]}},
              "output": ["IMAGE", "MASK"]},
        "SaveImage": {"input": {"required": {"images": ["IMAGE"], "filename_prefix": ["STRING", {}]}}, "output": [], "output_node": true}})");
    return **parsed;
}

} // namespace gesso::fuzzing
