// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/nodedefinition.h"

#include <optional>

namespace gesso {

// What is wrong with a value for an input, by the rules the server validates with; nullopt if nothing is.
// Node and severity are left to the caller.
std::optional<Diagnostic> checkValue(const InputDefinition& input, const Json& value);

} // namespace gesso
