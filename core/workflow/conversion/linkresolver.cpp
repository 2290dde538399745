// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/linkresolver.h"

#include "core/workflow/conversion/broadcasts.h"
#include "core/workflow/conversion/explainer.h"
#include "core/workflow/conversion/findings.h"
#include "core/workflow/conversion/typematching.h"
#include "core/workflow/conversion/virtualnodes.h"

#include <QCoreApplication>

namespace gesso::conversion {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Conversion", text);
}

} // namespace

LinkResolver::LinkResolver(const LiveGraph& graph, Diagnostics& diagnostics, Explainer* explainer)
    : m_graph(graph)
    , m_diagnostics(diagnostics)
    , m_explainer(explainer)
{
}

Source LinkResolver::resolve(const LiveNode& consumer, const LiveInput& input)
{
    if (!input.link) {
        return {};
    }
    m_consumer = &consumer;
    m_input = &input;
    m_trail = {};
    Position at{consumer.scope, *input.link, input.type};
    std::optional<Json> innerValue;
    // Each node and each wall is passed at most once on a path without a circle.
    const std::size_t limit = 2 * (m_graph.nodes.size() + m_graph.scopes.size());
    for (std::size_t i = 0; i <= limit; ++i) {
        Step taken = step(at, innerValue);
        if (!taken.next) {
            if (m_explainer) {
                m_explainer->resolved(consumer, input, m_trail, taken.end);
            }
            return std::move(taken.end);
        }
        at = *taken.next;
    }
    m_diagnostics.append(finding(Severity::Warning, QStringLiteral("link-circle"), consumer,
                                 tr("The links to “%1” lead in a circle and were left out.").arg(input.name),
                                 input.name));
    return {};
}

LinkResolver::Step LinkResolver::step(const Position& at, std::optional<Json>& innerValue)
{
    const GraphLink* link = at.scope->level->link(at.link);
    if (!link) {
        m_diagnostics.append(finding(
            Severity::Warning, QStringLiteral("link-missing"), *m_consumer,
            tr("The link to “%1” is not in the file and was left out.").arg(m_input->name), m_input->name));
        return {};
    }
    if (m_explainer && isBroadcastLink(at.link)) {
        m_trail.isBroadcast = true;
    }
    if (at.scope->host && link->originNode.toString() == kInputBox) {
        return throughInputBox(*at.scope, link->originSlot, innerValue);
    }
    const LiveNode* origin = at.scope->node(link->originNode);
    if (!origin) {
        m_diagnostics.append(finding(Severity::Error, QStringLiteral("link-origin-missing"), *m_consumer,
                                     tr("“%1” is linked to node %2, which is not in the workflow.")
                                         .arg(m_input->name, link->originNode.toString()),
                                     m_input->name));
        return {};
    }
    return throughNode(*origin, link->originSlot, at.type);
}

// Up and out: to what the instance's input is linked to, or to the value the instance has for it.
LinkResolver::Step LinkResolver::throughInputBox(const LiveScope& scope, int slot,
                                                 std::optional<Json>& innerValue) const
{
    const LiveNode& host = *scope.host;
    if (slot < 0 || slot >= host.inputs.size()) {
        return {};
    }
    if (std::size_t(slot) < host.hostValues.size() && host.hostValues[std::size_t(slot)]) {
        innerValue = host.hostValues[std::size_t(slot)];
    }
    Step taken = follow(host, slot, host.inputs.at(slot).type);
    if (!taken.next) {
        taken.end.value = innerValue; // the outermost value wins
    }
    return taken;
}

LinkResolver::Step LinkResolver::throughNode(const LiveNode& node, int slot, const QString& type)
{
    if (m_explainer) {
        m_trail.nodes.append(&node);
    }
    if (node.node->mode == NodeMode::Never || slot < 0) {
        return {};
    }
    if (node.node->mode == NodeMode::Bypass) {
        return throughBypassed(node, slot, type);
    }
    switch (node.kind) {
    case NodeKind::Real:
    case NodeKind::Unknown: {
        Step reached;
        reached.end.node = &node;
        reached.end.slot = slot;
        return reached;
    }
    case NodeKind::Reroute:
    case NodeKind::Setter:
        return follow(node, 0, type);
    case NodeKind::Getter:
        return throughGetter(node, type);
    case NodeKind::Subgraph:
        if (node.inside && node.inside->outputLinks.contains(slot)) {
            Step inward;
            inward.next = Position{node.inside, node.inside->outputLinks.value(slot), type};
            return inward;
        }
        return {};
    case NodeKind::BrowserValue:
        warnOnce(node, QStringLiteral("browser-value"),
                 tr("The value of “%1” is kept in its author's browser: what it is linked to keeps its own.")
                     .arg(channelName(*node.node)));
        break;
    case NodeKind::Primitive:
    case NodeKind::Broadcaster:
    case NodeKind::Decoration:
        break;
    }
    return {};
}

LinkResolver::Step LinkResolver::throughBypassed(const LiveNode& node, int slot, const QString& type)
{
    const int input = bypassInput(node, slot, type);
    if (m_explainer) {
        m_trail.bypassInputs.insert(&node, input);
    }
    // From here on the input's own type counts, as in the front end.
    return follow(node, input, input < 0 ? type : node.inputs.at(input).type);
}

// To what is linked to the Setter of that name: the nearest one, from the Getter's own level outwards. Its
// mode does not matter.
LinkResolver::Step LinkResolver::throughGetter(const LiveNode& getter, const QString& type)
{
    const QString key = channelKey(*getter.node);
    for (const LiveScope* scope = getter.scope; scope && !key.isEmpty();
         scope = scope->host ? scope->host->scope : nullptr) {
        if (const LiveNode* setter = scope->setters.value(key)) {
            return follow(*setter, 0, type);
        }
    }
    warnOnce(getter, QStringLiteral("setter-missing"),
             tr("No Set node gives the name “%1”: the links from here are left out.")
                 .arg(channelName(*getter.node)));
    return {};
}

void LinkResolver::warnOnce(const LiveNode& node, const QString& code, const QString& message)
{
    if (!m_warned.contains(&node)) {
        m_warned.insert(&node);
        m_diagnostics.append(finding(Severity::Warning, code, node, message));
    }
}

LinkResolver::Step LinkResolver::follow(const LiveNode& node, int input, const QString& type)
{
    Step taken;
    if (input >= 0 && input < node.inputs.size() && node.inputs.at(input).link) {
        taken.next = Position{node.scope, *node.inputs.at(input).link, type};
    }
    return taken;
}

} // namespace gesso::conversion
