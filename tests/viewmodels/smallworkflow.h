// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/nodecatalog.h"

#include <QByteArray>

namespace gesso::testkit {

// A catalogue of three classes and a graph that uses them: enough for forms, findings and saving.
inline NodeCatalogPtr smallCatalog()
{
    static const QByteArray objectInfo = R"json({
"CheckpointLoaderSimple": {"input": {"required": {"ckpt_name": [["sdxl/good.safetensors", "other.safetensors"]]}},
  "input_order": {"required": ["ckpt_name"]}, "output": ["MODEL"], "output_is_list": [false], "output_name": ["MODEL"],
  "name": "CheckpointLoaderSimple", "display_name": "Load Checkpoint", "category": "loaders", "output_node": false},
"Painter": {"input": {"required": {"model": ["MODEL"], "text": ["STRING", {"multiline": true}],
    "seed": ["INT", {"default": 0, "min": 0, "max": 18446744073709551615, "control_after_generate": true}],
    "steps": ["INT", {"default": 20, "min": 1, "max": 100}],
    "image": [["on-server.png"], {"image_upload": true}]}},
  "input_order": {"required": ["model", "text", "seed", "steps", "image"]}, "output": ["IMAGE"],
  "output_is_list": [false], "output_name": ["IMAGE"], "name": "Painter", "display_name": "Painter",
  "category": "test", "output_node": false},
"SaveImage": {"input": {"required": {"images": ["IMAGE"], "filename_prefix": ["STRING", {"default": "ComfyUI"}]}},
  "input_order": {"required": ["images", "filename_prefix"]}, "output": [], "output_is_list": [], "output_name": [],
  "name": "SaveImage", "display_name": "Save Image", "category": "image", "output_node": true}})json";
    return NodeCatalog::parse(objectInfo).value();
}

// Checkpoint → Painter → Save. `checkpoint` may be one the server lacks.
inline QByteArray smallGraph(const QByteArray& checkpoint = "sdxl/good.safetensors",
                             const QByteArray& text = "a mill")
{
    return R"json({"id": "keep-me", "revision": 3, "last_node_id": 3, "last_link_id": 2, "nodes": [
{"id": 1, "type": "CheckpointLoaderSimple", "title": "Checkpoint", "mode": 0, "flags": {"collapsed": true},
 "inputs": [], "outputs": [{"name": "MODEL", "type": "MODEL", "links": [1]}], "properties": {},
 "widgets_values": [")json"
        + checkpoint + R"json("]},
{"id": 2, "type": "Painter", "title": "Painter", "mode": 0,
 "inputs": [{"name": "model", "type": "MODEL", "link": 1}],
 "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [2]}], "properties": {},
 "widgets_values": [")json"
        + text + R"json(", 7, "fixed", 20, "on-server.png", "image"]},
{"id": 3, "type": "SaveImage", "mode": 0, "inputs": [{"name": "images", "type": "IMAGE", "link": 2}],
 "outputs": [], "properties": {}, "widgets_values": ["small"]}],
"links": [[1, 1, 0, 2, 0, "MODEL"], [2, 2, 0, 3, 0, "IMAGE"]], "groups": [], "config": {},
"extra": {"ds": {"scale": 1.5}}, "version": 0.4})json";
}

} // namespace gesso::testkit
