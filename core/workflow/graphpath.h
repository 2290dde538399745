// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"

#include <QStringList>

#include <optional>

namespace gesso {

// Where the node with a path such as "12:5" (node 5 inside the subgraph instance 12) is written down. Two
// instances of one definition share the node; they differ in `instances`.
struct NodeLocation {
    const GraphNode* node = nullptr;
    const GraphLevel* level = nullptr;
    const SubgraphDefinition* definition = nullptr; // of `level`; nullptr for the root
    QList<const GraphNode*> instances; // the subgraph instances passed, outermost first
};

// nullopt if there is no such node. Pointers live as long as `graph` is not changed.
std::optional<NodeLocation> locateNode(const Graph& graph, const NodeId& path);

// The same node for writing; nullptr if there is none.
GraphNode* nodeAt(Graph& graph, const NodeId& path);

// "12" and "5" to "12:5"; an empty `instance` means the root.
NodeId innerPath(const NodeId& instance, const NodeId& inner);

} // namespace gesso
