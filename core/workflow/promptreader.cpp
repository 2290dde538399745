// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/reader.h"

#include <QCoreApplication>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Reader", text);
}

PromptNode readNode(const std::string& id, const Json& json)
{
    PromptNode node;
    node.id = NodeId(QString::fromStdString(id));
    node.classType = stringMember(json, "class_type");
    if (const Json* inputs = member(json, "inputs"); inputs && inputs->is_object()) {
        for (const auto& [name, value] : inputs->items()) {
            node.inputs.emplaceBack(QString::fromStdString(name), value);
        }
    }
    if (const Json* meta = member(json, "_meta"); meta && meta->is_object()) {
        node.title = stringMember(*meta, "title");
        Json others = *meta;
        others.erase("title");
        if (!others.empty()) {
            node.meta = std::move(others);
        }
    }
    return node;
}

} // namespace

Result<Prompt> promptFromJson(const Json& json)
{
    if (!json.is_object()) {
        return fail(ErrorKind::Unreadable,
                    tr("This is no prompt in API format: an object with nodes was expected."));
    }
    Prompt prompt;
    bool hasClass = false;
    for (const auto& [id, value] : json.items()) {
        if (!member(value, "class_type") && !member(value, "inputs")) {
            continue; // tools add members of their own beside the nodes
        }
        prompt.nodes.append(readNode(id, value));
        hasClass = hasClass || !prompt.nodes.constLast().classType.isEmpty();
    }
    if (!hasClass) {
        return fail(ErrorKind::Unreadable,
                    tr("This is no prompt in API format: no node in it names its class."),
                    tr("In ComfyUI, use “Export (API)”."));
    }
    prompt.rebuildIndex();
    return prompt;
}

} // namespace gesso
