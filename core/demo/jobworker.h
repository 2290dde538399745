// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/jobrunner.h"

#include <QObject>

#include <functional>

namespace gesso::demo {

// What becomes of jobs; called in the painter's thread, in order.
struct JobCallbacks {
    std::function<void(const JobPtr&, TextEvent)> text;
    std::function<void(const JobPtr&, PreviewEvent)> preview;
    std::function<void(const JobPtr&, Json historyEntry)> finished;
};

// Runs jobs one after the other in the painter's thread.
class JobWorker : public QObject, private JobListener
{
public:
    JobWorker(const NodeLibrary& library, JobEnvironment environment, JobCallbacks callbacks);

    void run(const JobPtr& job, const Faults& faults);
    void forgetResults() { m_cache.clear(); }

private:
    void text(const Job& job, TextEvent event) override;
    void preview(const Job& job, PreviewEvent event) override;

    const NodeLibrary& m_library;
    const JobEnvironment m_environment;
    const JobCallbacks m_callbacks;
    ResultCache m_cache;
    JobPtr m_job;
};

} // namespace gesso::demo
