// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/graphlinks.h"

#include "core/workflow/conversion/virtualnodes.h"

namespace gesso {
namespace {

// Files are hostile: a subgraph may contain itself, a chain of reroutes may be a ring.
constexpr int kMaxDepth = 24;
constexpr int kMaxHops = 1000;
constexpr int kDirectly = 1; // hops of a link that leads through nothing
constexpr qsizetype kMaxNodes = 200'000;

bool isOn(const GraphNode& node)
{
    return node.mode != NodeMode::Never && node.mode != NodeMode::Bypass;
}

bool sameType(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

// The input a bypassed node passes through for an output slot (conversion.md, 5.6, without its finer cases).
const GraphInput* passedThrough(const GraphNode& node, int slot, const QString& type)
{
    if (slot >= 0 && slot < node.inputs.size() && sameType(node.inputs.at(slot).type, type)) {
        return &node.inputs.at(slot);
    }
    for (const GraphInput& input : node.inputs) {
        if (sameType(input.type, type)) {
            return &input;
        }
    }
    return nullptr;
}

const GraphInput* inputNamed(const GraphNode& node, const QString& name)
{
    for (const GraphInput& input : node.inputs) {
        if (input.name == name) {
            return &input;
        }
    }
    return nullptr;
}

} // namespace

GraphLinks::GraphLinks(const Graph& graph, const NodeCatalog& catalog)
    : m_graph(graph)
    , m_catalog(catalog)
{
    m_levels.push_back({&graph.root, nullptr, {}, -1, nullptr, {}});
    place(0, true, 0);
}

void GraphLinks::place(qsizetype levelIndex, bool isActive, int depth)
{
    const auto at = static_cast<std::size_t>(levelIndex);
    for (const GraphNode& node : m_levels[at].level->nodes) {
        if (m_nodes.size() >= kMaxNodes) {
            return;
        }
        const NodeId path(m_levels[at].prefix + node.id.toString());
        const bool nodeIsActive = isActive && isOn(node);
        if (!m_placeOf.contains(path)) {
            m_placeOf.insert(path, m_nodes.size());
            m_nodes.append({path, &node, nodeIsActive, levelIndex});
        }
        const SubgraphDefinition* definition = m_graph.subgraph(node.type);
        if (!definition || depth >= kMaxDepth || m_levels[at].children.contains(node.id)) {
            continue;
        }
        const auto child = static_cast<qsizetype>(m_levels.size());
        m_levels[at].children.insert(node.id, child);
        m_levels.push_back({&definition->level, definition, path.toString() + u':', levelIndex, &node, {}});
        place(child, nodeIsActive, depth + 1);
    }
}

InputOrigin GraphLinks::originOf(const NodeId& path, const GraphInput& input, const QString& type) const
{
    const qsizetype place = m_placeOf.value(path, -1);
    return place < 0 ? InputOrigin{} : follow(m_nodes.at(place).level, input.link, type, 0);
}

InputOrigin GraphLinks::follow(qsizetype levelIndex, std::optional<LinkId> linkId, const QString& type,
                               int hops) const
{
    if (!linkId || hops > kMaxHops) {
        return {};
    }
    const PlacedLevel& level = m_levels[static_cast<std::size_t>(levelIndex)];
    const GraphLink* link = level.level->link(*linkId);
    if (!link) {
        return {};
    }
    if (link->originNode.toString() == QLatin1String("-10")) {
        return leaveSubgraph(level, link->originSlot, type, hops + 1);
    }
    const GraphNode* origin = level.level->node(link->originNode);
    return origin ? followNode(levelIndex, *origin, link->originSlot, type, hops + 1) : InputOrigin{};
}

InputOrigin GraphLinks::followNode(qsizetype levelIndex, const GraphNode& origin, int slot,
                                   const QString& type, int hops) const
{
    const PlacedLevel& level = m_levels[static_cast<std::size_t>(levelIndex)];
    const InputOrigin here{NodeId(level.prefix + origin.id.toString()), slot, true};
    // A primitive writes its value into the target even when muted or bypassed, but drives nothing behind a
    // reroute, a bypassed node or the wall of a subgraph: the target keeps its own value
    // (conversion.md, 5.4).
    if (origin.type == QLatin1String("PrimitiveNode")) {
        return hops == kDirectly ? here : InputOrigin{};
    }
    if (origin.mode == NodeMode::Never) {
        return {};
    }
    const std::optional<conversion::NodeKind> kind = virtualKindOf(origin);
    if (kind == conversion::NodeKind::Reroute || kind == conversion::NodeKind::Setter) {
        return followReroute(levelIndex, origin, type, hops);
    }
    if (kind == conversion::NodeKind::Getter) {
        return followGetter(levelIndex, origin, type, hops);
    }
    if (origin.mode == NodeMode::Bypass) {
        const GraphInput* input = passedThrough(origin, slot, type);
        return input ? follow(levelIndex, input->link, type, hops) : InputOrigin{};
    }
    if (m_graph.subgraph(origin.type)) {
        return enterInstance(levelIndex, origin, slot, type, hops);
    }
    return here;
}

InputOrigin GraphLinks::followReroute(qsizetype levelIndex, const GraphNode& reroute, const QString& type,
                                      int hops) const
{
    if (reroute.inputs.isEmpty()) {
        return {};
    }
    return follow(levelIndex, reroute.inputs.first().link, type, hops);
}

InputOrigin GraphLinks::followGetter(qsizetype levelIndex, const GraphNode& getter, const QString& type,
                                     int hops) const
{
    const QString key = conversion::channelKey(getter);
    for (qsizetype at = levelIndex; at >= 0 && !key.isEmpty();
         at = m_levels[static_cast<std::size_t>(at)].parent) {
        for (const GraphNode& node : m_levels[static_cast<std::size_t>(at)].level->nodes) {
            if (virtualKindOf(node) == conversion::NodeKind::Setter && conversion::channelKey(node) == key) {
                return followReroute(at, node, type, hops);
            }
        }
    }
    return {};
}

std::optional<conversion::NodeKind> GraphLinks::virtualKindOf(const GraphNode& node) const
{
    return m_catalog.contains(node.type) ? std::nullopt : conversion::virtualKind(node);
}

InputOrigin GraphLinks::leaveSubgraph(const PlacedLevel& level, int slot, const QString& type, int hops) const
{
    if (!level.definition || slot < 0 || slot >= level.definition->inputs.size()) {
        return {};
    }
    const GraphInput* outer = inputNamed(*level.instance, level.definition->inputs.at(slot).name);
    return outer ? follow(level.parent, outer->link, type, hops) : InputOrigin{};
}

InputOrigin GraphLinks::enterInstance(qsizetype levelIndex, const GraphNode& instance, int slot,
                                      const QString& type, int hops) const
{
    const PlacedLevel& level = m_levels[static_cast<std::size_t>(levelIndex)];
    const qsizetype child = level.children.value(instance.id, -1);
    if (child < 0) {
        return {};
    }
    const SubgraphDefinition& definition = *m_levels[static_cast<std::size_t>(child)].definition;
    if (slot < 0 || slot >= definition.outputs.size()) {
        return {};
    }
    for (const LinkId link : definition.outputs.at(slot).linkIds) {
        if (definition.level.link(link)) {
            return follow(child, link, type, hops);
        }
    }
    return {};
}

} // namespace gesso
