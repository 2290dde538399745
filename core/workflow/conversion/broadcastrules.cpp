// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/broadcastrules.h"

#include "core/workflow/conversion/broadcastgroups.h"
#include "core/workflow/conversion/livegraph.h"

#include <algorithm>

namespace gesso::conversion {
namespace {

constexpr int kMaxPattern = 500; // characters; a file's pattern is somebody else's
constexpr int kMaxBypasses = 1000;

// The more a sender is restricted, the higher it ranks.
constexpr int kPriority = 10;
constexpr int kGroupPriority = 3;
constexpr int kColorPriority = 6;
constexpr int kPromptsPriority = 10;
constexpr int kPatternPriority = 20; // also where a type comes twice; once only

const Json& memberOrNull(const Json& object, std::string_view key)
{
    static const Json absent;
    const Json* value = member(object, key);
    return value ? *value : absent;
}

const Json& rulesOf(const GraphNode& node)
{
    return memberOrNull(node.properties, "ue_properties");
}

// Version 7 keeps all settings in ue_properties, earlier ones in the properties and, of "Anything
// Everywhere?", in the widgets.
int setting(const GraphNode& node, std::string_view name)
{
    const Json& rules = rulesOf(node);
    return int(
        std::clamp<qint64>(intMember(rules.is_object() ? rules : node.properties, name), -10'000, 10'000));
}

QString patternText(const GraphNode& node, const char* name, std::size_t oldWidget)
{
    const Json& rules = rulesOf(node);
    if (!stringMember(rules, "version").isEmpty() || member(rules, name)) {
        return stringMember(rules, name);
    }
    const Json& values = node.widgetsValues;
    return node.type == u"Anything Everywhere?" && values.is_array() && oldWidget < values.size()
        ? toQString(values[oldWidget])
        : QString();
}

std::optional<Broadcast::Pattern> pattern(const QString& text, bool isInverted = false)
{
    if (text.isEmpty() || text == u".*" || text.size() > kMaxPattern) {
        return std::nullopt;
    }
    // The limits keep a pattern made to never end from doing so.
    const QRegularExpression expression(u"(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=2000)" % text);
    return expression.isValid() ? std::optional(Broadcast::Pattern{expression, isInverted}) : std::nullopt;
}

std::optional<Broadcast::Pattern> pattern(const GraphNode& node, const char* name, std::size_t oldWidget)
{
    const std::string invert = std::string(name) + "_invert";
    return pattern(patternText(node, name, oldWidget), boolMember(rulesOf(node), invert));
}

bool agrees(const Broadcast::Pattern& pattern, const QString& text)
{
    return pattern.expression.match(text).hasMatch() != pattern.isInverted;
}

bool isLive(const GraphNode& node)
{
    return node.mode != NodeMode::Never && node.mode != NodeMode::Bypass;
}

QString nameOf(const GraphInput& input)
{
    return input.label.isEmpty() ? input.name : input.label;
}

bool namesAgree(int rule, const QString& sent, const BroadcastTarget& target, const QString& title)
{
    const qsizetype common = std::min(sent.size(), target.name.size());
    switch (rule) {
    case 0:
        return target.name == sent;
    case 1:
        return target.name.left(common) == sent.left(common);
    case 2:
        return target.name.right(common) == sent.right(common);
    case 3:
        return title == sent;
    case 4: {
        const auto expression = pattern(sent);
        return expression && agrees(*expression, target.name);
    }
    default:
        return true;
    }
}

} // namespace

bool isBroadcaster(const QString& type)
{
    return type.startsWith(u"Anything Everywhere") || type == u"Seed Everywhere"
        || type == u"Prompts Everywhere";
}

bool isBroadcaster(const GraphNode& node)
{
    return isBroadcaster(node.type) || boolMember(node.properties, "ue_convert");
}

bool Broadcast::fits(const BroadcastTarget& target, const QString& targetTitle) const
{
    if (target.node && target.node->id == origin) {
        return false;
    }
    if (type != target.type && !(feedsCombos && type == u"STRING" && target.type == u"COMBO")
        && !(feedsAny && target.type == u"*")) {
        return false;
    }
    if (onlyTo && !(target.node && onlyTo->contains(target.node->id))) {
        return false;
    }
    return namesAgree(nameRule, name, target, targetTitle) && (!title || agrees(*title, targetTitle))
        && (!input || agrees(*input, target.name));
}

BroadcastRules::BroadcastRules(const BroadcastLevel& level)
    : m_level(level)
{
    for (const GraphNode& node : m_level.level.nodes) {
        if (isLive(node) && isBroadcaster(node)) {
            addNode(node);
        }
    }
}

void BroadcastRules::addNode(const GraphNode& node)
{
    Broadcast common;
    common.controller = &node;
    common.title = pattern(node, "title_regex", 0);
    common.input = pattern(node, "input_regex", 1);
    common.feedsCombos = setting(node, "string_to_combo") > 0;
    common.feedsAny = setting(node, "send_to_any") > 0;
    common.priority = kPriority;
    restrict(node, common);
    if (node.type == u"Seed Everywhere" || boolMember(rulesOf(node), "seed_inputs")) {
        common.origin = node.id;
        common.type = QStringLiteral("INT");
        if (!common.input) {
            common.input = pattern(QStringLiteral("seed"));
            common.priority += kPatternPriority;
        }
        add(common, {});
    } else if (isBroadcaster(node.type)) {
        addInputs(node, common);
    } else {
        addOutputs(node, common);
    }
}

void BroadcastRules::restrict(const GraphNode& node, Broadcast& common) const
{
    const CanvasGroups groups(m_level.raw);
    const auto keep = [&](const auto& isKept) {
        QSet<NodeId> kept;
        for (const GraphNode& other : m_level.level.nodes) {
            if ((!common.onlyTo || common.onlyTo->contains(other.id)) && isKept(other)) {
                kept.insert(other.id);
            }
        }
        common.onlyTo = kept;
    };
    const int byGroup = setting(node, "group_restricted");
    const int byColor = setting(node, "color_restricted");
    if (byGroup == 1 || byGroup == 2) {
        const QSet<NodeId> mates = groups.together(m_level.level, node);
        keep([&](const GraphNode& other) { return mates.contains(other.id) == (byGroup == 1); });
        common.priority += kGroupPriority;
    }
    if (byColor == 1 || byColor == 2) {
        const Json& own = memberOrNull(node.raw, "color");
        keep([&](const GraphNode& other) {
            return (memberOrNull(other.raw, "color") == own) == (byColor == 1);
        });
        common.priority += kColorPriority;
    }
    const auto byName = pattern(node, "group_regex", 2);
    if (byName) {
        const QSet<NodeId> named =
            groups.in(m_level.level, [&](const QString& title) { return agrees(*byName, title); });
        keep([&](const GraphNode& other) { return named.contains(other.id); });
    }
    if (byName || common.title || common.input) {
        common.priority += kPatternPriority;
    }
}

// What is linked to the inputs of one of the pack's nodes.
void BroadcastRules::addInputs(const GraphNode& node, Broadcast common)
{
    QSet<QString> seen;
    QSet<QString> repeated;
    for (const GraphInput& input : node.inputs) {
        const GraphLink* link = input.link ? liveLink(*input.link) : nullptr;
        if (link) {
            const QString type = typeOf(*link);
            (seen.contains(type) ? repeated : seen).insert(type);
        }
    }
    const bool sendsPrompts = node.type == u"Prompts Everywhere";
    if (sendsPrompts) {
        common.priority += kPromptsPriority;
        repeated.clear();
    }
    for (qsizetype i = 0; i < node.inputs.size(); ++i) {
        const GraphInput& input = node.inputs.at(i);
        const GraphLink* link = input.link ? liveLink(*input.link) : nullptr;
        if (!link) {
            continue;
        }
        Broadcast sent = common;
        sent.origin = link->originNode;
        sent.slot = link->originSlot;
        sent.type = typeOf(*link);
        sent.name = nameOf(input);
        if (sendsPrompts && !sent.input) { // the two patterns of the pack's README
            sent.input = pattern(i == 0 ? QStringLiteral("(_|\\b)pos(itive|_|\\b)|^prompt|正面")
                                        : QStringLiteral("(_|\\b)neg(ative|_|\\b)|负面"));
        }
        add(sent, repeated);
    }
}

// Of any other node that was told to broadcast.
void BroadcastRules::addOutputs(const GraphNode& node, Broadcast common)
{
    const Json& silent = memberOrNull(rulesOf(node), "output_not_broadcasting");
    QSet<QString> seen;
    QSet<QString> repeated;
    for (const GraphOutput& output : node.outputs) {
        if (!boolMember(silent, output.name.toStdString())) {
            (seen.contains(output.type) ? repeated : seen).insert(output.type);
        }
    }
    for (int slot = 0; slot < node.outputs.size(); ++slot) {
        const GraphOutput& output = node.outputs.at(slot);
        if (boolMember(silent, output.name.toStdString())) {
            continue;
        }
        Broadcast sent = common;
        sent.origin = node.id;
        sent.slot = slot;
        sent.type = output.type;
        sent.name = output.label.isEmpty() ? output.name : output.label;
        add(sent, repeated);
    }
}

void BroadcastRules::add(Broadcast broadcast, const QSet<QString>& repeated)
{
    const GraphNode& controller = *broadcast.controller;
    if (repeated.contains(broadcast.type) || setting(controller, "apply_to_unrepeated") > 0) {
        broadcast.nameRule = setting(controller, "repeated_type_rule");
    }
    const bool hasPattern = broadcast.priority >= kPriority + kPatternPriority;
    if (!repeated.isEmpty() && !hasPattern) {
        broadcast.priority += kPatternPriority;
    }
    if (const int own = setting(controller, "priority"); own != 0) {
        broadcast.priority = own;
    }
    const GraphNode* origin = m_level.level.node(broadcast.origin);
    const bool isFromBox = m_level.definition && broadcast.origin.toString() == kInputBox;
    if (isFromBox || (origin && isLive(*origin))) {
        m_broadcasts.push_back(std::move(broadcast));
    }
}

std::vector<const Broadcast*> BroadcastRules::bestFor(const BroadcastTarget& target) const
{
    const QString title = target.node ? titleOf(*target.node) : QStringLiteral("subgraph output node");
    std::vector<const Broadcast*> best;
    for (const Broadcast& broadcast : m_broadcasts) {
        if (!broadcast.fits(target, title)) {
            continue;
        }
        if (!best.empty() && broadcast.priority > best.front()->priority) {
            best.clear();
        }
        if (best.empty() || broadcast.priority == best.front()->priority) {
            best.push_back(&broadcast);
        }
    }
    return best;
}

// Sockets are unless they were told not to be, widgets only if they were told to be.
bool BroadcastRules::isConnectable(const GraphNode& node, const QString& input, bool isWidget) const
{
    if (boolMember(node.properties, "rejects_ue_links")) {
        return false;
    }
    const Json& rules = rulesOf(node);
    const std::string name = input.toStdString();
    if (!isWidget) {
        return !boolMember(memberOrNull(rules, "input_ue_unconnectable"), name);
    }
    const Json* told = member(rules, "widget_ue_connectable");
    told = told ? told : member(node.properties, "widget_ue_connectable");
    return told ? boolMember(*told, name) : m_level.widgetsWereConverted;
}

bool BroadcastRules::isFed(const GraphInput& input) const
{
    return input.link && liveLink(*input.link);
}

// The link that a link stands for when bypassed nodes are passed by; nullptr if it leads to nothing.
const GraphLink* BroadcastRules::liveLink(LinkId id) const
{
    const GraphLink* link = m_level.level.link(id);
    for (int i = 0; link && i < kMaxBypasses; ++i) {
        if (m_level.definition && link->originNode.toString() == kInputBox) {
            return link;
        }
        const GraphNode* origin = m_level.level.node(link->originNode);
        if (!origin || origin->mode != NodeMode::Bypass) {
            return origin ? link : nullptr;
        }
        const QString type = typeOf(*link);
        const auto fits = [&type](const GraphInput& input) { return input.type == type; };
        const QList<GraphInput>& inputs = origin->inputs;
        const bool sameSlot =
            link->originSlot >= 0 && link->originSlot < inputs.size() && fits(inputs.at(link->originSlot));
        const auto chosen =
            sameSlot ? inputs.begin() + link->originSlot : std::find_if(inputs.begin(), inputs.end(), fits);
        link = chosen != inputs.end() && chosen->link ? m_level.level.link(*chosen->link) : nullptr;
    }
    return nullptr;
}

QString BroadcastRules::typeOf(const GraphLink& link) const
{
    const GraphNode* origin = m_level.level.node(link.originNode);
    const int slot = link.originSlot;
    if (!origin || slot < 0 || (!link.type.isEmpty() && link.type != u"*")) {
        return link.type;
    }
    return slot < origin->outputs.size() ? origin->outputs.at(slot).type : link.type;
}

QString BroadcastRules::titleOf(const GraphNode& node) const
{
    if (!node.title.isEmpty()) {
        return node.title;
    }
    const NodeDefinition* definition = m_level.catalog.find(node.type);
    return definition && !definition->displayName.isEmpty() ? definition->displayName : node.type;
}

} // namespace gesso::conversion
