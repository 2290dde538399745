// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/explainer.h"

#include "core/workflow/conversion/findings.h"
#include "core/workflow/conversion/virtualnodes.h"
#include "core/workflow/widgetlayout.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesso::conversion {
namespace {

constexpr qsizetype kMaxShown = 60; // characters of a value

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Conversion", text);
}

QString shown(const QString& text)
{
    const QString line = text.simplified();
    return line.size() <= kMaxShown ? line : line.left(kMaxShown) + u'…';
}

QString shown(const Json& value)
{
    return shown(value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value)));
}

QString nameOf(const LiveNode& node)
{
    return QStringLiteral("“%1” (%2)").arg(shown(titleOf(node)), node.path.toString());
}

QString describe(const Source& source)
{
    if (source.node) {
        return tr("output %1 of %2").arg(source.slot + 1).arg(nameOf(*source.node));
    }
    return source.value ? shown(*source.value) : tr("nothing");
}

const LiveNode* firstOf(const LinkTrail& trail, NodeKind kind)
{
    const auto found = std::find_if(trail.nodes.begin(), trail.nodes.end(),
                                    [kind](const LiveNode* node) { return node->kind == kind; });
    return found == trail.nodes.end() ? nullptr : *found;
}

} // namespace

Explainer::Explainer(Explanations& explanations)
    : m_explanations(explanations)
{
}

void Explainer::add(Explanation::Kind kind, const LiveNode& node, const QString& text, const QString& input)
{
    m_explanations.append({kind, node.path, titleOf(node), node.node->type, input, text});
}

void Explainer::notSent(const LiveNode& node)
{
    using Kind = Explanation::Kind;
    switch (node.kind) {
    case NodeKind::Decoration:
        return add(Kind::Note, node, tr("Left out: it exists on the canvas only."));
    case NodeKind::Reroute:
        return add(Kind::Reroute, node, tr("Left out: its links go straight through."));
    case NodeKind::Primitive:
        return add(Kind::Primitive, node, tr("Left out: its value is written into what it is linked to."));
    case NodeKind::BrowserValue:
        return add(Kind::Note, node, tr("Left out: its value is kept in the author's browser."));
    case NodeKind::Setter:
        return add(Kind::SetGet, node, tr("Left out: it names a link “%1”.").arg(channelName(*node.node)));
    case NodeKind::Getter:
        return add(Kind::SetGet, node,
                   tr("Left out: it stands for the link named “%1”.").arg(channelName(*node.node)));
    case NodeKind::Broadcaster:
        return add(Kind::Everywhere, node,
                   tr("Left out: it only links its inputs to others, and the server does not have it."));
    case NodeKind::Subgraph:
        if (node.isActive()) {
            return add(Kind::Subgraph, node, tr("Replaced by the nodes inside it."));
        }
        break;
    case NodeKind::Real:
    case NodeKind::Unknown:
        break;
    }
    if (node.node->mode == NodeMode::Bypass) {
        add(Kind::Bypassed, node, tr("Left out: it is bypassed."));
    } else if (node.node->mode == NodeMode::Never) {
        add(Kind::Muted, node, tr("Left out: it is muted."));
    } else {
        add(Kind::Muted, node, tr("Left out: the subgraph around it is muted or bypassed."));
    }
}

void Explainer::sent(const LiveNode& node)
{
    if (node.definition->type != node.node->type) {
        add(Explanation::Kind::Renamed, node,
            tr("Sent as “%1”, today's name of its class.").arg(node.definition->type));
    }
    explainDefaults(node);
    for (const LiveWidget& widget : node.widgets) {
        if (widget.origin == LiveWidget::Origin::Instance) {
            addPromoted(node, widget.input->name, widget.value);
        }
    }
}

void Explainer::addPromoted(const LiveNode& node, const QString& input, const Json& value)
{
    add(Explanation::Kind::Promoted, node,
        tr("The value of the subgraph around it wins: %1.").arg(shown(value)), input);
}

void Explainer::explainDefaults(const LiveNode& node)
{
    for (const WidgetColumn& column : widgetColumns(*node.definition, *node.node)) {
        if (column.column < 0 || savedWidgetValue(*node.node, column.input->name, column.column)) {
            continue;
        }
        const int slot = node.inputIndex(column.input->name);
        const bool isLinked = slot >= 0 && node.inputs.at(slot).link;
        const auto widget =
            std::find_if(node.widgets.begin(), node.widgets.end(), [&column](const LiveWidget& entry) {
                return entry.input->name == column.input->name;
            });
        if (!isLinked && widget != node.widgets.end() && widget->origin == LiveWidget::Origin::Node) {
            add(Explanation::Kind::Default, node,
                tr("The file has no value: %1, the default.").arg(shown(widget->value)), column.input->name);
        }
    }
}

bool Explainer::explainBypass(const LiveNode& consumer, const LiveInput& input, const LinkTrail& trail,
                              const Source& source)
{
    const auto found = std::find_if(trail.nodes.begin(), trail.nodes.end(), [](const LiveNode* node) {
        return node->node->mode == NodeMode::Bypass;
    });
    if (found == trail.nodes.end()) {
        return false;
    }
    const LiveNode& bypassed = **found;
    const int through = trail.bypassInputs.value(*found, -1);
    add(Explanation::Kind::Bypassed, consumer,
        through < 0 ? tr("%1 is bypassed and has no input that fits: gets nothing.").arg(nameOf(bypassed))
                    : tr("%1 is bypassed: gets what its input “%2” gets, %3.")
                          .arg(nameOf(bypassed), bypassed.inputs.at(through).name, describe(source)),
        input.name);
    return true;
}

void Explainer::resolved(const LiveNode& consumer, const LiveInput& input, const LinkTrail& trail,
                         const Source& source)
{
    if (trail.isBroadcast) {
        add(Explanation::Kind::Everywhere, consumer,
            tr("Linked by a broadcasting node: %1.").arg(describe(source)), input.name);
    }
    if (const LiveNode* getter = firstOf(trail, NodeKind::Getter)) {
        add(Explanation::Kind::SetGet, consumer,
            tr("“%1” stands for %2.").arg(shown(channelName(*getter->node)), describe(source)), input.name);
    }
    const bool isBypass = explainBypass(consumer, input, trail, source);
    if (source.value) {
        addPromoted(consumer, input.name, *source.value);
    } else if (source.isNothing() && !isBypass) {
        const LiveNode* last = trail.nodes.isEmpty() ? nullptr : trail.nodes.constLast();
        add(Explanation::Kind::Unlinked, consumer,
            last && last->node->mode == NodeMode::Never
                ? tr("Its link is left out: %1 is muted.").arg(nameOf(*last))
                : tr("Its link leads to nothing that is sent."),
            input.name);
    }
}

void Explainer::written(const LiveNode& target, const QString& input, const LiveNode& primitive,
                        const Json& value)
{
    add(Explanation::Kind::Primitive, target, tr("%1, from %2.").arg(shown(value), nameOf(primitive)), input);
}

void Explainer::chosen(const LiveNode& node, const QString& input, const QString& before,
                       const QString& after)
{
    if (before != after) {
        add(Explanation::Kind::Choice, node,
            tr("Comments and choices of the text are resolved: “%1”.").arg(shown(after)), input);
    }
}

void Explainer::tokensReplaced(const LiveNode& node, const QString& input, const QString& before,
                               const QString& after)
{
    if (before != after) {
        add(Explanation::Kind::FileNameToken, node, tr("“%1” becomes “%2”.").arg(shown(before), shown(after)),
            input);
    }
}

} // namespace gesso::conversion
