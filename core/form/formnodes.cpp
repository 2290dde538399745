// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/formnodes.h"

#include "core/form/graphlinks.h"
#include "core/workflow/conversion/virtualnodes.h"

namespace gesso {
namespace {

QString titleOf(const QString& saved, const NodeDefinition* definition, const QString& type)
{
    if (!saved.isEmpty()) {
        return saved;
    }
    return definition && !definition->displayName.isEmpty() ? definition->displayName : type;
}

void addGraphInputs(FormNode& node)
{
    for (const GraphInput& saved : node.graphNode->inputs) {
        const InputDefinition* declared = node.definition ? node.definition->input(saved.name) : nullptr;
        node.inputs.append({saved.name, declared ? declared->type : saved.type, saved.label, false, {}});
    }
}

void addPromptInputs(FormNode& node, const FormNodes& all)
{
    for (const auto& [name, value] : node.promptNode->inputs) {
        const InputDefinition* declared = node.definition ? node.definition->input(name) : nullptr;
        FormInput input{name, declared ? declared->type : QStringLiteral("*"), {}, false, {}};
        if (const auto link = asLink(value)) {
            input.linked = true;
            if (const qsizetype origin = all.index.value(link->first, -1); origin >= 0) {
                input.source = FormSource{origin, link->second};
            }
        }
        node.inputs.append(input);
    }
}

FormNodes readPromptNodes(const Prompt& prompt, const NodeCatalog& catalog)
{
    FormNodes all;
    all.nodes.reserve(prompt.nodes.size());
    for (const PromptNode& saved : prompt.nodes) {
        FormNode node;
        node.id = saved.id;
        node.type = saved.classType;
        node.definition = catalog.find(saved.classType);
        node.title = titleOf(saved.title, node.definition, saved.classType);
        node.promptNode = &saved;
        all.index.insert(node.id, all.nodes.size());
        all.nodes.append(node);
    }
    for (FormNode& node : all.nodes) {
        addPromptInputs(node, all);
    }
    return all;
}

// A primitive has the type of the first widget it drives (conversion.md, 5.4).
void noteDriven(FormNode& origin, const FormNode& target, const FormInput& input)
{
    if (origin.isPrimitive() && !origin.drives && target.definition) {
        origin.drives = target.definition->input(input.name);
    }
}

FormNodes readGraphNodes(const Graph& graph, const NodeCatalog& catalog)
{
    const GraphLinks links(graph, catalog);
    FormNodes all;
    for (const PlacedNode& placed : links.nodes()) {
        if (isCanvasOnly(*placed.node, catalog) || graph.subgraph(placed.node->type)) {
            continue;
        }
        FormNode node;
        node.id = placed.path;
        node.type = placed.node->type;
        node.definition = catalog.find(placed.node->type);
        node.title = titleOf(placed.node->title, node.definition, placed.node->type);
        node.graphNode = placed.node;
        node.isActive = placed.isActive;
        addGraphInputs(node);
        all.index.insert(node.id, all.nodes.size());
        all.nodes.append(node);
    }
    for (FormNode& node : all.nodes) {
        for (qsizetype i = 0; i < node.inputs.size(); ++i) {
            const InputOrigin origin =
                links.originOf(node.id, node.graphNode->inputs.at(i), node.inputs.at(i).type);
            node.inputs[i].linked = origin.linked;
            if (const qsizetype at = all.index.value(origin.node, -1); origin.linked && at >= 0) {
                node.inputs[i].source = FormSource{at, origin.slot};
                noteDriven(all.nodes[at], node, node.inputs.at(i));
            }
        }
    }
    return all;
}

} // namespace

const FormInput* FormNode::input(const QString& name) const
{
    for (const FormInput& candidate : inputs) {
        if (candidate.name == name) {
            return &candidate;
        }
    }
    return nullptr;
}

QString FormNode::outputName(int slot) const
{
    if (definition && slot >= 0 && slot < definition->outputs.size()) {
        return definition->outputs.at(slot).name;
    }
    if (graphNode && slot >= 0 && slot < graphNode->outputs.size()) {
        return graphNode->outputs.at(slot).name;
    }
    return {};
}

QString FormNode::outputType(int slot) const
{
    if (definition && slot >= 0 && slot < definition->outputs.size()) {
        return definition->outputs.at(slot).type;
    }
    if (graphNode && slot >= 0 && slot < graphNode->outputs.size()) {
        return graphNode->outputs.at(slot).type;
    }
    return {};
}

bool FormNode::isPrimitive() const
{
    return type == QLatin1String("PrimitiveNode");
}

FormNodes readFormNodes(const Workflow& workflow, const NodeCatalog& catalog)
{
    if (const Prompt* prompt = workflow.prompt()) {
        return readPromptNodes(*prompt, catalog);
    }
    return readGraphNodes(*workflow.graph(), catalog);
}

bool isCanvasOnly(const GraphNode& node, const NodeCatalog& catalog)
{
    if (catalog.contains(node.type)) {
        return false;
    }
    const std::optional<conversion::NodeKind> kind = conversion::virtualKind(node);
    return kind && kind != conversion::NodeKind::Primitive;
}

} // namespace gesso
