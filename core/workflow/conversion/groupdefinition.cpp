// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/groupdefinition.h"

#include "core/workflow/reader.h"

#include <algorithm>

namespace gesso::conversion {
namespace {

constexpr qsizetype kMaxNodes = 10'000;

const Json& at(const Json& array, std::size_t index)
{
    static const Json absent;
    return array.is_array() && index < array.size() ? array[index] : absent;
}

const Json& memberOr(const Json& object, const std::string& key)
{
    static const Json absent;
    const Json* value = member(object, key);
    return value ? *value : absent;
}

int number(const Json& value)
{
    return value.is_number_integer() ? int(std::clamp<qint64>(value.get<qint64>(), -1, 100'000)) : -1;
}

} // namespace

GroupDefinition::GroupDefinition(const Json& group, const NodeCatalog& catalog)
    : m_catalog(catalog)
{
    readNodes(group);
    readLinks(group);
    readExternal(group);
    const Json& config = memberOr(group, "config");
    const auto configOf = [&config](int index) -> const Json& {
        return memberOr(config, std::to_string(index));
    };
    for (int i = 0; i < m_nodes.size(); ++i) {
        addNode(i, configOf(i));
    }
    for (int i = 0; i < m_nodes.size(); ++i) { // widgets turned into inputs come after all others
        addConverted(i, configOf(i));
    }
}

void GroupDefinition::readNodes(const Json& group)
{
    Json document = Json::object();
    document["nodes"] = memberOr(group, "nodes");
    for (Json& node : document["nodes"]) {
        if (node.is_object()) {
            node["id"] = 0; // they have an index only
        }
    }
    const Result<Graph> read = graphFromJson(document, nullptr);
    m_nodes = read ? read->root.nodes.mid(0, kMaxNodes) : QList<GraphNode>();
    for (int i = 0; i < m_nodes.size(); ++i) {
        m_nodes[i].id = NodeId(QString::number(i));
        for (GraphInput& input : m_nodes[i].inputs) {
            input.link.reset();
        }
    }
}

void GroupDefinition::readLinks(const Json& group)
{
    for (const Json& entry : memberOr(group, "links")) {
        const Link link{number(at(entry, 0)), number(at(entry, 1)), number(at(entry, 2)),
                        number(at(entry, 3)), toQString(at(entry, 5))};
        const bool inside = link.originNode >= 0 && link.originNode < m_nodes.size() && link.targetNode >= 0
            && link.targetNode < m_nodes.size() && link.targetSlot >= 0 && link.originSlot >= 0;
        if (inside) { // others led to what was outside when the group was made
            m_links.append(link);
        }
    }
}

// [[node or its index, slot, type], …]
void GroupDefinition::readExternal(const Json& group)
{
    for (const Json& entry : memberOr(group, "external")) {
        const Json& node = at(entry, 0);
        m_external.insert({number(node.is_object() ? memberOr(node, "index") : node), number(at(entry, 1))});
    }
}

void GroupDefinition::addNode(int index, const Json& config)
{
    const GraphNode& node = m_nodes.at(index);
    if (node.type == u"Reroute") {
        addReroute(index, config);
        return;
    }
    const NodeDefinition* definition = m_catalog.find(node.type);
    if (!definition) {
        return;
    }
    for (const InputDefinition& input : definition->inputs) {
        if (input.isWidget() && !isConverted(index, input.name)) {
            addWidget(index, input, config);
        }
    }
    for (const InputDefinition& input : definition->inputs) {
        if (!input.isWidget() && input.section != InputSection::Hidden && !isLinked(index, input.name)) {
            addInput(index, input.name, config);
        }
    }
    addOutputs(index, config);
}

// A reroute that is fed from outside names its input after the type that leaves it. The name takes part in
// the counting of names; the link itself is lost by the front end, in either version, so it is not added.
void GroupDefinition::addReroute(int index, const Json& config)
{
    QString type = QStringLiteral("*");
    for (const Link& link : std::as_const(m_links)) {
        if (link.targetNode == index) {
            return;
        }
        if (link.originNode == index && link.targetSlot < m_nodes.at(link.targetNode).inputs.size()) {
            type = m_nodes.at(link.targetNode).inputs.at(link.targetSlot).type;
        }
    }
    uniqueName(index, type, config);
}

void GroupDefinition::addConverted(int index, const Json& config)
{
    const NodeDefinition* definition = m_catalog.find(m_nodes.at(index).type);
    if (!definition) {
        return;
    }
    for (const GraphInput& saved : m_nodes.at(index).inputs) {
        const InputDefinition* input = definition->input(saved.name);
        if (input && input->isWidget() && isConverted(index, saved.name) && !isLinked(index, saved.name)) {
            addWidget(index, *input, config);
        }
    }
}

void GroupDefinition::addOutputs(int index, const Json& config)
{
    const NodeDefinition* definition = m_catalog.find(m_nodes.at(index).type);
    for (int slot = 0; slot < definition->outputs.size(); ++slot) {
        const bool linked = std::any_of(m_links.begin(), m_links.end(), [&](const Link& link) {
            return link.originNode == index && link.originSlot == slot;
        });
        const bool hidden = linked && !m_external.contains({index, slot});
        if (boolMember(memberOr(memberOr(config, "output"), std::to_string(slot)), "visible", !hidden)) {
            m_outputs.append({index, slot, definition->outputs.at(slot).type});
        }
    }
}

void GroupDefinition::addWidget(int index, const InputDefinition& input, const Json& config)
{
    InputDefinition renamed = input; // the rule for control columns also looks at the name
    renamed.name = uniqueName(index, input.name, config);
    m_widgets.append({index, input.name, renamed.hasControlColumn(), renamed.name});
    m_inputs.emplaceBack(renamed.name, m_widgets.constLast());
}

void GroupDefinition::addInput(int index, const QString& input, const Json& config)
{
    const QString name = uniqueName(index, input, config);
    const Json& own = memberOr(memberOr(config, "input"), input.toStdString());
    if (boolMember(own, "visible", true)) {
        m_inputs.emplaceBack(name, Inner{index, input, false, name});
    }
}

// "clip", then "CLIPTextEncode clip", then "CLIPTextEncode 2 clip".
QString GroupDefinition::uniqueName(int index, const QString& input, const Json& config)
{
    const GraphNode& node = m_nodes.at(index);
    QString name = stringMember(memberOr(memberOr(config, "input"), input.toStdString()), "name", input);
    QString key = name;
    if (m_seen.contains(name)) {
        const QString prefix = (node.title.isEmpty() ? node.type : node.title) % u' ';
        key = name = prefix % input;
        if (m_seen.contains(name)) {
            name = prefix % QString::number(m_seen.value(name)) % u' ' % input;
        }
    }
    m_seen[key] = m_seen.value(key, 1) + 1;
    return name;
}

bool GroupDefinition::isLinked(int index, const QString& input) const
{
    return std::any_of(m_links.begin(), m_links.end(), [&](const Link& link) {
        const QList<GraphInput>& inputs = m_nodes.at(index).inputs;
        return link.targetNode == index && link.targetSlot < inputs.size()
            && inputs.at(link.targetSlot).name == input;
    });
}

bool GroupDefinition::isConverted(int index, const QString& input) const
{
    const QList<GraphInput>& inputs = m_nodes.at(index).inputs;
    return std::any_of(inputs.begin(), inputs.end(), [&input](const GraphInput& saved) {
        return saved.name == input && saved.widget == input;
    });
}

} // namespace gesso::conversion
