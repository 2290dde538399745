// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/promotedwidgets.h"

#include <algorithm>

namespace gesso {
namespace {

constexpr int kMaxDepth = 24; // a definition may contain itself
const QLatin1String kInputBox("-10");

const GraphInput* inputNamed(const GraphNode& node, const QString& name)
{
    const auto found = std::find_if(node.inputs.begin(), node.inputs.end(),
                                    [&name](const GraphInput& input) { return input.name == name; });
    return found == node.inputs.end() ? nullptr : &*found;
}

// The input of the subgraph that an inner input is linked to; -1 if it is not.
int slotBehind(const GraphLevel& level, const GraphInput* input)
{
    const GraphLink* link = input && input->link ? level.link(*input->link) : nullptr;
    return link && link->originNode.toString() == kInputBox ? link->originSlot : -1;
}

bool hasValue(const GraphNode& instance, qsizetype column)
{
    const Json& values = instance.widgetsValues;
    return values.is_array() && column >= 0 && column < static_cast<qsizetype>(values.size());
}

// The column that proxyWidgets give a widget; -1 if they do not name it or have no value for it.
qsizetype proxyColumn(const GraphNode& instance, const QString& inner, const QString& widget)
{
    const Json* proxies = member(instance.properties, "proxyWidgets");
    if (!proxies || !proxies->is_array()) {
        return -1;
    }
    qsizetype found = -1;
    for (std::size_t i = 0; i < proxies->size(); ++i) {
        const Json& entry = (*proxies)[i];
        if (entry.is_array() && entry.size() >= 2 && idText(entry[0]) == inner
            && toQString(entry[1]) == widget && hasValue(instance, static_cast<qsizetype>(i))) {
            found = static_cast<qsizetype>(i); // of two, the later one is what the front end is left with
        }
    }
    return found;
}

NodeId pathOf(const NodeLocation& location, qsizetype host)
{
    NodeId path;
    for (qsizetype i = 0; i <= host; ++i) {
        path = innerPath(path, location.instances.at(i)->id);
    }
    return path;
}

} // namespace

PromotedWidgets::PromotedWidgets(const Graph& graph, const NodeCatalog& catalog)
    : m_graph(graph)
    , m_catalog(catalog)
{
}

std::optional<Promotion> PromotedWidgets::find(const WidgetRef& ref) const
{
    const std::optional<NodeLocation> location = locateNode(m_graph, ref.node);
    if (!location || location->instances.isEmpty()) {
        return std::nullopt;
    }
    qsizetype host = location->instances.size() - 1;
    std::optional<Promotion> promotion;
    if (const qsizetype column =
            proxyColumn(*location->instances.at(host), location->node->id.toString(), ref.input);
        column >= 0) {
        const NodeId path = pathOf(*location, host);
        promotion = Promotion{path, ref.input, {}, HostPlace{path, column, {}}};
    }
    const std::optional<HostPlace> own = promotion ? promotion->place : std::nullopt;
    int slot = slotBehind(*location->level, inputNamed(*location->node, ref.input));
    // From instance to instance outwards, as long as each one's own input is that of the next; the outermost
    // value wins.
    for (; slot >= 0 && host >= 0; --host) {
        const GraphNode& instance = *location->instances.at(host);
        const SubgraphDefinition* definition = m_graph.subgraph(instance.type);
        if (!definition || slot >= definition->inputs.size()) {
            break;
        }
        const SubgraphPort& port = definition->inputs.at(slot);
        const GraphInput* outer = inputNamed(instance, port.name);
        Promotion shown{pathOf(*location, host), port.name,
                        outer && !outer->label.isEmpty() ? outer->label : port.label,
                        placeIn(*location, host, slot)};
        if (promotion && !shown.place) {
            shown.place = promotion->place;
        }
        if (promotion && shown.label.isEmpty()) {
            shown.label = promotion->label;
        }
        promotion = shown;
        const GraphNode* around = host > 0 ? location->instances.at(host - 1) : nullptr;
        const SubgraphDefinition* level = around ? m_graph.subgraph(around->type) : nullptr;
        slot = level ? slotBehind(level->level, outer) : -1;
        if (slot < 0 && outer && outer->link) {
            promotion->place = own; // a link wins over all instances, also one that gives nothing
        }
    }
    return promotion;
}

std::optional<HostPlace> PromotedWidgets::placeIn(const NodeLocation& location, qsizetype host,
                                                  int slot) const
{
    const GraphNode& instance = *location.instances.at(host);
    const SubgraphDefinition& definition = *m_graph.subgraph(instance.type);
    const QString& name = definition.inputs.at(slot).name;
    const NodeId path = pathOf(location, host);
    if (host > 0) {
        const GraphNode& around = *location.instances.at(host - 1);
        if (const qsizetype column = proxyColumn(around, instance.id.toString(), name); column >= 0) {
            return HostPlace{pathOf(location, host - 1), column, {}};
        }
    }
    if (const qsizetype column = proxyColumn(instance, QStringLiteral("-1"), name); column >= 0) {
        return HostPlace{path, column, {}};
    }
    const QList<bool>& promoted = promotedInputs(definition, 0);
    const qsizetype column = std::count(promoted.begin(), promoted.begin() + slot, true);
    if (hasValue(instance, column)) {
        return HostPlace{path, column, {}};
    }
    if (member(instance.widgetsValues, name.toStdString())) {
        return HostPlace{path, -1, name};
    }
    return std::nullopt;
}

const QList<bool>& PromotedWidgets::promotedInputs(const SubgraphDefinition& definition, int depth) const
{
    if (const auto known = m_promoted.constFind(definition.id); known != m_promoted.constEnd()) {
        return *known;
    }
    QList<bool> promoted(definition.inputs.size(), false);
    for (const GraphNode& inner : definition.level.nodes) {
        for (const GraphInput& input : inner.inputs) {
            const int slot = slotBehind(definition.level, &input);
            if (slot >= 0 && slot < promoted.size() && !promoted.at(slot)) {
                promoted[slot] = isPromoted(inner, input.name, depth);
            }
        }
    }
    return *m_promoted.insert(definition.id, promoted);
}

bool PromotedWidgets::isPromoted(const GraphNode& inner, const QString& input, int depth) const
{
    if (const SubgraphDefinition* nested = m_graph.subgraph(inner.type)) {
        const auto port =
            std::find_if(nested->inputs.begin(), nested->inputs.end(),
                         [&input](const SubgraphPort& candidate) { return candidate.name == input; });
        return depth < kMaxDepth && port != nested->inputs.end()
            && promotedInputs(*nested, depth + 1).at(port - nested->inputs.begin());
    }
    const NodeDefinition* definition = m_catalog.find(inner.type);
    const InputDefinition* declared = definition ? definition->input(input) : nullptr;
    return declared && declared->isWidget();
}

const Json* hostValue(const Graph& graph, const HostPlace& place)
{
    const std::optional<NodeLocation> location = locateNode(graph, place.instance);
    if (!location) {
        return nullptr;
    }
    if (place.column < 0) {
        return member(location->node->widgetsValues, place.name.toStdString());
    }
    return hasValue(*location->node, place.column)
        ? &location->node->widgetsValues[static_cast<std::size_t>(place.column)]
        : nullptr;
}

bool setHostValue(Graph& graph, const HostPlace& place, const Json& value)
{
    GraphNode* instance = nodeAt(graph, place.instance);
    if (!instance || !hostValue(graph, place)) {
        return false;
    }
    if (place.column < 0) {
        instance->widgetsValues[place.name.toStdString()] = value;
    } else {
        instance->widgetsValues[static_cast<std::size_t>(place.column)] = value;
    }
    return true;
}

} // namespace gesso
