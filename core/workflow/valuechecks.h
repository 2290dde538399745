// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/nearestchoice.h"
#include "core/workflow/nodedefinition.h"

#include <optional>

namespace gesso {

// What is wrong with a value for an input, by the rules the server validates with (validate_inputs of its
// execution.py); nullopt if nothing is. A warning where the server takes the value, but hardly as meant.
// The node is left to the caller.
std::optional<Diagnostic> checkValue(const InputDefinition& input, const Json& value,
                                     NearestChoices& nearest);

// "Use 20": the fix that puts this value in.
Diagnostic::Fix useFix(const Json& value);

} // namespace gesso
