// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfytypes.h"

namespace gesso {
namespace {

// What a person reads for a value: text as it is, anything else as JSON.
QString shownText(const Json& value)
{
    return value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value));
}

OutputItem outputItem(OutputItem item, const Json& value)
{
    item.filename = stringMember(value, "filename");
    if (item.isFile()) {
        item.subfolder = stringMember(value, "subfolder");
        item.type = stringMember(value, "type", QStringLiteral("output"));
    } else {
        item.text = shownText(value);
    }
    item.raw = value;
    return item;
}

} // namespace

QList<OutputItem> outputItems(const NodeId& node, const NodeId& displayNode, const Json& output)
{
    QList<OutputItem> items;
    if (!output.is_object()) {
        return items;
    }
    for (const auto& [kind, values] : output.items()) {
        if (kind == "animated") {
            continue;
        }
        OutputItem blank;
        blank.node = node;
        blank.displayNode = displayNode;
        blank.kind = QString::fromStdString(kind);
        if (!values.is_array()) { // always arrays in ComfyUI itself
            if (!values.is_null()) {
                items += outputItem(blank, values);
            }
            continue;
        }
        for (const Json& value : values) {
            if (!value.is_null()) { // Preview3D has null for "no camera"
                items += outputItem(blank, value);
            }
        }
    }
    return items;
}

} // namespace gesso
