// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/json.h"

#include <QHash>

namespace gesso::cli {

// What `gesso bench` measured, in the units of its output line.
struct BenchReport {
    int completed = 0; // logical jobs whose files were fetched whole; each counted once
    int failed = 0; // logical jobs that ended otherwise, or not at all
    int images = 0; // files fetched
    qint64 bytes = 0; // of those files
    quint64 frames = 0; // previews handed over
    quint64 decoded = 0; // of those, made into pictures
    qint64 beginMs = 0; // epoch: ready to submit
    qint64 endMs = 0; // epoch: all done
    double cpuBegin = 0; // own CPU seconds at those instants
    double cpuEnd = 0;
    qint64 resultMs = 0; // epoch: the last result was known
    double loadMs = 0; // catalogue: fetched, parsed, indexed
    qint64 nodes = 0;
    bool isUsable = false; // a look-up worked
    QHash<QString, int> errors; // by message
    bool hitDeadline = false;

    void begin();
    void end();
    void note(const Error& error);
    Json toJson() const;
};

} // namespace gesso::cli
