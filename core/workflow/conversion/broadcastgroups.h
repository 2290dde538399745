// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"

#include <QRectF>
#include <QSet>

#include <functional>

namespace gesso::conversion {

// The frames drawn around nodes. A node is in a group if its centre is, as in the front end.
class CanvasGroups
{
public:
    explicit CanvasGroups(const Json& raw); // a document or a subgraph definition

    QSet<NodeId> together(const GraphLevel& level, const GraphNode& node) const; // with `node`, in any group
    QSet<NodeId> in(const GraphLevel& level, const std::function<bool(const QString& title)>& matches) const;

private:
    struct Group {
        QString title;
        QRectF area;
    };

    QList<Group> m_groups;
};

} // namespace gesso::conversion
