// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graphconverter.h"
#include "core/workflow/workflow.h"

namespace gesso {

// Everything about a workflow that can be known before it is sent: what converting it said and what
// validatePrompt finds, each once; missing node classes put together by class, missing models with their
// folder and link, missing links with what became of them if the conversion was explained. What reading the
// file said is workflow.diagnostics. Pure; any thread.
Diagnostics checkWorkflow(const Workflow& workflow, const Conversion& conversion, const NodeCatalog& catalog);

} // namespace gesso
