// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/prompt.h"

#include "core/workflow/jsonmembers.h"

#include <limits>

namespace gesso {
namespace {

Json nodeToJson(const PromptNode& node)
{
    Json inputs = Json::object();
    for (const auto& [name, value] : node.inputs) {
        appendMember(inputs, name.toStdString(), value);
    }
    Json json = Json::object();
    json["inputs"] = std::move(inputs);
    if (!node.classType.isEmpty()) {
        json["class_type"] = toJson(node.classType);
    }
    Json meta = Json::object();
    if (!node.title.isEmpty()) {
        meta["title"] = toJson(node.title);
    }
    if (node.meta.is_object()) {
        meta.update(node.meta);
    }
    if (!meta.empty()) {
        json["_meta"] = std::move(meta);
    }
    return json;
}

} // namespace

const Json* PromptNode::input(const QString& name) const
{
    for (const auto& entry : inputs) {
        if (entry.first == name) {
            return &entry.second;
        }
    }
    return nullptr;
}

Json* PromptNode::input(const QString& name)
{
    for (auto& entry : inputs) {
        if (entry.first == name) {
            return &entry.second;
        }
    }
    return nullptr;
}

void PromptNode::setInput(const QString& name, Json value)
{
    if (Json* existing = input(name)) {
        *existing = std::move(value);
    } else {
        inputs.emplaceBack(name, std::move(value));
    }
}

const PromptNode* Prompt::node(const NodeId& id) const
{
    const auto found = m_index.constFind(id);
    return found == m_index.constEnd() || *found >= nodes.size() ? nullptr : &nodes.at(*found);
}

PromptNode* Prompt::node(const NodeId& id)
{
    const auto found = m_index.constFind(id);
    return found == m_index.constEnd() || *found >= nodes.size() ? nullptr : &nodes[*found];
}

void Prompt::rebuildIndex()
{
    m_index.clear();
    m_index.reserve(nodes.size());
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        if (!m_index.contains(nodes.at(i).id)) {
            m_index.insert(nodes.at(i).id, i);
        }
    }
}

Json toJson(const Prompt& prompt)
{
    Json json = Json::object();
    for (const PromptNode& node : prompt.nodes) {
        appendMember(json, node.id.toString().toStdString(), nodeToJson(node));
    }
    return json;
}

std::optional<std::pair<NodeId, int>> asLink(const Json& value)
{
    if (!value.is_array() || value.size() != 2 || !value[1].is_number_integer()) {
        return std::nullopt;
    }
    const QString origin = idText(value[0]);
    const auto slot = value[1].get<std::int64_t>();
    if (origin.isEmpty() || slot < 0 || slot > std::numeric_limits<int>::max()) {
        return std::nullopt;
    }
    return std::pair(NodeId(origin), int(slot));
}

} // namespace gesso
