// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "tests/chaos/pictures.h"

#include <memory>
#include <optional>

namespace gesso::chaos {

// What a living Gesso says of the runs it knows.
struct Memory {
    struct Run {
        QString id;
        QString phase;
        QString error;
        int unsaved = 0; // files
    };
    QList<Run> runs;
    int active = 0;
    bool isConnected = false;
};

Json toJson(const Memory& memory);
Memory memoryFrom(const Json& json);

// A Gesso that is tried: in this process or in one of its own.
class Gesso
{
public:
    virtual ~Gesso() = default; // as a kill

    virtual void submit(const RunPlan& plan) = 0;
    virtual void cancel(int index) = 0;
    virtual void setDiskSpace(qint64 bytes) = 0; // negative: as much as there is
    virtual void jumpClock(qint64 ms) = 0;
    virtual void retryDownloads() = 0; // all that failed
    virtual void ask() = 0;
    // Once all that was said before the last ask() has been done.
    virtual std::optional<Memory> answer() = 0;
};

std::unique_ptr<Gesso> startHere(const Place& place);
std::unique_ptr<Gesso> startProcess(const Place& place);

} // namespace gesso::chaos
