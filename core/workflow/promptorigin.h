// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"
#include "core/workflow/prompt.h"

namespace gesso {

// A node of the prompt that the graph cannot have made: neither a node of its root with that id and class,
// nor, for ids of the inside of subgraphs and group nodes, one of that class inside any. nullptr if there is
// none. A cheap test for two that do not belong together; nothing is converted.
const PromptNode* nodeOfAnotherGraph(const Prompt& prompt, const Graph& graph);

} // namespace gesso
