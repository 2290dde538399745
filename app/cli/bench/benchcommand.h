// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/bench/benchreport.h"
#include "app/cli/command.h"
#include "core/server/serversession.h"
#include "core/workflow/prompt.h"

namespace gesso::cli {

// `gesso bench`: drives the core against a server under a fixed contract, so that a script can run it beside
// other clients, and prints one JSON line. Not shown in --help.
class BenchCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    Result<ServerProfile> server() const;
    Result<Prompt> prompt() const;
    // Whether jobs can be submitted. A server without a catalogue can run them all the same.
    QCoro::Task<bool> connectTo(ServerSession* session, BenchReport* report, CancelToken cancel);
    QCoro::Task<void> measureJobs(ServerSession* session, Prompt prompt, QString folder, BenchReport* report,
                                  CancelToken stop);

    std::string m_scenario;
    std::string m_servers;
    std::string m_workflow;
    int m_jobs = 1;
    int m_concurrency = 1;
    int m_timeout = 60;
    bool m_resubmit = false;
};

} // namespace gesso::cli
