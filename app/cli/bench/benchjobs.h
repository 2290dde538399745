// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/bench/benchreport.h"
#include "core/run/runrequest.h"

#include <QObject>

namespace gesso {
class RunService;
struct RunState;
} // namespace gesso

namespace gesso::cli {

// The logical jobs of one measurement: the same prompt with another seed each, so many under way at a time.
// A run the server has lost and that is sent again is still the same job.
class BenchJobs : public QObject
{
    Q_OBJECT

public:
    struct Plan {
        Prompt prompt; // its node "3" has a seed
        QString folder; // of the results
        int jobs = 1;
        int concurrency = 1;
        bool resubmits = false;
    };

    BenchJobs(RunService& runs, Plan plan, BenchReport& report);

    void start();
    void stop(); // what has not ended counts as failed

Q_SIGNALS:
    void finished();

private:
    void submitNext();
    void onRunFinished(const PromptId& id);
    void count(const RunState& state);

    RunService& m_runs;
    Plan m_plan;
    BenchReport& m_report;
    int m_submitted = 0;
    bool m_hasStopped = false;
};

} // namespace gesso::cli
