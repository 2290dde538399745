// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/nodedefinition.h"

namespace gesso {

// Whether the server lets `output` be linked to `input` (comfy_execution/validation.py): the same type, "*",
// a match type, or comma lists that share a member; lists of choices must be the same list. Unlike the front
// end, which compares without case, the server minds it.
bool serverAcceptsLink(const OutputDefinition& output, const InputDefinition& input);

} // namespace gesso
