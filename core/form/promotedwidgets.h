// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/graphpath.h"
#include "core/workflow/nodecatalog.h"

#include <QHash>

namespace gesso {

// A value in widgets_values of a subgraph instance.
struct HostPlace {
    NodeId instance; // path
    qsizetype column = -1; // of an array; -1: by name
    QString name;
};

// How a widget inside a subgraph is shown outside.
struct Promotion {
    NodeId instance; // the outermost instance that shows it
    QString input; // its name there
    QString label; // the author's name for it, may be empty
    std::optional<HostPlace>
        place; // where the value that counts is kept; the inner node has it if there is none
};

// Which instance decides the value of a widget inside a subgraph: inputs of instances that stand for inner
// widgets, and properties.proxyWidgets (conversion.md, 6.3 and 6.4). Borrows graph and catalogue.
class PromotedWidgets
{
public:
    PromotedWidgets(const Graph& graph, const NodeCatalog& catalog);

    std::optional<Promotion> find(const WidgetRef& ref) const; // nullopt: only the inner node shows it

private:
    const QList<bool>& promotedInputs(const SubgraphDefinition& definition, int depth) const;
    bool isPromoted(const GraphNode& inner, const QString& input, int depth) const;
    std::optional<HostPlace> placeIn(const NodeLocation& location, qsizetype host, int slot) const;

    const Graph& m_graph;
    const NodeCatalog& m_catalog;
    mutable QHash<QString, QList<bool>> m_promoted; // by definition
};

const Json* hostValue(const Graph& graph, const HostPlace& place); // nullptr if it is not there
bool setHostValue(Graph& graph, const HostPlace& place, const Json& value);

} // namespace gesso
