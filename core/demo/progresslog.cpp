// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/progresslog.h"

namespace gesso::demo {

ProgressLog::ProgressLog(const QString& promptId)
    : m_promptId(promptId)
{
}

Json& ProgressLog::entry(const QString& nodeId)
{
    Json& entry = m_nodes[nodeId.toStdString()];
    if (entry.is_null()) {
        const Json id = toJson(nodeId);
        entry = Json{{"value", 0.0},
                     {"max", 1.0},
                     {"state", "running"},
                     {"node_id", id},
                     {"prompt_id", toJson(m_promptId)},
                     {"display_node_id", id},
                     {"parent_node_id", nullptr},
                     {"real_node_id", id}};
    }
    return entry;
}

void ProgressLog::start(const QString& nodeId)
{
    entry(nodeId);
}

void ProgressLog::step(const QString& nodeId, int value, int max)
{
    Json& node = entry(nodeId);
    node["value"] = value;
    node["max"] = max;
}

void ProgressLog::finish(const QString& nodeId)
{
    Json& node = entry(nodeId);
    node["value"] = node["max"];
    node["state"] = "finished";
}

Json ProgressLog::data() const
{
    return Json{{"prompt_id", toJson(m_promptId)}, {"nodes", m_nodes}};
}

} // namespace gesso::demo
