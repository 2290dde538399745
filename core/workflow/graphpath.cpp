// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/graphpath.h"

namespace gesso {

std::optional<NodeLocation> locateNode(const Graph& graph, const NodeId& path)
{
    NodeLocation location;
    location.level = &graph.root;
    // An id of the root may itself hold a colon (expanded nodes), so the whole path is tried first.
    if (const GraphNode* node = graph.root.node(path)) {
        location.node = node;
        return location;
    }
    const QStringList steps = path.toString().split(QLatin1Char(':'));
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const GraphNode* node = location.level->node(NodeId(steps.at(i)));
        if (!node) {
            return std::nullopt;
        }
        if (i == steps.size() - 1) {
            location.node = node;
            return location;
        }
        location.definition = graph.subgraph(node->type);
        if (!location.definition) {
            return std::nullopt;
        }
        location.level = &location.definition->level;
        location.instances.append(node);
    }
    return std::nullopt;
}

GraphNode* nodeAt(Graph& graph, const NodeId& path)
{
    const std::optional<NodeLocation> location = locateNode(graph, path);
    if (!location) {
        return nullptr;
    }
    GraphLevel& level = location->definition ? graph.subgraph(location->definition->id)->level : graph.root;
    return level.node(location->node->id);
}

NodeId innerPath(const NodeId& instance, const NodeId& inner)
{
    return instance.isEmpty() ? inner : NodeId(instance.toString() + QLatin1Char(':') + inner.toString());
}

} // namespace gesso
