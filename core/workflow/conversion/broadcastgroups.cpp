// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/broadcastgroups.h"

namespace gesso::conversion {
namespace {

constexpr double kTitleHeight = 30; // LiteGraph's; it stands above a node's position
constexpr double kCollapsedWidth = 80;

double numberAt(const Json* pair, std::size_t index)
{
    if (!pair) {
        return 0;
    }
    if (pair->is_object()) { // older files: {"0": x, "1": y}
        return numberMember(*pair, std::to_string(index));
    }
    const bool has = pair->is_array() && index < pair->size() && (*pair)[index].is_number();
    return has ? (*pair)[index].get<double>() : 0;
}

QPointF centreOf(const GraphNode& node)
{
    const Json* position = member(node.raw, "pos");
    const Json* size = member(node.raw, "size");
    const Json* flags = member(node.raw, "flags");
    const bool isCollapsed = flags && boolMember(*flags, "collapsed");
    const double width = isCollapsed ? kCollapsedWidth : numberAt(size, 0);
    const double height = (isCollapsed ? 0 : numberAt(size, 1)) + kTitleHeight;
    return {numberAt(position, 0) + width / 2, numberAt(position, 1) - kTitleHeight + height / 2};
}

} // namespace

CanvasGroups::CanvasGroups(const Json& raw)
{
    const Json* groups = member(raw, "groups");
    if (!groups || !groups->is_array()) {
        return;
    }
    for (const Json& group : *groups) {
        const Json* bounds = member(group, "bounding");
        m_groups.append(
            {stringMember(group, "title"),
             QRectF(numberAt(bounds, 0), numberAt(bounds, 1), numberAt(bounds, 2), numberAt(bounds, 3))});
    }
}

QSet<NodeId> CanvasGroups::together(const GraphLevel& level, const GraphNode& node) const
{
    QSet<NodeId> found;
    for (const Group& group : m_groups) {
        if (!group.area.contains(centreOf(node))) {
            continue;
        }
        for (const GraphNode& other : level.nodes) {
            if (group.area.contains(centreOf(other))) {
                found.insert(other.id);
            }
        }
    }
    return found;
}

QSet<NodeId> CanvasGroups::in(const GraphLevel& level,
                              const std::function<bool(const QString& title)>& matches) const
{
    QSet<NodeId> found;
    for (const Group& group : m_groups) {
        if (!matches(group.title)) {
            continue;
        }
        for (const GraphNode& node : level.nodes) {
            if (group.area.contains(centreOf(node))) {
                found.insert(node.id);
            }
        }
    }
    return found;
}

} // namespace gesso::conversion
