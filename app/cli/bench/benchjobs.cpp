// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/benchjobs.h"

#include "core/run/runservice.h"

#include <QFileInfo>

#include <algorithm>

namespace gesso::cli {

BenchJobs::BenchJobs(RunService& runs, Plan plan, BenchReport& report)
    : m_runs(runs)
    , m_plan(std::move(plan))
    , m_report(report)
{
    connect(&m_runs, &RunService::finished, this, &BenchJobs::onRunFinished);
}

void BenchJobs::start()
{
    m_runs.setAhead(m_plan.concurrency);
    m_runs.setResubmitLost(m_plan.resubmits);
    for (int i = 0; i < std::min(m_plan.concurrency, m_plan.jobs); ++i) {
        submitNext();
    }
}

void BenchJobs::stop()
{
    m_hasStopped = true;
    m_report.failed = m_plan.jobs - m_report.completed;
    Q_EMIT finished();
}

void BenchJobs::submitNext()
{
    Prompt prompt = m_plan.prompt;
    PromptNode* const sampler = prompt.node(NodeId(QStringLiteral("3")));
    sampler->setInput(QStringLiteral("seed"), Json(++m_submitted));
    RunRequest request;
    request.id = newPromptId();
    request.prompt = std::move(prompt);
    request.outputFolder = m_plan.folder;
    request.created = QDateTime::currentDateTimeUtc();
    m_runs.submit(std::move(request));
}

void BenchJobs::onRunFinished(const PromptId& id)
{
    const RunState* state = m_runs.state(id);
    if (m_hasStopped || state == nullptr) {
        return;
    }
    if (state->error) {
        m_report.note(*state->error);
    }
    const bool goesOn = m_plan.resubmits && state->phase == RunPhase::Lost
        && m_runs.origin(id).attempt < RunService::maxResubmits;
    if (goesOn) {
        return; // the service sends it again
    }
    count(*state);
    m_runs.forget(id);
    if (m_submitted < m_plan.jobs) {
        submitNext();
    } else if (m_report.completed + m_report.failed == m_plan.jobs) {
        Q_EMIT finished();
    }
}

void BenchJobs::count(const RunState& state)
{
    m_report.resultMs = QDateTime::currentMSecsSinceEpoch();
    for (const SavedFile& file : state.files) {
        if (!file.path.isEmpty()) {
            ++m_report.images;
            m_report.bytes += QFileInfo(file.path).size();
        }
    }
    ++(state.phase == RunPhase::Done && !state.files.isEmpty() ? m_report.completed : m_report.failed);
}

} // namespace gesso::cli
