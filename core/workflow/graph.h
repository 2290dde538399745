// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QHash>
#include <QList>

#include <optional>

namespace gesso {

using LinkId = qint64;

// LiteGraph node modes. 1 (on event) and 3 (on trigger) behave like Always (conversion.md, 1.4).
enum class NodeMode { Always = 0, OnEvent = 1, Never = 2, OnTrigger = 3, Bypass = 4 };

// An input slot of a node as saved.
struct GraphInput {
    QString name;
    QString type; // "*" for any; a comma list for unions; "COMBO" where the file has a list
    QString label; // the author's own name, may be empty
    std::optional<LinkId> link;
    QString widget; // name of the widget this slot stands for; empty for a pure socket

    bool operator==(const GraphInput&) const = default;
};

// An output slot of a node as saved.
struct GraphOutput {
    QString name;
    QString type;
    QString label;

    bool operator==(const GraphOutput&) const = default;
};

// A node as saved. What its values mean only its class in the catalogue says (widgetlayout.h).
struct GraphNode {
    NodeId id;
    QString type;
    QString title; // as saved; empty if none
    NodeMode mode = NodeMode::Always;
    QList<GraphInput> inputs;
    QList<GraphOutput> outputs;
    Json widgetsValues; // array, object (old files) or null, as saved
    Json properties; // object
    Json raw; // the node as read, for saving: what Gesso does not know is kept verbatim
};

// From an output slot to an input slot of the same level.
struct GraphLink {
    LinkId id = 0;
    NodeId originNode; // "-10" is the input box of a subgraph
    int originSlot = 0;
    NodeId targetNode; // "-20" is the output box of a subgraph
    int targetSlot = 0;
    QString type;

    bool operator==(const GraphLink&) const = default;
};

// Nodes and links of one level: the root, or the inside of a subgraph.
struct GraphLevel {
    QList<GraphNode> nodes; // file order
    QList<GraphLink> links;

    const GraphNode* node(const NodeId& id) const; // O(1)
    GraphNode* node(const NodeId& id);
    const GraphLink* link(LinkId id) const; // O(1)

    void rebuildIndex(); // after changing nodes or links; the first of two equal ids wins

private:
    QHash<NodeId, qsizetype> m_nodeIndex;
    QHash<LinkId, qsizetype> m_linkIndex;
};

// An input or output of a subgraph, as its instances have it.
struct SubgraphPort {
    QString id;
    QString name;
    QString label;
    QString type;
    QList<LinkId> linkIds; // inside, to or from the box
};

// One entry of definitions.subgraphs. An instance is a node whose type is the definition's id.
struct SubgraphDefinition {
    QString id;
    QString name;
    GraphLevel level;
    QList<SubgraphPort> inputs;
    QList<SubgraphPort> outputs;
    Json raw; // as read, with null in the place of nodes
};

// A workflow in the web front end's own format (schema 0.4 or 1).
struct Graph {
    double schemaVersion = 0.4;
    GraphLevel root;
    QList<SubgraphDefinition> subgraphs;
    Json extra; // linearData, groupNodes, ue_links, reroutes …
    // As read, with null in the place of nodes, subgraphs and extra: keeps unknown members and order.
    Json raw;

    const SubgraphDefinition* subgraph(const QString& id) const; // O(1) after rebuildIndex
    SubgraphDefinition* subgraph(const QString& id);
    void rebuildIndex();

private:
    QHash<QString, qsizetype> m_subgraphIndex;
};

// Writes the document back: every member that was read, in its order, with widgetsValues, title and mode as
// they are now.
Json toJson(const Graph& graph);

} // namespace gesso
