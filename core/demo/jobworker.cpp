// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/jobworker.h"

namespace gesso::demo {

JobWorker::JobWorker(const NodeLibrary& library, JobEnvironment environment, JobCallbacks callbacks)
    : m_library(library)
    , m_environment(std::move(environment))
    , m_callbacks(std::move(callbacks))
{
}

void JobWorker::run(const JobPtr& job, const Faults& faults)
{
    m_job = job;
    JobRunner runner(m_library, m_environment, faults, m_cache, *this);
    m_callbacks.finished(job, runner.run(*job));
    m_job.reset();
}

void JobWorker::text(const Job&, TextEvent event)
{
    m_callbacks.text(m_job, std::move(event));
}

void JobWorker::preview(const Job&, PreviewEvent event)
{
    m_callbacks.preview(m_job, std::move(event));
}

} // namespace gesso::demo
