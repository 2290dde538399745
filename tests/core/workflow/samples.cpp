// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/samples.h"

namespace gesso::testkit {

NodeCatalogPtr sampleCatalog()
{
    static const QByteArray text = R"({
"Load": {"input": {"required": {"image": [["a.png", "sub/b.png", "c d.png"], {"image_upload": true}]}},
  "input_order": {"required": ["image"]}, "output": ["IMAGE", "MASK"], "output_name": ["IMAGE", "MASK"], "display_name": "Load Image"},
"Sample": {"input": {"required": {"model": ["MODEL"], "seed": ["INT", {"default": 0, "min": 0, "max": 18446744073709551615}],
  "steps": ["INT", {"default": 20, "min": 1, "max": 10000}], "cfg": ["FLOAT", {"default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1, "round": 0.01}],
  "sampler": [["euler", "heun"]], "image": ["IMAGE"]}, "optional": {"note": ["STRING", {"multiline": true, "dynamicPrompts": true}]},
  "hidden": {"unique_id": "UNIQUE_ID"}}, "output": ["IMAGE"], "output_name": ["IMAGE"], "display_name": "Sampler"},
"Model": {"input": {"required": {"name": ["COMBO", {"options": ["sd/one.safetensors", "two.safetensors"]}]}},
  "output": ["MODEL"], "output_name": ["MODEL"], "display_name": "Load Model"},
"Save": {"input": {"required": {"images": ["IMAGE"], "prefix": ["STRING", {"default": "out"}]}}, "output": [], "output_node": true,
  "display_name": "Save"},
"Force": {"input": {"required": {"text": ["STRING", {"forceInput": true}], "n": ["INT", {"default": 3}], "fl": ["FLOAT", {"default": 0.5, "forceInput": true}],
  "tail": ["STRING", {"default": "t"}]}}, "output": ["IMAGE"], "display_name": "Force"},
"Resize": {"input": {"required": {"input": ["IMAGE"], "mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
    {"key": "by factor", "inputs": {"required": {"factor": ["FLOAT", {"default": 1.0, "min": 0.1, "max": 8.0}]}}},
    {"key": "to size", "inputs": {"required": {"width": ["INT", {"default": 512}], "height": ["INT", {"default": 512}]}}}]}],
  "method": [["area", "lanczos"]]}}, "output": ["IMAGE"], "display_name": "Resize"},
"Batch": {"input": {"required": {"images": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"image": ["IMAGE", {}]}}, "prefix": "image", "min": 2, "max": 5}}]}},
  "output": ["IMAGE"], "display_name": "Batch"}
})";
    static const NodeCatalogPtr catalog = *NodeCatalog::parse(text);
    return catalog;
}

Json json(QByteArrayView text)
{
    Result<Json> parsed = parseJson(text);
    if (!parsed) {
        qFatal("%s", qPrintable(parsed.error().message));
    }
    return std::move(*parsed);
}

Graph graph(QByteArrayView text)
{
    Result<Graph> read = graphFromJson(json(text), nullptr);
    if (!read) {
        qFatal("%s", qPrintable(read.error().message));
    }
    return std::move(*read);
}

} // namespace gesso::testkit
