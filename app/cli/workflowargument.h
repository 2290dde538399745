// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/catalogsource.h"
#include "app/cli/command.h"
#include "core/workflow/workflow.h"

namespace gesso::cli {

// A workflow with the definitions of its nodes.
struct WorkflowAndCatalog {
    Workflow workflow;
    NodeCatalogPtr catalog;
};

// Reads the workflow, then finds the node definitions and announces where they come from ("server" event) and
// what was mended or ignored in the file. The file first, so that a wrong name fails at once. Errors are
// those of both.
QCoro::Task<Result<WorkflowAndCatalog>> loadWorkflow(std::string path, CatalogSource source,
                                                     Surroundings surroundings);

// What was mended or ignored while the file was read.
void reportReading(Console& console, const Workflow& workflow);

// Reports and gives the exit code.
ExitCode ended(Console& console, const Error& error);

} // namespace gesso::cli
