// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/nodecatalog.h"

#include <QHash>

#include <vector>

namespace gesso {

// A node at one place: a subgraph used twice has two places for each of its nodes.
struct PlacedNode {
    NodeId path; // "12:5"
    const GraphNode* node = nullptr;
    bool isActive = true;
    qsizetype level = 0; // which placed level it stands on
};

struct InputOrigin {
    NodeId node; // path; empty if nothing reachable drives the input
    int slot = 0;
    bool linked = false; // false also where the link leads to nothing that gives a value
};

// The links of a graph seen from the form: reroutes, set and get nodes, bypassed nodes and subgraph borders
// are transparent. Deliberately less exact than the converter (it only has to find meanings, not to emit a
// prompt).
class GraphLinks
{
public:
    GraphLinks(const Graph& graph, const NodeCatalog& catalog);

    const QList<PlacedNode>& nodes() const { return m_nodes; }
    InputOrigin originOf(const NodeId& path, const GraphInput& input, const QString& type) const;

private:
    struct PlacedLevel {
        const GraphLevel* level = nullptr;
        const SubgraphDefinition* definition = nullptr; // nullptr for the root
        QString prefix; // "12:" or empty
        qsizetype parent = -1; // the level its instance stands on
        const GraphNode* instance = nullptr;
        QHash<NodeId, qsizetype> children; // instance id → placed level
    };

    void place(qsizetype levelIndex, bool isActive, int depth);
    InputOrigin follow(qsizetype levelIndex, std::optional<LinkId> link, const QString& type, int hops) const;
    InputOrigin followNode(qsizetype levelIndex, const GraphNode& origin, int slot, const QString& type,
                           int hops) const;
    InputOrigin followReroute(qsizetype levelIndex, const GraphNode& reroute, const QString& type,
                              int hops) const;
    InputOrigin followGetter(qsizetype levelIndex, const GraphNode& getter, const QString& type,
                             int hops) const;
    std::optional<conversion::NodeKind> virtualKindOf(const GraphNode& node) const;
    InputOrigin leaveSubgraph(const PlacedLevel& level, int slot, const QString& type, int hops) const;
    InputOrigin enterInstance(qsizetype levelIndex, const GraphNode& instance, int slot, const QString& type,
                              int hops) const;

    const Graph& m_graph;
    const NodeCatalog& m_catalog;
    std::vector<PlacedLevel> m_levels;
    QList<PlacedNode> m_nodes;
    QHash<NodeId, qsizetype> m_placeOf;
};

} // namespace gesso
