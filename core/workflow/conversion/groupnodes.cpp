// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/groupnodes.h"

#include "core/workflow/conversion/groupdefinition.h"
#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/widgetlayout.h"

#include <algorithm>

namespace gesso::conversion {
namespace {

QString groupName(const QString& type)
{
    return type.startsWith(u"workflow>") || type.startsWith(u"workflow/") ? type.mid(9) : QString();
}

bool hasGroupNodes(const Graph& graph)
{
    const auto hasIn = [&graph](const GraphLevel& level) {
        return std::any_of(level.nodes.begin(), level.nodes.end(),
                           [&graph](const GraphNode& node) { return groupOf(graph, node) != nullptr; });
    };
    return hasIn(graph.root)
        || std::any_of(graph.subgraphs.begin(), graph.subgraphs.end(),
                       [&hasIn](const SubgraphDefinition& definition) { return hasIn(definition.level); });
}

// Makes the subgraph of one instance; the instance's values go into its inner nodes.
class GroupExpansion
{
public:
    GroupExpansion(const GroupDefinition& group, const NodeCatalog& catalog, const GraphNode& instance)
        : m_group(group)
        , m_catalog(catalog)
        , m_instance(instance)
    {
        m_subgraph.level.nodes = group.nodes();
    }

    SubgraphDefinition expand(const QString& id)
    {
        m_subgraph.id = id;
        m_subgraph.name = groupName(m_instance.type);
        setValues();
        for (const GroupDefinition::Link& link : m_group.links()) {
            const GraphNode& target = m_subgraph.level.nodes.at(link.targetNode);
            if (link.targetSlot < target.inputs.size()) {
                addLink(m_group.nodes().at(link.originNode).id, link.originSlot, link.targetNode,
                        target.inputs.at(link.targetSlot).name);
            }
        }
        addInputs();
        addOutputs();
        return m_subgraph;
    }

private:
    void setValues()
    {
        const Json& values = m_instance.widgetsValues;
        std::size_t column = 0;
        for (const GroupDefinition::Inner& widget : m_group.widgets()) {
            GraphNode& node = m_subgraph.level.nodes[widget.node];
            const NodeDefinition* definition = m_catalog.find(node.type);
            const InputDefinition* input = definition ? definition->input(widget.input) : nullptr;
            const auto saved = [&values](std::size_t at) {
                return values.is_array() && at < values.size() ? &values[at] : nullptr;
            };
            if (input) {
                const Json* value = saved(column);
                setWidgetValue(*definition, node, widget.input, value ? *value : input->defaultValue());
            }
            if (const Json* control = saved(column + 1); input && control && widget.hasControlColumn) {
                setControl(*definition, node, widget.input, *control);
            }
            column += widget.hasControlColumn ? 2 : 1;
        }
    }

    // Never sent, but the form shows it.
    static void setControl(const NodeDefinition& definition, GraphNode& node, const QString& input,
                           const Json& control)
    {
        for (const WidgetColumn& column : widgetColumns(definition, node)) {
            Json& values = node.widgetsValues;
            if (column.input->name != input || column.controlColumn < 0 || !values.is_array()) {
                continue;
            }
            while (values.size() <= std::size_t(column.controlColumn)) {
                values.push_back(nullptr);
            }
            values[std::size_t(column.controlColumn)] = control;
        }
    }

    void addInputs()
    {
        for (const auto& [name, inner] : m_group.inputs()) {
            SubgraphPort port;
            port.name = name;
            const auto saved = std::find_if(
                m_instance.inputs.begin(), m_instance.inputs.end(),
                [&name = name](const GraphInput& input) { return input.name == name && input.link; });
            if (saved == m_instance.inputs.end()) {
                continue; // only what is linked needs a port: values are in the nodes already
            }
            port.type = saved->type;
            addLink(NodeId(kInputBox), int(m_subgraph.inputs.size()), inner.node, inner.input);
            m_subgraph.inputs.append(port);
        }
    }

    void addOutputs()
    {
        int slot = 0;
        for (const GroupDefinition::Output& output : m_group.outputs()) {
            SubgraphPort port;
            port.type = output.type;
            port.linkIds = {++m_lastLink};
            m_subgraph.outputs.append(port);
            m_subgraph.level.links.append({m_lastLink, m_group.nodes().at(output.node).id, output.slot,
                                           NodeId(kOutputBox), slot++, output.type});
        }
    }

    void addLink(const NodeId& origin, int originSlot, int targetIndex, const QString& inputName)
    {
        GraphNode& target = m_subgraph.level.nodes[targetIndex];
        auto input = std::find_if(target.inputs.begin(), target.inputs.end(),
                                  [&inputName](const GraphInput& entry) { return entry.name == inputName; });
        if (input == target.inputs.end()) {
            GraphInput added;
            added.name = inputName;
            input = target.inputs.insert(target.inputs.end(), added);
        }
        input->link = ++m_lastLink;
        const int slot = int(input - target.inputs.begin());
        m_subgraph.level.links.append({m_lastLink, origin, originSlot, target.id, slot, input->type});
    }

    const GroupDefinition& m_group;
    const NodeCatalog& m_catalog;
    const GraphNode& m_instance;
    SubgraphDefinition m_subgraph;
    LinkId m_lastLink = 0;
};

void rewriteLevel(const Graph& source, const NodeCatalog& catalog, const QString& levelId, GraphLevel& level,
                  QList<SubgraphDefinition>& made)
{
    for (GraphNode& node : level.nodes) {
        const Json* json = groupOf(source, node);
        if (!json) {
            continue;
        }
        const GroupDefinition group(*json, catalog);
        const QString id =
            u"group:" % levelId % u':' % node.id.toString(); // one per instance: it holds the values
        made.append(GroupExpansion(group, catalog, node).expand(id));
        node.type = id;
        node.widgetsValues = nullptr;
    }
}

} // namespace

const Json* groupOf(const Graph& graph, const GraphNode& node)
{
    const QString name = groupName(node.type);
    const Json* groups = name.isEmpty() ? nullptr : member(graph.extra, "groupNodes");
    const Json* group = groups ? member(*groups, name.toStdString()) : nullptr;
    return group && group->is_object() ? group : nullptr;
}

std::optional<Graph> withoutGroupNodes(const Graph& graph, const NodeCatalog& catalog)
{
    if (!hasGroupNodes(graph)) {
        return std::nullopt;
    }
    Graph rewritten = graph;
    QList<SubgraphDefinition> made;
    rewriteLevel(graph, catalog, QString(), rewritten.root, made);
    for (SubgraphDefinition& definition : rewritten.subgraphs) {
        rewriteLevel(graph, catalog, definition.id, definition.level, made);
    }
    rewritten.subgraphs.append(made);
    rewritten.rebuildIndex();
    return rewritten;
}

} // namespace gesso::conversion
