// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/subgraphexpander.h"

#include "core/workflow/conversion/findings.h"
#include "core/workflow/conversion/liveslots.h"
#include "core/workflow/conversion/promotedwidgets.h"
#include "core/workflow/conversion/virtualnodes.h"
#include "core/workflow/graphpath.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesso::conversion {
namespace {

constexpr std::size_t kMaxNodes = 200'000;
constexpr qsizetype kMaxDepth = 64;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Conversion", text);
}

void indexOutputBox(LiveScope& scope)
{
    const NodeId outputBox(kOutputBox);
    for (const GraphLink& link : scope.level->links) {
        if (link.targetNode == outputBox && !scope.outputLinks.contains(link.targetSlot)) {
            scope.outputLinks.insert(link.targetSlot, link.id);
        }
    }
}

bool namesLink(const GraphNode& node, LinkId link)
{
    return std::any_of(node.inputs.begin(), node.inputs.end(),
                       [link](const GraphInput& input) { return input.link == link; });
}

// A link of the table whose target does not name it is given to that target, as version 1.58 mends it.
void adoptLooseLinks(LiveScope& scope)
{
    for (const GraphLink& link : scope.level->links) {
        LiveNode* target = scope.node(link.targetNode);
        if (!target || !scope.node(link.originNode) || link.targetSlot < 0
            || link.targetSlot >= target->node->inputs.size()) {
            continue;
        }
        const GraphInput& saved = target->node->inputs.at(link.targetSlot);
        const bool isLoose = !saved.link && !namesLink(*target->node, link.id);
        const int index = isLoose ? target->inputIndex(saved.name) : -1;
        if (index >= 0 && !target->inputs.at(index).link) {
            target->inputs[index].link = link.id;
        }
    }
}

} // namespace

SubgraphExpander::SubgraphExpander(const Graph& graph, const NodeCatalog& catalog, Diagnostics& diagnostics)
    : m_graph(graph)
    , m_catalog(catalog)
    , m_diagnostics(diagnostics)
{
}

std::unique_ptr<LiveGraph> SubgraphExpander::expand()
{
    m_live = std::make_unique<LiveGraph>();
    addScope(m_graph.root, nullptr);
    return std::move(m_live);
}

LiveScope* SubgraphExpander::addScope(const GraphLevel& level, LiveNode* host)
{
    LiveScope& scope = m_live->scopes.emplace_back();
    scope.level = &level;
    scope.host = host;
    scope.nodes.reserve(std::size_t(level.nodes.size()));
    scope.byId.reserve(level.nodes.size());
    indexOutputBox(scope);
    for (const GraphNode& node : level.nodes) {
        if (level.node(node.id) == &node) { // the first of two equal ids
            addNode(node, scope);
        }
    }
    adoptLooseLinks(scope);
    return &scope;
}

void SubgraphExpander::addNode(const GraphNode& node, LiveScope& scope)
{
    if (m_live->nodes.size() >= kMaxNodes) {
        if (!m_tooLarge) {
            m_tooLarge = true;
            Diagnostic diagnostic;
            diagnostic.code = QStringLiteral("too-many-nodes");
            diagnostic.message =
                tr("With its subgraphs written out the workflow has more than %1 nodes.").arg(kMaxNodes);
            m_diagnostics.append(diagnostic);
        }
        return;
    }
    LiveNode& live = m_live->nodes.emplace_back();
    live.node = &node;
    live.scope = &scope;
    live.path = innerPath(scope.host ? scope.host->path : NodeId(), node.id);
    scope.nodes.push_back(&live);
    scope.byId.insert(node.id, &live);
    if (const SubgraphDefinition* definition = m_graph.subgraph(node.type)) {
        live.kind = NodeKind::Subgraph;
        enter(live, *definition);
        return;
    }
    identify(live);
    addLiveSlots(live);
    if (live.kind == NodeKind::Setter) {
        addSetter(live, scope);
    }
}

void SubgraphExpander::addSetter(LiveNode& setter, LiveScope& scope)
{
    const QString key = channelKey(*setter.node);
    if (key.isEmpty()) {
        return;
    }
    if (scope.setters.contains(key)) {
        m_diagnostics.append(finding(Severity::Warning, QStringLiteral("setter-duplicate"), setter,
                                     tr("Another Set node gives the name “%1” already: that one is used.")
                                         .arg(channelName(*setter.node))));
        return;
    }
    scope.setters.insert(key, &setter);
}

void SubgraphExpander::identify(LiveNode& live)
{
    const QString& type = live.node->type;
    live.definition = m_catalog.find(type);
    if (!live.definition) {
        if (const std::optional<NodeKind> kind = virtualKind(*live.node)) {
            live.kind = *kind;
            return;
        }
        live.definition = m_catalog.find(currentTypeName(type));
    }
    live.kind = live.definition ? NodeKind::Real : NodeKind::Unknown;
}

void SubgraphExpander::enter(LiveNode& instance, const SubgraphDefinition& definition)
{
    if (m_open.contains(definition.id) || m_open.size() >= kMaxDepth) {
        m_diagnostics.append(finding(Severity::Error, QStringLiteral("subgraph-cycle"), instance,
                                     tr("The subgraph “%1” contains itself.").arg(definition.name)));
        return;
    }
    m_open.insert(definition.id);
    instance.inside = addScope(definition.level, &instance);
    m_open.remove(definition.id);
    addInstanceSlots(instance, definition);
    readPromotedWidgets(instance);
}

} // namespace gesso::conversion
