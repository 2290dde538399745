// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/prompt.h"

namespace gesso {

// Checks a prompt against the catalogue before it is sent: unknown classes, values out of range or list (with
// the nearest valid one as fix), required inputs without value or link, links to absent nodes, cycles, no
// output node. Pure.
Diagnostics validatePrompt(const Prompt& prompt, const NodeCatalog& catalog);

// The valid choice nearest to `value`: same after swapping \ and /, same file name in another folder, else
// the closest spelling; null if nothing is near.
Json nearestChoice(const Json& value, const Json& choices);

} // namespace gesso
