// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"
#include "core/workflow/nodecatalog.h"

#include <QRegularExpression>
#include <QSet>

#include <optional>
#include <vector>

namespace gesso::conversion {

// One level of a workflow as "Use Everywhere" sees it.
struct BroadcastLevel {
    const GraphLevel& level;
    const SubgraphDefinition* definition = nullptr; // nullptr for the root
    const Json& raw; // of the document or the definition: groups
    const NodeCatalog& catalog;
    bool widgetsWereConverted = false; // saved before the front end gave every widget an input (1.16)
};

// An input that may be fed: of a node, or of the output box of a subgraph.
struct BroadcastTarget {
    const GraphNode* node = nullptr; // nullptr: the output box
    QString name; // the author's, else the input's own
    QString type;
};

// Something a node sends to whoever wants it.
struct Broadcast {
    struct Pattern {
        QRegularExpression expression;
        bool isInverted = false;
    };

    const GraphNode* controller = nullptr;
    NodeId origin; // "-10" for the input box
    int slot = 0;
    QString type;
    QString name; // of the controller's input
    int priority = 0;
    std::optional<Pattern> title;
    std::optional<Pattern> input;
    std::optional<QSet<NodeId>> onlyTo; // by group and colour
    int nameRule = -1; // repeated_type_rule, where it applies: exact, start, end, title, pattern
    bool feedsCombos = false; // a STRING
    bool feedsAny = false;

    bool fits(const BroadcastTarget& target, const QString& title) const;
};

// The rules of the pack (its README, "Where will the data be sent?", version 7.8): an input without a link
// gets what has its type, unless the sender's patterns, groups or colours forbid it; of several senders the
// one with the highest priority, of equal ones none.
class BroadcastRules
{
public:
    explicit BroadcastRules(const BroadcastLevel& level);

    const std::vector<Broadcast>& broadcasts() const { return m_broadcasts; }
    // Empty if nothing fits, several if it cannot be decided.
    std::vector<const Broadcast*> bestFor(const BroadcastTarget& target) const;
    bool isConnectable(const GraphNode& node, const QString& input, bool isWidget) const;
    bool isFed(const GraphInput& input) const; // by something that runs

private:
    void addNode(const GraphNode& node);
    void addInputs(const GraphNode& node, Broadcast common);
    void addOutputs(const GraphNode& node, Broadcast common);
    void add(Broadcast broadcast, const QSet<QString>& repeated);
    void restrict(const GraphNode& node, Broadcast& common) const;
    const GraphLink* liveLink(LinkId id) const;
    QString typeOf(const GraphLink& link) const;
    QString titleOf(const GraphNode& node) const;

    BroadcastLevel m_level;
    std::vector<Broadcast> m_broadcasts;
};

bool isBroadcaster(const QString& type); // of the pack's own nodes
bool isBroadcaster(const GraphNode& node); // also any other that was told to broadcast its outputs

} // namespace gesso::conversion
