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

bool hasWidget(const NodeDefinition& definition, const QString& input)
{
    const InputDefinition* declared = definition.input(input);
    return declared && declared->isWidget();
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
    const NodeDefinition* definition = catalog.find(node->classType);
    if (!definition || !hasWidget(*definition, ref.input)) {
        return noSuchWidget(ref);
    }
    return definition->input(ref.input)->defaultValue();
}

// An input that is driven by a link keeps it: its widget is not what decides.
bool setPromptValue(Prompt& prompt, const NodeCatalog& catalog, const WidgetRef& ref, const Json& value)
{
    PromptNode* node = prompt.node(ref.node);
    if (!node) {
        return false;
    }
    const Json* present = node->input(ref.input);
    const NodeDefinition* definition = catalog.find(node->classType);
    const bool isKnown = present ? !asLink(*present) : definition && hasWidget(*definition, ref.input);
    if (isKnown) {
        node->setInput(ref.input, value);
    }
    return isKnown;
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
