// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graphconverter.h"
#include "core/workflow/promptvalidator.h"
#include "core/workflow/reader.h"

#include <cstddef>
#include <cstdint>

namespace {

const gesso::NodeCatalog& catalog()
{
    static const auto parsed = gesso::NodeCatalog::parse(R"({
        "A": {"input": {"required": {"i": ["IMAGE"], "seed": ["INT", {"default": 0, "step": 3}], "t": ["STRING", {"multiline": true, "dynamicPrompts": true}],
            "d": ["COMFY_DYNAMICCOMBO_V3", {"options": [{"key": "x", "inputs": {"required": {"y": ["FLOAT", {"round": 0.01}]}}}]}]}}, "output": ["IMAGE", "MASK"]},
        "SaveImage": {"input": {"required": {"images": ["IMAGE"], "filename_prefix": ["STRING", {}]}}, "output": [], "output_node": true}})");
    return **parsed;
}

} // namespace

// Any JSON as a graph: whatever it is, the prompt names only nodes that are in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto json = gesso::parseJson(QByteArrayView(reinterpret_cast<const char*>(data), qsizetype(size)));
    const auto graph = json ? gesso::graphFromJson(*json, nullptr) : gesso::fail(json.error());
    if (!graph) {
        return 0;
    }
    const auto conversion = gesso::convertGraph(*graph, catalog());
    if (!conversion) {
        return 0;
    }
    (void)gesso::validatePrompt(conversion->prompt, catalog());
    for (const gesso::PromptNode& node : conversion->prompt.nodes) {
        for (const auto& [name, value] : node.inputs) {
            const auto link = gesso::asLink(value);
            if (node.classType.isEmpty() || (link && !conversion->prompt.node(link->first))) {
                __builtin_trap();
            }
        }
    }
    return 0;
}
