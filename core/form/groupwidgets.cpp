// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/groupwidgets.h"

#include "core/workflow/conversion/groupnodes.h"
#include "core/workflow/widgetcoercion.h"

namespace gesso {
namespace {

const InputDefinition* inputOf(const conversion::GroupDefinition& group,
                               const conversion::GroupDefinition::Inner& widget, const NodeCatalog& catalog)
{
    const NodeDefinition* definition = catalog.find(group.nodes().at(widget.node).type);
    return definition ? definition->input(widget.input) : nullptr;
}

} // namespace

GroupWidgets::GroupWidgets(const Graph& graph, const NodeCatalog& catalog)
    : m_graph(graph)
    , m_catalog(catalog)
{
}

std::optional<GroupWidgets::Host> GroupWidgets::hostOf(const NodeId& node) const
{
    const QString path = node.toString();
    const qsizetype colon = path.lastIndexOf(u':');
    bool ok = false;
    const int inner = QStringView(path).mid(colon + 1).toInt(&ok);
    if (colon < 0 || !ok || m_graph.root.node(node)) {
        return std::nullopt;
    }
    const NodeId hostPath(path.left(colon));
    const std::optional<NodeLocation> location = locateNode(m_graph, hostPath);
    const Json* group = location ? conversion::groupOf(m_graph, *location->node) : nullptr;
    if (!group) {
        return std::nullopt;
    }
    const auto known = m_groups.try_emplace(location->node->type, *group, m_catalog).first;
    return Host{location->node, &known->second, hostPath, inner};
}

bool GroupWidgets::isInside(const NodeId& node) const
{
    return hostOf(node).has_value();
}

std::optional<GroupWidget> GroupWidgets::find(const WidgetRef& ref) const
{
    const std::optional<Host> host = hostOf(ref.node);
    if (!host) {
        return std::nullopt;
    }
    qsizetype column = 0;
    for (const auto& widget : host->group->widgets()) {
        if (widget.node == host->inner && widget.input == ref.input) {
            return GroupWidget{host->path, column, widget.shown, host->group->nodes().at(widget.node).type,
                               inputOf(*host->group, widget, m_catalog)};
        }
        column += widget.hasControlColumn ? 2 : 1;
    }
    return std::nullopt;
}

Json GroupWidgets::value(const GroupWidget& widget) const
{
    const std::optional<NodeLocation> location = locateNode(m_graph, widget.instance);
    if (!location || !widget.input) {
        return {};
    }
    const Json& values = location->node->widgetsValues;
    const auto column = static_cast<std::size_t>(widget.column);
    const bool isSaved = values.is_array() && column < values.size();
    return coerceWidgetValue(widget.innerType, *widget.input,
                             isSaved ? values[column] : widget.input->defaultValue());
}

bool setGroupValue(Graph& graph, const NodeCatalog& catalog, const GroupWidget& widget, const Json& value)
{
    GraphNode* instance = nodeAt(graph, widget.instance);
    const Json* json = instance ? conversion::groupOf(graph, *instance) : nullptr;
    if (!json) {
        return false;
    }
    Json& values = instance->widgetsValues;
    if (!values.is_array()) {
        values = Json::array();
    }
    const auto column = static_cast<std::size_t>(widget.column);
    const conversion::GroupDefinition group(*json, catalog);
    std::size_t at = 0;
    for (const auto& earlier : group.widgets()) {
        if (at >= column) {
            break;
        }
        if (values.size() == at) {
            const InputDefinition* input = inputOf(group, earlier, catalog);
            values.push_back(input ? input->defaultValue() : Json());
        }
        ++at;
        if (earlier.hasControlColumn && values.size() == at++) {
            values.push_back("fixed");
        }
    }
    if (values.size() <= column) {
        values.push_back(value);
    } else {
        values[column] = value;
    }
    return true;
}

} // namespace gesso
