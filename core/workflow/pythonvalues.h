// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <optional>

namespace gesso {

// What Python's int(value) and float(value) give for a JSON value, as the server calls them on what it is
// sent; nullopt where they raise. Integers of 64 bits stay exact.
std::optional<Json> pythonInt(const Json& value);
std::optional<Json> pythonFloat(const Json& value);

// Python's a == b: 1, 1.0 and True are equal, "1" is not.
bool pythonEquals(const Json& a, const Json& b);

// Whether bool(value) is True: for a text, whether it has any character.
bool pythonBool(const Json& value);

} // namespace gesso
