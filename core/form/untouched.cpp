// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/untouched.h"

#include "core/workflow/graphpath.h"

#include <QSet>

namespace gesso {
namespace {

// "12:5:3" stands in the nodes 12:5:3, 12:5 and 12.
QList<NodeId> nodesAround(const NodeId& path)
{
    QList<NodeId> nodes;
    for (QString text = path.toString(); !text.isEmpty(); text = text.section(QLatin1Char(':'), 0, -2)) {
        nodes.append(NodeId(text));
    }
    return nodes;
}

// Two instances of a subgraph share the nodes of its definition: what is written down once has one key.
QString keyOf(const Graph& graph, const NodeId& path)
{
    const std::optional<NodeLocation> location = locateNode(graph, path);
    if (!location) {
        return {};
    }
    return (location->definition ? location->definition->id : QString()) + QChar(0)
        + location->node->id.toString();
}

QSet<QString> keysOf(const Graph& graph, const QList<WidgetRef>& refs)
{
    QSet<QString> keys;
    for (const WidgetRef& ref : refs) {
        for (const NodeId& path : nodesAround(ref.node)) {
            keys.insert(keyOf(graph, path));
        }
    }
    return keys;
}

void restore(Graph& current, const Graph& opened, const WidgetRef& ref, const QList<WidgetRef>& otherEdits)
{
    const QSet<QString> edited = keysOf(opened, otherEdits);
    for (const NodeId& path : nodesAround(ref.node)) {
        const std::optional<NodeLocation> before = locateNode(opened, path);
        GraphNode* node = before && !edited.contains(keyOf(opened, path)) ? nodeAt(current, path) : nullptr;
        if (node) {
            node->widgetsValues = before->node->widgetsValues;
        }
    }
}

void restore(Prompt& current, const Prompt& opened, const WidgetRef& ref, const QList<WidgetRef>& otherEdits)
{
    for (const WidgetRef& other : otherEdits) {
        if (other.node == ref.node) {
            return;
        }
    }
    PromptNode* node = current.node(ref.node);
    const PromptNode* before = opened.node(ref.node);
    if (node && before) {
        node->inputs = before->inputs;
    }
}

} // namespace

void restoreUntouched(Workflow& current, const Workflow& opened, const WidgetRef& ref,
                      const QList<WidgetRef>& otherEdits)
{
    if (current.isGraph() && opened.isGraph()) {
        restore(*current.graph(), *opened.graph(), ref, otherEdits);
    } else if (!current.isGraph() && !opened.isGraph()) {
        restore(*current.prompt(), *opened.prompt(), ref, otherEdits);
    }
}

} // namespace gesso
