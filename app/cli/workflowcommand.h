// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/workflowargument.h"

namespace gesso::cli {

// A command about one workflow and the node definitions of a server or a file.
class WorkflowCommand : public Command
{
public:
    QCoro::Task<ExitCode> run(Surroundings surroundings) final;

protected:
    // The subcommand with WORKFLOW and the options that say where the definitions come from.
    CLI::App& addWithWorkflow(CLI::App& parent, const char* name, const QString& description,
                              const char* examples);

    // What the command does, once both are read.
    virtual ExitCode process(const WorkflowAndCatalog& loaded, Surroundings surroundings) = 0;

private:
    std::string m_workflow;
    CatalogSource m_source;
};

} // namespace gesso::cli
