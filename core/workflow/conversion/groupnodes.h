// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"
#include "core/workflow/nodecatalog.h"

#include <optional>

namespace gesso::conversion {

// The entry of extra.groupNodes that a node is an instance of; nullptr if it is none.
const Json* groupOf(const Graph& graph, const GraphNode& node);

// Rewrites group nodes, the forerunners of subgraphs (extra.groupNodes, type "workflow>NAME" or
// "workflow/NAME"), as instances of subgraphs (conversion.md, 7). nullopt if the graph has none, so that the
// usual graph is not copied.
std::optional<Graph> withoutGroupNodes(const Graph& graph, const NodeCatalog& catalog);

} // namespace gesso::conversion
