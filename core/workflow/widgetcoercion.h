// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/nodedefinition.h"

namespace gesso {

// What the front end's widget makes of a value put into it (conversion.md, 3.7): multi-line texts become
// strings, null in a combo its first choice, old sampler names lose their prefix; all else stays as it is.
Json coerceWidgetValue(const QString& nodeType, const InputDefinition& input, const Json& value);

// String(value) of JavaScript.
QString javaScriptString(const Json& value);

} // namespace gesso
