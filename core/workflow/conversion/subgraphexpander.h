// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/diagnostic.h"
#include "core/workflow/nodecatalog.h"

#include <QSet>

#include <memory>

namespace gesso::conversion {

// Flattens the root and every subgraph instance into one LiveGraph (conversion.md, 6.1). Bounded: a
// definition that contains itself, and definitions that multiply beyond all use, end in an error diagnostic.
class SubgraphExpander
{
public:
    SubgraphExpander(const Graph& graph, const NodeCatalog& catalog, Diagnostics& diagnostics);

    std::unique_ptr<LiveGraph> expand();

private:
    LiveScope* addScope(const GraphLevel& level, LiveNode* host);
    void addNode(const GraphNode& node, LiveScope& scope);
    void identify(LiveNode& live);
    void addSetter(LiveNode& setter, LiveScope& scope);
    void enter(LiveNode& instance, const SubgraphDefinition& definition);

    const Graph& m_graph;
    const NodeCatalog& m_catalog;
    Diagnostics& m_diagnostics;
    std::unique_ptr<LiveGraph> m_live;
    QSet<QString> m_open; // definitions being expanded
    bool m_tooLarge = false;
};

} // namespace gesso::conversion
