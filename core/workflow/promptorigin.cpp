// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/promptorigin.h"

#include <QSet>

#include <algorithm>

namespace gesso {
namespace {

void addTypes(const Json* nodes, QSet<QString>& types)
{
    if (nodes && nodes->is_array()) {
        for (const Json& node : *nodes) {
            types.insert(stringMember(node, "type"));
        }
    }
}

// The classes inside subgraphs, and inside the group nodes that came before them.
QSet<QString> innerTypes(const Graph& graph)
{
    QSet<QString> types;
    for (const SubgraphDefinition& subgraph : graph.subgraphs) {
        for (const GraphNode& node : subgraph.level.nodes) {
            types.insert(node.type);
        }
    }
    const Json* groups = member(graph.extra, "groupNodes");
    if (groups && groups->is_object()) {
        for (const auto& [name, group] : groups->items()) {
            addTypes(member(group, "nodes"), types);
        }
    }
    return types;
}

} // namespace

const PromptNode* nodeOfAnotherGraph(const Prompt& prompt, const Graph& graph)
{
    const QSet<QString> inner = innerTypes(graph);
    const auto found = std::find_if(prompt.nodes.begin(), prompt.nodes.end(), [&](const PromptNode& node) {
        const GraphNode* origin = graph.root.node(node.id);
        const bool isOfRoot = origin && origin->type == node.classType;
        return !isOfRoot && !node.classType.isEmpty() && !inner.contains(node.classType);
    });
    return found == prompt.nodes.end() ? nullptr : &*found;
}

} // namespace gesso
