// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/promptemitter.h"

#include "core/workflow/conversion/explainer.h"
#include "core/workflow/conversion/filenametokens.h"
#include "core/workflow/conversion/findings.h"
#include "core/workflow/missingnodes.h"

#include <algorithm>
#include <limits>

namespace gesso::conversion {
namespace {

// An array would be taken for a link (conversion.md, 1.2).
Json wrapped(Json value)
{
    if (!value.is_array()) {
        return value;
    }
    Json wrapper = Json::object();
    wrapper["__value__"] = std::move(value);
    return wrapper;
}

// A combo without options has none: the front end holds undefined there, which JSON leaves out.
bool hasValue(const LiveWidget& widget)
{
    return !widget.value.is_null() || widget.input->widgetType() != u"COMBO" || widget.input->isMultiSelect();
}

// What 1.58 adds to _meta.
Json metaOf(const LiveNode& node)
{
    Json meta;
    for (const char* key : {"cnr_id", "aux_id", "ver"}) {
        if (const Json* value = member(node.node->properties, key); value && value->is_string()) {
            meta[key] = *value;
        }
    }
    return meta;
}

// JavaScript objects hold array indexes first, in ascending order.
std::optional<quint32> arrayIndex(const NodeId& id)
{
    bool ok = false;
    const quint32 number = id.toString().toUInt(&ok);
    const bool canonical =
        ok && number < std::numeric_limits<quint32>::max() && QString::number(number) == id.toString();
    return canonical ? std::optional(number) : std::nullopt;
}

void orderAsJavaScript(QList<PromptNode>& nodes)
{
    std::stable_sort(nodes.begin(), nodes.end(), [](const PromptNode& first, const PromptNode& second) {
        const auto a = arrayIndex(first.id);
        const auto b = arrayIndex(second.id);
        return a && b ? *a < *b : a && !b;
    });
}

} // namespace

PromptEmitter::PromptEmitter(LiveGraph& graph, const ConversionOptions& options, Diagnostics& diagnostics,
                             Explainer* explainer)
    : m_graph(graph)
    , m_options(options)
    , m_diagnostics(diagnostics)
    , m_explainer(explainer)
    , m_dynamicPrompts(options.choices, options.randomSeed)
    , m_resolver(graph, diagnostics, explainer)
{
}

Prompt PromptEmitter::emitAll()
{
    Prompt prompt;
    prompt.nodes.reserve(qsizetype(m_graph.nodes.size()));
    for (const LiveNode& node : m_graph.nodes) {
        if (node.kind == NodeKind::Unknown) {
            reportUnknown(node);
        } else if (isSent(node)) {
            prompt.nodes.append(emitNode(node));
        } else if (m_explainer) {
            m_explainer->notSent(node);
        }
    }
    orderAsJavaScript(prompt.nodes);
    prompt.rebuildIndex();
    return prompt;
}

bool PromptEmitter::isSent(const LiveNode& node) const
{
    return node.kind == NodeKind::Real && node.isActive() && node.scope->isActive();
}

void PromptEmitter::reportUnknown(const LiveNode& node)
{
    const bool matters = node.isActive() && node.scope->isActive();
    m_diagnostics.append(finding(matters ? Severity::Error : Severity::Warning,
                                 QStringLiteral("missing-node"), node, missingSentence(node.node->type)));
}

PromptNode PromptEmitter::emitNode(const LiveNode& node)
{
    PromptNode sent;
    sent.id = node.path;
    sent.classType = node.definition->type;
    sent.title = titleOf(node);
    sent.meta = metaOf(node);
    if (m_explainer) {
        m_explainer->sent(node);
    }
    for (const LiveWidget& widget : node.widgets) {
        if (!hasValue(widget)) {
            continue;
        }
        sent.setInput(widget.input->name, wrapped(widgetJson(node, widget)));
    }
    for (const LiveInput& input : node.inputs) {
        Source source = m_resolver.resolve(node, input);
        if (source.value) {
            sent.setInput(input.name, wrapped(std::move(*source.value)));
        } else if (source.node && isSent(*source.node)) {
            sent.setInput(input.name, Json::array({toJson(source.node->path.toString()), source.slot}));
        } else if (source.node) { // conversion.md, 1.5: the widget's value goes as well
            sent.inputs.removeIf([&input](const auto& entry) { return entry.first == input.name; });
        }
    }
    return sent;
}

Json PromptEmitter::widgetJson(const LiveNode& node, const LiveWidget& widget)
{
    if (!widget.value.is_string()) {
        return widget.value;
    }
    if (widget.input->widgetType() == u"STRING" && boolMember(widget.input->options, "dynamicPrompts")) {
        const QString text = toQString(widget.value);
        const QString expanded = m_dynamicPrompts.expand(text);
        if (m_explainer) {
            m_explainer->chosen(node, widget.input->name, text, expanded);
        }
        return toJson(expanded);
    }
    if (hasFilenameTokens(node, *widget.input)) {
        const QString text = toQString(widget.value);
        const QString replaced = withFilenameTokens(text, m_graph, m_options.now);
        if (m_explainer) {
            m_explainer->tokensReplaced(node, widget.input->name, text, replaced);
        }
        return toJson(replaced);
    }
    return widget.value;
}

} // namespace gesso::conversion
