// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"

namespace gesso::cli {

// The form for programs: {"title", "fromAppMode", "groups": [{"title", "node", "essential", "fields":
// [{"key", "label", "role", "type", "value", "default", "min", "max", "step", "choices", "linked" …}]}]}.
// docs/cli.md, params.
Json formToJson(const Form& form);

} // namespace gesso::cli
