// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/conversion/groupdefinition.h"
#include "core/workflow/graphpath.h"

#include <map>
#include <optional>

namespace gesso {

// A widget inside a legacy group node. Its value is one of the group node's own widgets_values.
struct GroupWidget {
    NodeId instance; // path of the group node
    qsizetype column = 0;
    QString shown; // the name the group node shows it by
    QString innerType;
    const InputDefinition* input = nullptr; // of the inner node's class
};

// Finds the widgets that group nodes show. Those of node 2 inside the group node "5" go by "5:2.seed", as in
// the prompt. Borrows graph and catalogue.
class GroupWidgets
{
public:
    GroupWidgets(const Graph& graph, const NodeCatalog& catalog);

    bool isInside(const NodeId& node) const; // a group node
    std::optional<GroupWidget> find(const WidgetRef& ref) const;
    Json value(const GroupWidget& widget) const; // saved, else the default

private:
    struct Host {
        const GraphNode* node = nullptr; // the group node
        const conversion::GroupDefinition* group = nullptr;
        NodeId path;
        int inner = -1;
    };
    std::optional<Host> hostOf(const NodeId& node) const;

    const Graph& m_graph;
    const NodeCatalog& m_catalog;
    mutable std::map<QString, conversion::GroupDefinition> m_groups; // by the group node's type
};

// Writes it where the group node keeps it; earlier columns that are missing get their defaults.
bool setGroupValue(Graph& graph, const NodeCatalog& catalog, const GroupWidget& widget, const Json& value);

} // namespace gesso
