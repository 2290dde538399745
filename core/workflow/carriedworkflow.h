// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/carriers.h"
#include "core/workflow/workflow.h"

namespace gesso {

// The workflow among the texts of a file. The graph, which is what its author saved, leads; the prompt, which
// is what ran, goes along as `embeddedPrompt`, or leads where there is no graph. Of several different ones
// the last that can be read is taken, as in the web front end, and a diagnostic says so; another says if
// graph and prompt are not of the same workflow. Without either key, a text under another key that is a
// workflow will do. `name` is for messages. Errors: Unreadable; it says so if the file has another program's
// parameters instead.
Result<Workflow> workflowFromTexts(const EmbeddedTexts& found, const QString& name);

} // namespace gesso
