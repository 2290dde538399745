// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/promotedwidgets.h"

#include "core/workflow/widgetcoercion.h"

namespace gesso::conversion {
namespace {

// The widget behind an inner input; of a nested instance, the one that its own input stands for.
const InputDefinition* widgetBehind(LiveNode& inner, int input)
{
    if (inner.kind == NodeKind::Subgraph) {
        return std::size_t(input) < inner.promoted.size() ? inner.promoted[std::size_t(input)] : nullptr;
    }
    if (!inner.inputs.at(input).isWidget) {
        return nullptr;
    }
    const LiveWidget* widget = inner.widget(inner.inputs.at(input).name);
    return widget ? widget->input : nullptr;
}

void findPromoted(LiveNode& instance)
{
    const LiveScope& inside = *instance.inside;
    instance.promoted.assign(std::size_t(instance.inputs.size()), nullptr);
    instance.hostValues.assign(std::size_t(instance.inputs.size()), std::nullopt);
    for (LiveNode* inner : inside.nodes) {
        for (int i = 0; i < inner->inputs.size(); ++i) {
            const auto id = inner->inputs.at(i).link;
            const GraphLink* link = id ? inside.level->link(*id) : nullptr;
            if (!link || link->originNode.toString() != kInputBox || link->originSlot < 0
                || link->originSlot >= instance.inputs.size()) {
                continue;
            }
            const std::size_t slot = std::size_t(link->originSlot);
            if (!instance.promoted[slot]) {
                instance.promoted[slot] = widgetBehind(*inner, i);
                instance.inputs[link->originSlot].isWidget = instance.promoted[slot] != nullptr;
            }
        }
    }
}

void setHostValue(LiveNode& instance, const QString& input, const Json& value)
{
    const int slot = instance.inputIndex(input);
    if (slot >= 0 && std::size_t(slot) < instance.hostValues.size()) {
        instance.hostValues[std::size_t(slot)] = value;
    }
}

// Values of an array stand for the promoted inputs in order, without control columns.
void readHostValues(LiveNode& instance)
{
    const Json& values = instance.node->widgetsValues;
    std::size_t column = 0;
    for (std::size_t slot = 0; slot < instance.promoted.size(); ++slot) {
        if (!instance.promoted[slot]) {
            continue;
        }
        if (values.is_array() && column < values.size()) {
            instance.hostValues[slot] = values[column];
        } else if (const Json* named =
                       member(values, instance.inputs.at(qsizetype(slot)).name.toStdString())) {
            instance.hostValues[slot] = *named;
        }
        ++column;
    }
}

// One entry of proxyWidgets: ["-1", input of the instance] or [inner id, widget].
void applyProxy(LiveNode& instance, const Json& entry, const Json& value)
{
    if (!entry.is_array() || entry.size() < 2) {
        return;
    }
    const QString id = idText(entry[0]);
    const QString name = toQString(entry[1]);
    if (id == u"-1") {
        setHostValue(instance, name, value);
        return;
    }
    LiveNode* inner = instance.inside->node(NodeId(id));
    if (!inner) {
        return;
    }
    if (inner->kind == NodeKind::Subgraph) {
        setHostValue(*inner, name, value);
    } else if (LiveWidget* widget = inner->widget(name)) {
        widget->value = coerceWidgetValue(inner->node->type, *widget->input, value);
        widget->origin = LiveWidget::Origin::Instance;
    }
}

void applyProxies(LiveNode& instance)
{
    const Json* proxies = member(instance.node->properties, "proxyWidgets");
    const Json& values = instance.node->widgetsValues;
    if (!proxies || !proxies->is_array() || !values.is_array()) {
        return;
    }
    for (std::size_t i = 0; i < proxies->size() && i < values.size(); ++i) {
        applyProxy(instance, (*proxies)[i], values[i]);
    }
}

} // namespace

void readPromotedWidgets(LiveNode& instance)
{
    findPromoted(instance);
    readHostValues(instance);
    applyProxies(instance);
}

} // namespace gesso::conversion
