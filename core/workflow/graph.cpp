// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/graph.h"

namespace gesso {
namespace {

Json nodeToJson(const GraphNode& node)
{
    Json json = node.raw.is_object() ? node.raw : Json::object();
    // Written only where it was or where it now says something, so that an untouched node stays as it was.
    const auto overwrite = [&json](const char* key, const Json& value, bool saysSomething) {
        if (Json* present = member(json, key)) {
            if (*present != value) {
                *present = value;
            }
        } else if (saysSomething) {
            json[key] = value;
        }
    };
    overwrite("widgets_values", node.widgetsValues, !node.widgetsValues.is_null());
    const Json* properties = member(json, "properties"); // what was no object is read as an empty one
    if ((properties && properties->is_object()) || !node.properties.empty()) {
        overwrite("properties", node.properties, true);
    }
    if (stringMember(json, "title") != node.title) {
        json["title"] = toJson(node.title);
    }
    if (intMember(json, "mode") != qint64(node.mode)) {
        json["mode"] = int(node.mode);
    }
    if (!member(json, "id")) { // a node that Gesso made
        json["id"] = toJson(node.id.toString());
        json["type"] = toJson(node.type);
    }
    return json;
}

Json nodesToJson(const GraphLevel& level)
{
    Json nodes = Json::array();
    nodes.get_ref<Json::array_t&>().reserve(std::size_t(level.nodes.size()));
    for (const GraphNode& node : level.nodes) {
        nodes.push_back(nodeToJson(node));
    }
    return nodes;
}

Json subgraphToJson(const SubgraphDefinition& definition)
{
    Json json = definition.raw.is_object() ? definition.raw : Json::object();
    json["nodes"] = nodesToJson(definition.level);
    return json;
}

} // namespace

const GraphNode* GraphLevel::node(const NodeId& id) const
{
    const auto found = m_nodeIndex.constFind(id);
    return found == m_nodeIndex.constEnd() || *found >= nodes.size() ? nullptr : &nodes.at(*found);
}

GraphNode* GraphLevel::node(const NodeId& id)
{
    const auto found = m_nodeIndex.constFind(id);
    return found == m_nodeIndex.constEnd() || *found >= nodes.size() ? nullptr : &nodes[*found];
}

const GraphLink* GraphLevel::link(LinkId id) const
{
    const auto found = m_linkIndex.constFind(id);
    return found == m_linkIndex.constEnd() || *found >= links.size() ? nullptr : &links.at(*found);
}

void GraphLevel::rebuildIndex()
{
    m_nodeIndex.clear();
    m_nodeIndex.reserve(nodes.size());
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        if (!m_nodeIndex.contains(nodes.at(i).id)) {
            m_nodeIndex.insert(nodes.at(i).id, i);
        }
    }
    m_linkIndex.clear();
    m_linkIndex.reserve(links.size());
    for (qsizetype i = 0; i < links.size(); ++i) {
        if (!m_linkIndex.contains(links.at(i).id)) {
            m_linkIndex.insert(links.at(i).id, i);
        }
    }
}

const SubgraphDefinition* Graph::subgraph(const QString& id) const
{
    const auto found = m_subgraphIndex.constFind(id);
    return found == m_subgraphIndex.constEnd() || *found >= subgraphs.size() ? nullptr
                                                                             : &subgraphs.at(*found);
}

SubgraphDefinition* Graph::subgraph(const QString& id)
{
    const auto found = m_subgraphIndex.constFind(id);
    return found == m_subgraphIndex.constEnd() || *found >= subgraphs.size() ? nullptr : &subgraphs[*found];
}

void Graph::rebuildIndex()
{
    root.rebuildIndex();
    m_subgraphIndex.clear();
    for (qsizetype i = 0; i < subgraphs.size(); ++i) {
        subgraphs[i].level.rebuildIndex();
        if (!m_subgraphIndex.contains(subgraphs.at(i).id)) {
            m_subgraphIndex.insert(subgraphs.at(i).id, i);
        }
    }
}

Json toJson(const Graph& graph)
{
    Json json = graph.raw.is_object() ? graph.raw : Json::object();
    json["nodes"] = nodesToJson(graph.root);
    if (!graph.subgraphs.isEmpty()) {
        Json list = Json::array();
        for (const SubgraphDefinition& definition : graph.subgraphs) {
            list.push_back(subgraphToJson(definition));
        }
        Json& definitions = json["definitions"];
        if (!definitions.is_object()) {
            definitions = Json::object();
        }
        definitions["subgraphs"] = std::move(list);
    }
    if (member(json, "extra") || !graph.extra.is_null()) {
        json["extra"] = graph.extra;
    }
    return json;
}

} // namespace gesso
