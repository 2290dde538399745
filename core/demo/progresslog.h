// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>

namespace gesso::demo {

// The nodes of one job that were started, as "progress_state" tells them: cumulative.
class ProgressLog
{
public:
    explicit ProgressLog(const QString& promptId);

    void start(const QString& nodeId); // 0.0 of 1.0
    void step(const QString& nodeId, int value, int max);
    void finish(const QString& nodeId);

    Json data() const; // of the frame

private:
    Json& entry(const QString& nodeId);

    QString m_promptId;
    Json m_nodes = Json::object();
};

} // namespace gesso::demo
