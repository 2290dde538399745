// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"
#include "core/workflow/nodecatalog.h"

#include <QSet>

namespace gesso::conversion {

// What the front end makes of one entry of extra.groupNodes: the names and order of its inputs, widgets and
// outputs. They are derived from the inner nodes' definitions, as nothing of it is saved.
class GroupDefinition
{
public:
    // A slot or widget of an inner node.
    struct Inner {
        int node = 0;
        QString input;
        bool hasControlColumn = false; // of widgets
        QString shown; // the name the group node shows it by
    };
    struct Output {
        int node = 0;
        int slot = 0;
        QString type;
    };
    struct Link {
        int originNode = 0;
        int originSlot = 0;
        int targetNode = 0;
        int targetSlot = 0;
        QString type;
    };

    GroupDefinition(const Json& group, const NodeCatalog& catalog);

    const QList<GraphNode>& nodes() const { return m_nodes; } // ids are their indexes
    const QList<Link>& links() const { return m_links; } // inner ones
    const QList<std::pair<QString, Inner>>& inputs() const
    {
        return m_inputs;
    } // by the instance's input names
    const QList<Inner>& widgets() const { return m_widgets; } // in the order of the instance's values
    const QList<Output>& outputs() const { return m_outputs; }

private:
    void readNodes(const Json& group);
    void readLinks(const Json& group);
    void readExternal(const Json& group);
    void addNode(int index, const Json& config);
    void addReroute(int index, const Json& config);
    void addConverted(int index, const Json& config);
    void addOutputs(int index, const Json& config);
    void addWidget(int index, const InputDefinition& input, const Json& config);
    void addInput(int index, const QString& input, const Json& config);
    QString uniqueName(int index, const QString& input, const Json& config);
    bool isLinked(int index, const QString& input) const;
    bool isConverted(int index, const QString& input) const;

    const NodeCatalog& m_catalog;
    QList<GraphNode> m_nodes;
    QList<Link> m_links;
    QList<std::pair<QString, Inner>> m_inputs;
    QList<Inner> m_widgets;
    QList<Output> m_outputs;
    QHash<QString, int> m_seen; // input names and how often they came
    QSet<std::pair<int, int>> m_external; // inner outputs shown although linked inside
};

} // namespace gesso::conversion
