// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/broadcasts.h"

#include "core/workflow/conversion/broadcastrules.h"
#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/conversion/typematching.h"

#include <QCoreApplication>
#include <QVersionNumber>

#include <algorithm>

namespace gesso::conversion {
namespace {

constexpr LinkId kFirstBroadcastLink = -1'000'000; // and down; files number theirs upward

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Conversion", text);
}

bool hasBroadcaster(const GraphLevel& level)
{
    return std::any_of(level.nodes.begin(), level.nodes.end(),
                       [](const GraphNode& node) { return isBroadcaster(node); });
}

const Json* savedBroadcasts(const Json* extra)
{
    const Json* links = extra ? member(*extra, "ue_links") : nullptr;
    return links && links->is_array() && !links->empty() ? links : nullptr;
}

// From version 1.16 on the front end saves an input for each widget, before only for those its author turned
// into inputs.
bool savesConvertedWidgetsOnly(const Graph& graph)
{
    const QString version = stringMember(graph.extra, "frontendVersion");
    return version.isEmpty() || QVersionNumber::fromString(version) < QVersionNumber(1, 16);
}

// Adds links to one level.
class BroadcastWiring
{
public:
    BroadcastWiring(const Graph& source, const GraphLevel& level, const SubgraphDefinition* definition,
                    const NodeCatalog& catalog, Diagnostics& diagnostics)
        : m_source(level)
        , m_catalog(catalog)
        , m_diagnostics(diagnostics)
        , m_rules({level, definition, definition ? definition->raw : source.raw, catalog,
                   savesConvertedWidgetsOnly(source)})
        , m_definition(definition)
        , m_result(level)
    {
    }

    // As the pack wrote it down when the workflow was saved; what no longer fits is left out.
    GraphLevel bySavedLinks(const Json& links)
    {
        for (const Json& entry : links) {
            const GraphNode* controller = m_source.node(NodeId(idText(memberOrNull(entry, "controller"))));
            if (controller && isBroadcaster(*controller) && isOn(*controller)) {
                addSaved(entry);
            }
        }
        return finished();
    }

    GraphLevel byRules()
    {
        if (m_rules.broadcasts().empty()) {
            return finished();
        }
        for (const GraphNode& node : m_source.nodes) {
            if (isOn(node) && !isBroadcaster(node.type)) {
                feedInputs(node);
            }
        }
        feedOutputBox();
        return finished();
    }

private:
    static const Json& memberOrNull(const Json& object, std::string_view key)
    {
        static const Json absent;
        const Json* value = member(object, key);
        return value ? *value : absent;
    }

    static bool isOn(const GraphNode& node)
    {
        return node.mode != NodeMode::Never && node.mode != NodeMode::Bypass;
    }

    void addSaved(const Json& entry)
    {
        const NodeId origin(idText(memberOrNull(entry, "upstream")));
        const NodeId target(idText(memberOrNull(entry, "downstream")));
        const qint64 originSlot = intMember(entry, "upstream_slot", -1);
        const qint64 slot = intMember(entry, "downstream_slot", -1);
        const bool isFromBox = m_definition && origin.toString() == kInputBox;
        if ((!isFromBox && !m_source.node(origin)) || originSlot < 0 || originSlot > 1000 || slot < 0) {
            return;
        }
        const QString type = stringMember(entry, "type");
        if (m_definition && target.toString() == kOutputBox) {
            if (slot < m_definition->outputs.size() && !isBoxFed(int(slot))) {
                addLink(origin, int(originSlot), target, int(slot), type);
            }
            return;
        }
        const GraphNode* node = m_source.node(target);
        if (!node || slot >= node->inputs.size()) {
            return;
        }
        const GraphInput& input = node->inputs.at(slot);
        if (!m_rules.isFed(input) && areCompatible(input.type, type)) {
            feed(target, int(slot), origin, int(originSlot), type);
        }
    }

    void feedInputs(const GraphNode& node)
    {
        const NodeDefinition* definition = m_catalog.find(node.type);
        for (int slot = 0; slot < node.inputs.size(); ++slot) {
            const GraphInput& input = node.inputs.at(slot);
            const InputDefinition* declared = definition ? definition->input(input.name) : nullptr;
            const bool isWidget = declared ? declared->isWidget() : !input.widget.isEmpty();
            if (m_rules.isFed(input) || !m_rules.isConnectable(node, input.name, isWidget)) {
                continue;
            }
            const QString type = declared ? declared->type : input.type;
            const QString name = input.label.isEmpty() ? input.name : input.label;
            if (const Broadcast* broadcast = decided({&node, name, type}, node)) {
                feed(node.id, slot, broadcast->origin, broadcast->slot, broadcast->type);
            }
        }
        if (definition) {
            feedUnsavedInputs(node, *definition);
        }
    }

    // Sockets that the class has gained since the file was saved.
    void feedUnsavedInputs(const GraphNode& node, const NodeDefinition& definition)
    {
        for (const InputDefinition& declared : definition.inputs) {
            const bool isSaved =
                std::any_of(node.inputs.begin(), node.inputs.end(),
                            [&declared](const GraphInput& input) { return input.name == declared.name; });
            if (isSaved || declared.isWidget() || declared.section == InputSection::Hidden
                || !m_rules.isConnectable(node, declared.name, false)) {
                continue;
            }
            if (const Broadcast* broadcast = decided({&node, declared.name, declared.type}, node)) {
                GraphNode* target = m_result.node(node.id);
                GraphInput added;
                added.name = declared.name;
                added.type = declared.type;
                target->inputs.append(added);
                feed(node.id, int(target->inputs.size()) - 1, broadcast->origin, broadcast->slot,
                     broadcast->type);
            }
        }
    }

    void feedOutputBox()
    {
        for (int slot = 0; m_definition && slot < m_definition->outputs.size(); ++slot) {
            const SubgraphPort& port = m_definition->outputs.at(slot);
            if (isBoxFed(slot)) {
                continue;
            }
            const auto best =
                m_rules.bestFor({nullptr, port.label.isEmpty() ? port.name : port.label, port.type});
            if (best.size() == 1) {
                addLink(best.front()->origin, best.front()->slot, NodeId(kOutputBox), slot,
                        best.front()->type);
            }
        }
    }

    const Broadcast* decided(const BroadcastTarget& target, const GraphNode& node)
    {
        const auto best = m_rules.bestFor(target);
        if (best.size() > 1) {
            Diagnostic diagnostic;
            diagnostic.severity = Severity::Warning;
            diagnostic.code = QStringLiteral("broadcast-ambiguous");
            diagnostic.node = node.id;
            diagnostic.nodeType = node.type;
            diagnostic.nodeTitle = node.title;
            diagnostic.input = target.name;
            diagnostic.message =
                tr("%1 senders of equal rank broadcast to “%2”: it gets none of them. Give one a priority.")
                    .arg(best.size())
                    .arg(target.name);
            m_diagnostics.append(diagnostic);
        }
        return best.size() == 1 ? best.front() : nullptr;
    }

    bool isBoxFed(int slot) const
    {
        return std::any_of(m_source.links.begin(), m_source.links.end(), [slot](const GraphLink& link) {
            return link.targetNode.toString() == kOutputBox && link.targetSlot == slot;
        });
    }

    void feed(const NodeId& target, int slot, const NodeId& origin, int originSlot, const QString& type)
    {
        m_result.node(target)->inputs[slot].link = addLink(origin, originSlot, target, slot, type);
    }

    LinkId addLink(const NodeId& origin, int originSlot, const NodeId& target, int slot, const QString& type)
    {
        const LinkId id = m_nextLink--;
        m_result.links.append({id, origin, originSlot, target, slot, type});
        return id;
    }

    GraphLevel finished()
    {
        m_result.rebuildIndex();
        return m_result;
    }

    const GraphLevel& m_source;
    const NodeCatalog& m_catalog;
    Diagnostics& m_diagnostics;
    BroadcastRules m_rules;
    const SubgraphDefinition* m_definition;
    GraphLevel m_result;
    LinkId m_nextLink = kFirstBroadcastLink;
};

GraphLevel wired(const Graph& graph, const GraphLevel& level, const SubgraphDefinition* definition,
                 const NodeCatalog& catalog, Diagnostics& diagnostics)
{
    BroadcastWiring wiring(graph, level, definition, catalog, diagnostics);
    const Json* saved = savedBroadcasts(definition ? member(definition->raw, "extra") : &graph.extra);
    return saved ? wiring.bySavedLinks(*saved) : wiring.byRules();
}

} // namespace

std::optional<Graph> withBroadcasts(const Graph& graph, const NodeCatalog& catalog, Diagnostics& diagnostics)
{
    const bool isNeeded = hasBroadcaster(graph.root)
        || std::any_of(graph.subgraphs.begin(), graph.subgraphs.end(),
                       [](const SubgraphDefinition& definition) { return hasBroadcaster(definition.level); });
    if (!isNeeded) {
        return std::nullopt;
    }
    Graph rewritten = graph;
    if (hasBroadcaster(graph.root)) {
        rewritten.root = wired(graph, graph.root, nullptr, catalog, diagnostics);
    }
    for (qsizetype i = 0; i < graph.subgraphs.size(); ++i) {
        const SubgraphDefinition& definition = graph.subgraphs.at(i);
        if (hasBroadcaster(definition.level)) {
            rewritten.subgraphs[i].level = wired(graph, definition.level, &definition, catalog, diagnostics);
        }
    }
    rewritten.rebuildIndex();
    return rewritten;
}

bool isBroadcastLink(LinkId id)
{
    return id <= kFirstBroadcastLink;
}

} // namespace gesso::conversion
