// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/diagnostic.h"

#include <QSet>

namespace gesso::conversion {

// Where an input's value comes from: an output of a node that is sent, a value of an instance, or nowhere.
struct Source {
    const LiveNode* node = nullptr;
    int slot = 0;
    std::optional<Json> value;

    bool isNothing() const { return !node && !value; }
};

// The way a link was followed; kept only to explain it.
struct LinkTrail {
    QList<const LiveNode*> nodes; // in order, the last may be the source
    QHash<const LiveNode*, int> bypassInputs; // which input stood in for a bypassed node; -1 if none did
    bool isBroadcast = false;
};

class Explainer;

// Follows links through reroutes, bypassed nodes and the walls of subgraphs (conversion.md, 5 and 6).
class LinkResolver
{
public:
    LinkResolver(const LiveGraph& graph, Diagnostics& diagnostics, Explainer* explainer);

    Source resolve(const LiveNode& consumer, const LiveInput& input);

private:
    struct Position {
        const LiveScope* scope = nullptr;
        LinkId link = 0;
        QString type; // what is asked for: a bypassed node chooses its input by it
    };
    // The next link to follow, or the end.
    struct Step {
        std::optional<Position> next;
        Source end;
    };

    Step step(const Position& at, std::optional<Json>& innerValue);
    Step throughInputBox(const LiveScope& scope, int slot, std::optional<Json>& innerValue) const;
    Step throughNode(const LiveNode& node, int slot, const QString& type);
    Step throughBypassed(const LiveNode& node, int slot, const QString& type);
    Step throughGetter(const LiveNode& getter, const QString& type);
    void warnOnce(const LiveNode& node, const QString& code, const QString& message);
    static Step follow(const LiveNode& node, int input, const QString& type);

    const LiveGraph& m_graph;
    Diagnostics& m_diagnostics;
    Explainer* m_explainer;
    LinkTrail m_trail; // of the input being resolved; stays empty without explainer
    QSet<const LiveNode*> m_warned;
    const LiveNode* m_consumer = nullptr;
    const LiveInput* m_input = nullptr;
};

} // namespace gesso::conversion
