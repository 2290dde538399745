// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"
#include "core/workflow/nodedefinition.h"

#include <deque>
#include <optional>
#include <vector>

namespace gesso::conversion {

struct LiveScope;

enum class NodeKind {
    Real, // the server has its class
    Unknown, // nobody knows it
    Decoration, // notes and canvas tools: never sent
    Reroute, // passes its input on
    Primitive, // writes its value into what it is linked to
    Subgraph, // an instance; its inside is sent instead
    Setter, // names what it is linked to …
    Getter, // … and gives it to whoever asks by that name
    Broadcaster, // links its inputs to others; those links are in the graph already
    BrowserValue, // has a value that only the author's browser knows
};

// A slot as the front end shows it: declared ones first, in its order, then those only the file has.
struct LiveInput {
    QString name;
    QString type;
    std::optional<LinkId> link;
    bool isWidget = false;
};

struct LiveWidget {
    const InputDefinition* input = nullptr;
    Json value;
    enum class Origin { Node, Primitive, Instance } origin = Origin::Node; // whose value it is
};

// One occurrence of a node: a definition with three instances gives three of each inner node.
struct LiveNode {
    const GraphNode* node = nullptr;
    const NodeDefinition* definition = nullptr; // of Real nodes
    NodeKind kind = NodeKind::Unknown;
    NodeId path; // id in the prompt: "12:5" inside instance 12
    LiveScope* scope = nullptr; // where it stands
    LiveScope* inside = nullptr; // of Subgraph nodes; nullptr if it could not be expanded
    QList<LiveInput> inputs;
    QList<LiveWidget> widgets;

    // Of Subgraph nodes, one per input: the inner widget it stands for (nullptr for a pure socket) and the
    // value the instance has for it.
    std::vector<const InputDefinition*> promoted;
    std::vector<std::optional<Json>> hostValues;

    bool isActive() const { return node->mode != NodeMode::Never && node->mode != NodeMode::Bypass; }
    QString outputType(int slot) const;
    LiveWidget* widget(const QString& name);
    int inputIndex(const QString& name) const; // -1 if none
};

// The root, or the inside of one instance.
struct LiveScope {
    const GraphLevel* level = nullptr;
    LiveNode* host = nullptr; // the instance; nullptr for the root
    std::vector<LiveNode*> nodes; // file order
    QHash<NodeId, LiveNode*> byId;
    QHash<int, LinkId> outputLinks; // of the output box: slot → link that feeds it
    QHash<QString, LiveNode*> setters; // by channelKey; of several the first

    LiveNode* node(const NodeId& id) const { return byId.value(id); }
    bool isActive() const; // the instance of the root around it is neither muted nor bypassed
};

// Everything flattened; owns all nodes. Pointers into `graph` and the catalogue.
struct LiveGraph {
    std::deque<LiveNode> nodes; // visiting order: an instance, then its inside
    std::deque<LiveScope> scopes; // the root is first
};

inline const QString kInputBox = QStringLiteral("-10");
inline const QString kOutputBox = QStringLiteral("-20");

} // namespace gesso::conversion
