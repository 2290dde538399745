// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/diagnostic.h"

namespace gesso::conversion {

// Where an input's value comes from: an output of a node that is sent, a value of an instance, or nowhere.
struct Source {
    const LiveNode* node = nullptr;
    int slot = 0;
    std::optional<Json> value;

    bool isNothing() const { return !node && !value; }
};

// Follows links through reroutes, bypassed nodes and the walls of subgraphs (conversion.md, 5 and 6).
class LinkResolver
{
public:
    LinkResolver(const LiveGraph& graph, Diagnostics& diagnostics);

    Source resolve(const LiveNode& consumer, const LiveInput& input);

private:
    struct Position {
        const LiveScope* scope = nullptr;
        LinkId link = 0;
    };
    // The next link to follow, or the end.
    struct Step {
        std::optional<Position> next;
        Source end;
    };

    Step step(const Position& at, const QString& type, std::optional<Json>& innerValue);
    Step throughInputBox(const LiveScope& scope, int slot, std::optional<Json>& innerValue) const;
    Step throughNode(const LiveNode& node, int slot, const QString& type) const;
    static Step follow(const LiveNode& node, int input);

    const LiveGraph& m_graph;
    Diagnostics& m_diagnostics;
    const LiveNode* m_consumer = nullptr;
    const LiveInput* m_input = nullptr;
};

} // namespace gesso::conversion
