// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/prompt.h"

namespace gesso {

// Checks a prompt against the catalogue before it is sent, by the server's own rules: unknown classes, values
// out of range or list (with the nearest valid one as fix), required inputs without value or link, links to
// absent nodes and outputs or of the wrong type, choices that bring inputs, cycles, no output node. An error
// where the server would refuse it, a warning where it would not look or only read it otherwise. Pure.
Diagnostics validatePrompt(const Prompt& prompt, const NodeCatalog& catalog);

} // namespace gesso
