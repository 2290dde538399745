// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/workflowcommand.h"

namespace gesso::cli {

// gesso params WORKFLOW: the form as JSON.
class ParamsCommand final : public WorkflowCommand
{
public:
    void declare(CLI::App& parent) override;

protected:
    ExitCode process(const WorkflowAndCatalog& loaded, Surroundings surroundings) override;
};

} // namespace gesso::cli
