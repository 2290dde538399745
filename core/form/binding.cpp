// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/binding.h"

#include "core/form/groupwidgets.h"
#include "core/form/promotedwidgets.h"
#include "core/form/rawvalues.h"
#include "core/workflow/graphpath.h"
#include "core/workflow/widgetlayout.h"

#include <QCoreApplication>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Form", text);
}

tl::unexpected<Error> noSuchWidget(const WidgetRef& ref)
{
    return fail(ErrorKind::NotFound, tr("The workflow has no value %1.").arg(ref.toString()),
                tr("Open the workflow again: it has changed."));
}

bool isPrimitive(const GraphNode& node)
{
    return node.type == QLatin1String("PrimitiveNode");
}

bool isPrimitiveValue(const GraphNode& node, const QString& input)
{
    return isPrimitive(node) && input == primitiveInputName() && node.widgetsValues.is_array()
        && !node.widgetsValues.empty();
}

// The instance's value where it has one: it wins over the inner node's.
std::optional<HostPlace> hostPlace(const Graph& graph, const NodeCatalog& catalog, const WidgetRef& ref)
{
    const std::optional<Promotion> promotion = PromotedWidgets(graph, catalog).find(ref);
    return promotion ? promotion->place : std::nullopt;
}

Result<Json> graphValue(const Graph& graph, const NodeCatalog& catalog, const WidgetRef& ref)
{
    const GroupWidgets groups(graph, catalog);
    if (const auto widget = groups.find(ref)) {
        return groups.value(*widget);
    }
    const std::optional<NodeLocation> location = locateNode(graph, ref.node);
    if (!location) {
        return noSuchWidget(ref);
    }
    if (const auto place = hostPlace(graph, catalog, ref)) {
        return *hostValue(graph, *place);
    }
    const GraphNode& node = *location->node;
    if (isPrimitiveValue(node, ref.input)) {
        return node.widgetsValues.front();
    }
    if (const NodeDefinition* definition = catalog.find(node.type)) {
        for (const WidgetColumn& column : widgetColumns(*definition, node)) {
            if (column.input->name == ref.input) {
                return widgetValue(node, column);
            }
        }
        return noSuchWidget(ref);
    }
    const Json* value = rawValue(node, ref.input);
    return value ? Result<Json>(*value) : noSuchWidget(ref);
}

bool setGraphValue(Graph& graph, const NodeCatalog& catalog, const WidgetRef& ref, const Json& value)
{
    if (const auto widget = GroupWidgets(graph, catalog).find(ref)) {
        return setGroupValue(graph, catalog, *widget, value);
    }
    GraphNode* node = nodeAt(graph, ref.node);
    if (!node) {
        return false;
    }
    if (const auto place = hostPlace(graph, catalog, ref)) {
        return setHostValue(graph, *place, value);
    }
    if (isPrimitiveValue(*node, ref.input)) {
        node->widgetsValues.front() = value;
        return true;
    }
    if (const NodeDefinition* definition = catalog.find(node->type)) {
        return setWidgetValue(*definition, *node, ref.input, value);
    }
    return setRawValue(*node, ref.input, value);
}

// What a dynamic combo brings as it stands in this node.
const DynamicOption* chosenOption(const PromptNode& node, const InputDefinition& combo)
{
    const Json* value = node.input(combo.name);
    return combo.dynamicOption(toQString(value ? *value : combo.defaultValue()));
}

// The widget of that name, also of what the choices of the node bring; nullptr if there is none.
template <typename Inputs>
const InputDefinition* widgetNamed(const PromptNode& node, const Inputs& inputs, const QString& name)
{
    for (const InputDefinition& declared : inputs) {
        if (declared.name == name) {
            return declared.isWidget() ? &declared : nullptr;
        }
        const DynamicOption* option = declared.isDynamicCombo() && name.startsWith(declared.name + u'.')
            ? chosenOption(node, declared)
            : nullptr;
        if (option) {
            return widgetNamed(node, option->inputs, name);
        }
    }
    return nullptr;
}

const InputDefinition* widgetNamed(const PromptNode& node, const NodeCatalog& catalog, const QString& name)
{
    const NodeDefinition* definition = catalog.find(node.classType);
    return definition ? widgetNamed(node, definition->inputs, name) : nullptr;
}

void addBrought(PromptNode& node, const InputDefinition& combo)
{
    const DynamicOption* option = chosenOption(node, combo);
    if (!option) {
        return;
    }
    for (const InputDefinition& brought : option->inputs) {
        if (brought.isWidget() && !node.input(brought.name)) {
            node.setInput(brought.name, brought.defaultValue());
        }
        if (brought.isDynamicCombo()) {
            addBrought(node, brought);
        }
    }
}

// A prompt is sent as it is: what the old choice brought goes, and what the new one brings comes with
// defaults. Inputs that both have keep their values.
void followChoice(PromptNode& node, const NodeCatalog& catalog, const InputDefinition& combo)
{
    const QString prefix = combo.name + u'.';
    node.inputs.removeIf([&](const auto& input) {
        return input.first.startsWith(prefix) && !asLink(input.second)
            && !widgetNamed(node, catalog, input.first);
    });
    addBrought(node, combo);
}

Result<Json> promptValue(const Prompt& prompt, const NodeCatalog& catalog, const WidgetRef& ref)
{
    const PromptNode* node = prompt.node(ref.node);
    if (!node) {
        return noSuchWidget(ref);
    }
    const Json* value = node->input(ref.input);
    if (value && !asLink(*value)) {
        return *value;
    }
    const InputDefinition* widget = widgetNamed(*node, catalog, ref.input);
    return widget ? Result<Json>(widget->defaultValue()) : noSuchWidget(ref);
}

// An input that is driven by a link keeps it: its widget is not what decides.
bool setPromptValue(Prompt& prompt, const NodeCatalog& catalog, const WidgetRef& ref, const Json& value)
{
    PromptNode* node = prompt.node(ref.node);
    if (!node) {
        return false;
    }
    const Json* present = node->input(ref.input);
    const InputDefinition* widget = widgetNamed(*node, catalog, ref.input);
    if (present ? asLink(*present).has_value() : !widget) {
        return false;
    }
    node->setInput(ref.input, value);
    if (widget && widget->isDynamicCombo()) {
        followChoice(*node, catalog, *widget);
    }
    return true;
}

} // namespace

Result<Json> fieldValue(const Workflow& workflow, const NodeCatalog& catalog, const WidgetRef& ref)
{
    if (const Graph* graph = workflow.graph()) {
        return graphValue(*graph, catalog, ref);
    }
    return promptValue(*workflow.prompt(), catalog, ref);
}

Result<void> setFieldValue(Workflow& workflow, const NodeCatalog& catalog, const WidgetRef& ref,
                           const Json& value)
{
    const bool done = workflow.isGraph() ? setGraphValue(*workflow.graph(), catalog, ref, value)
                                         : setPromptValue(*workflow.prompt(), catalog, ref, value);
    if (!done) {
        return noSuchWidget(ref);
    }
    return {};
}

Result<Conversion> promptFor(const Workflow& workflow, const NodeCatalog& catalog,
                             const ConversionOptions& options)
{
    if (const Graph* graph = workflow.graph()) {
        return convertGraph(*graph, catalog, options);
    }
    return Conversion{*workflow.prompt(), {}};
}

} // namespace gesso
