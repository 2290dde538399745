// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/membercheck.h"
#include "core/workflow/reader.h"

#include <QCoreApplication>
#include <QSet>

#include <limits>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Reader", text);
}

void warn(Diagnostics* diagnostics, const QString& code, const QString& message,
          const GraphNode* node = nullptr)
{
    if (!diagnostics) {
        return;
    }
    Diagnostic diagnostic;
    diagnostic.severity = Severity::Warning;
    diagnostic.code = code;
    diagnostic.message = message;
    if (node) {
        diagnostic.node = node->id;
        diagnostic.nodeType = node->type;
        diagnostic.nodeTitle = node->title;
    }
    diagnostics->append(diagnostic);
}

// Says which member is passed over because of its kind; one finding for each object is enough.
void warnOfWrongMember(Diagnostics* diagnostics, const QString& code, const QString& member,
                       const GraphNode* node = nullptr)
{
    if (!member.isEmpty()) {
        warn(diagnostics, code, tr("“%1” is of the wrong kind in this file and was passed over.").arg(member),
             node);
    }
}

// A slot's type: a name, 0 or -1 for "any" in very old files, or a list of choices.
QString slotType(const Json* type)
{
    if (!type || type->is_null() || type->is_number()) {
        return QStringLiteral("*");
    }
    if (type->is_array()) {
        return QStringLiteral("COMBO");
    }
    return toQString(*type);
}

QString slotType(const Json& slot)
{
    return slotType(member(slot, "type"));
}

std::optional<LinkId> linkId(const Json* value)
{
    if (!value) {
        return std::nullopt;
    }
    bool ok = false;
    const LinkId id = idText(*value).toLongLong(&ok);
    return ok ? std::optional(id) : std::nullopt;
}

int slotIndex(const Json& value)
{
    bool ok = false;
    const int slot = idText(value).toInt(&ok);
    return ok ? slot : -1;
}

const Json& arrayMember(const Json& object, const char* key)
{
    static const Json empty = Json::array();
    const Json* value = member(object, key);
    return value && value->is_array() ? *value : empty;
}

QString wrongSlotMember(const Json& slots)
{
    for (const Json& slot : slots) {
        if (!slot.is_object()) {
            return tr("slot");
        }
        const QString wrong = wrongMember(slot,
                                          {{"name", Text},
                                           {"type", Text | Number | List},
                                           {"label", Text},
                                           {"link", Text | Number},
                                           {"linkIds", List},
                                           {"widget", Text | Object}});
        if (!wrong.isEmpty()) {
            return wrong;
        }
    }
    return {};
}

QString wrongNodeMember(const Json& node)
{
    const QString wrong = wrongMember(node,
                                      {{"id", Text | Number},
                                       {"type", Text},
                                       {"title", Text},
                                       {"mode", Number},
                                       {"inputs", List},
                                       {"outputs", List},
                                       {"widgets_values", List | Object},
                                       {"properties", Object}});
    if (!wrong.isEmpty()) {
        return wrong;
    }
    const QString input = wrongSlotMember(arrayMember(node, "inputs"));
    return input.isEmpty() ? wrongSlotMember(arrayMember(node, "outputs")) : input;
}

GraphInput readInput(const Json& json)
{
    GraphInput input;
    input.name = stringMember(json, "name");
    input.type = slotType(json);
    input.label = stringMember(json, "label");
    input.link = linkId(member(json, "link"));
    if (const Json* widget = member(json, "widget")) {
        input.widget = widget->is_string() ? toQString(*widget) : stringMember(*widget, "name");
    }
    return input;
}

GraphNode readNode(const Json& json)
{
    GraphNode node;
    const Json* id = member(json, "id");
    node.id = NodeId(id ? idText(*id) : QString());
    node.type = stringMember(json, "type");
    node.title = stringMember(json, "title");
    const qint64 mode = intMember(json, "mode");
    node.mode = mode >= 0 && mode <= 4 ? NodeMode(mode) : NodeMode::Always;
    for (const Json& input : arrayMember(json, "inputs")) {
        node.inputs.append(readInput(input));
    }
    for (const Json& output : arrayMember(json, "outputs")) {
        node.outputs.append({stringMember(output, "name"), slotType(output), stringMember(output, "label")});
    }
    const Json* values = member(json, "widgets_values");
    node.widgetsValues = values ? *values : Json();
    const Json* properties = member(json, "properties");
    node.properties = properties && properties->is_object() ? *properties : Json::object();
    node.raw = json;
    return node;
}

std::optional<GraphLink> readLink(const Json& json)
{
    static const Json absent;
    const auto part = [&json](std::size_t column, const char* key) -> const Json& {
        if (json.is_array()) {
            return column < json.size() ? json[column] : absent;
        }
        const Json* value = member(json, key);
        return value ? *value : absent;
    };
    const std::optional<LinkId> id = linkId(&part(0, "id"));
    if (!id) {
        return std::nullopt;
    }
    GraphLink link;
    link.id = *id;
    link.originNode = NodeId(idText(part(1, "origin_id")));
    link.originSlot = slotIndex(part(2, "origin_slot"));
    link.targetNode = NodeId(idText(part(3, "target_id")));
    link.targetSlot = slotIndex(part(4, "target_slot"));
    link.type = slotType(&part(5, "type"));
    return link.originSlot >= 0 ? std::optional(link) : std::nullopt;
}

void readLinks(const Json& json, GraphLevel& level, bool expectObjects, Diagnostics* diagnostics)
{
    qsizetype unexpected = 0;
    qsizetype broken = 0;
    const Json& links = arrayMember(json, "links");
    level.links.reserve(qsizetype(links.size()));
    for (const Json& entry : links) {
        if (entry.is_null()) {
            continue; // the front end writes null for a deleted link
        }
        const std::optional<GraphLink> link = readLink(entry);
        if (!link) {
            ++broken;
            continue;
        }
        unexpected += entry.is_object() != expectObjects ? 1 : 0;
        level.links.append(*link);
    }
    if (broken > 0) {
        warn(diagnostics, QStringLiteral("broken-link"),
             tr("%1 links could not be read and were left out.").arg(broken));
    }
    if (unexpected > 0) {
        warn(diagnostics, QStringLiteral("link-form"),
             tr("The links are written in the form of another version of the file format; they were read by "
                "their "
                "plain meaning. The web front end would lose them."));
    }
}

void readNodes(const Json& json, GraphLevel& level, Diagnostics* diagnostics)
{
    QSet<NodeId> seen;
    const Json& nodes = arrayMember(json, "nodes");
    level.nodes.reserve(qsizetype(nodes.size()));
    for (const Json& entry : nodes) {
        if (!entry.is_object()) {
            warn(diagnostics, QStringLiteral("broken-node"),
                 tr("An entry in the list of nodes is no node and was left out."));
            continue;
        }
        GraphNode node = readNode(entry);
        if (node.id.isEmpty()) {
            warn(diagnostics, QStringLiteral("broken-node"),
                 tr("The node “%1” has no id; nothing can be linked to it.").arg(node.type));
        } else if (seen.contains(node.id)) {
            warn(diagnostics, QStringLiteral("duplicate-node-id"),
                 tr("Two nodes have the id %1; the first one is used.").arg(node.id.toString()), &node);
        }
        warnOfWrongMember(diagnostics, QStringLiteral("broken-node"), wrongNodeMember(entry), &node);
        seen.insert(node.id);
        level.nodes.append(std::move(node));
    }
}

QList<SubgraphPort> readPorts(const Json& ports)
{
    QList<SubgraphPort> list;
    for (const Json& json : ports) {
        SubgraphPort port;
        port.id = stringMember(json, "id");
        port.name = stringMember(json, "name");
        port.label = stringMember(json, "label");
        port.type = slotType(json);
        for (const Json& link : arrayMember(json, "linkIds")) {
            if (const auto id = linkId(&link)) {
                port.linkIds.append(*id);
            }
        }
        list.append(port);
    }
    return list;
}

// The member is emptied so that the document is not held twice; its place among the others stays.
void leavePlaceholder(Json& object, const char* key)
{
    if (Json* value = member(object, key)) {
        *value = nullptr;
    }
}

QString wrongSubgraphMember(const Json& json)
{
    const QString wrong = wrongMember(json,
                                      {{"id", Text},
                                       {"name", Text},
                                       {"inputs", List},
                                       {"outputs", List},
                                       {"nodes", List},
                                       {"links", List | Object}});
    if (!wrong.isEmpty()) {
        return wrong;
    }
    const QString input = wrongSlotMember(arrayMember(json, "inputs"));
    return input.isEmpty() ? wrongSlotMember(arrayMember(json, "outputs")) : input;
}

SubgraphDefinition readSubgraph(const Json& json, Diagnostics* diagnostics)
{
    SubgraphDefinition definition;
    definition.id = stringMember(json, "id");
    definition.name = stringMember(json, "name");
    definition.inputs = readPorts(arrayMember(json, "inputs"));
    definition.outputs = readPorts(arrayMember(json, "outputs"));
    warnOfWrongMember(diagnostics, QStringLiteral("broken-subgraph"), wrongSubgraphMember(json));
    readNodes(json, definition.level, diagnostics);
    readLinks(json, definition.level, true, diagnostics);
    definition.raw = json;
    leavePlaceholder(definition.raw, "nodes");
    return definition;
}

void readSubgraphs(const Json& json, Graph& graph, Diagnostics* diagnostics)
{
    const Json* definitions = member(json, "definitions");
    if (!definitions) {
        return;
    }
    warnOfWrongMember(diagnostics, QStringLiteral("broken-document"),
                      wrongMember(*definitions, {{"subgraphs", List}}));
    for (const Json& entry : arrayMember(*definitions, "subgraphs")) {
        if (entry.is_object()) {
            graph.subgraphs.append(readSubgraph(entry, diagnostics));
        } else {
            warn(diagnostics, QStringLiteral("broken-subgraph"),
                 tr("An entry in the list of subgraphs is no subgraph and was left out."));
        }
    }
}

Json withoutNodes(const Json& json)
{
    Json raw = Json::object();
    for (const auto& [key, value] : json.items()) {
        if (key == "nodes" || key == "extra") {
            raw[key] = nullptr;
        } else if (key == "definitions" && member(value, "subgraphs")) {
            Json definitions = Json::object();
            for (const auto& [name, content] : value.items()) {
                definitions[name] = name == "subgraphs" && content.is_array() ? Json::array() : content;
            }
            raw[key] = std::move(definitions);
        } else {
            raw[key] = value;
        }
    }
    return raw;
}

} // namespace

Result<Graph> graphFromJson(const Json& json, Diagnostics* diagnostics)
{
    const Json* nodes = member(json, "nodes");
    if (!nodes || !nodes->is_array()) {
        return fail(ErrorKind::Unreadable,
                    tr("This is no workflow of the web front end: it has no list of nodes."),
                    tr("Save it again with “Save” or “Export” in ComfyUI."));
    }
    warnOfWrongMember(
        diagnostics, QStringLiteral("broken-document"),
        wrongMember(json,
                    {{"version", Number}, {"links", List}, {"extra", Object}, {"definitions", Object}}));
    Graph graph;
    graph.schemaVersion = numberMember(json, "version", 0.4);
    readNodes(json, graph.root, diagnostics);
    readLinks(json, graph.root, graph.schemaVersion >= 1, diagnostics);
    readSubgraphs(json, graph, diagnostics);
    const Json* extra = member(json, "extra");
    graph.extra = extra ? *extra : Json();
    graph.raw = withoutNodes(json);
    graph.rebuildIndex();
    return graph;
}

} // namespace gesso
