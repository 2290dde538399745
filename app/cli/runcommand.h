// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/parameters.h"
#include "app/cli/serverchoice.h"

namespace gesso::cli {

// gesso run WORKFLOW
class RunCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    Result<void> checkOutputFolder();
    Result<QList<RunRequest>> makeRequests(Console& console, Workflow& workflow, const NodeCatalog& catalog,
                                           const Clock& clock) const;
    Result<RunRequest> makeRequest(Console& console, const Workflow& workflow, const NodeCatalog& catalog,
                                   const Form& form, const Clock& clock, quint64 index) const;

    std::string m_workflow;
    Parameters m_parameters;
    ServerOptions m_server;
    std::string m_output = ".";
    int m_timeout = 0;
    int m_batch = 1;
    bool m_preview = false;
};

} // namespace gesso::cli
