// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/job.h"

#include <vector>

namespace gesso::demo {

// Waiting jobs, smallest number first, and the one that runs. Like ComfyUI's, the waiting ones are a heap:
// pending() is in no useful order.
class JobQueue
{
public:
    // The number of the next prompt; failed prompts use one up too. `own`: the client's "number", or null.
    Json takeNumber(const Json& own, bool front);

    void put(JobPtr job);
    JobPtr takeNext(); // nullptr if none waits or one runs
    void finishRunning();

    const std::vector<JobPtr>& pending() const { return m_heap; }
    JobPtr running() const { return m_running; }
    int remaining() const; // waiting and running

    bool remove(const QString& promptId); // waiting ones only
    void clear();
    // The running job, if it is this one or `promptId` is empty.
    bool interrupt(const QString& promptId);

private:
    std::vector<JobPtr> m_heap;
    JobPtr m_running;
    std::int64_t m_counter = 0;
};

} // namespace gesso::demo
