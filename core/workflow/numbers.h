// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

namespace gesso {

// Less than, equal to or greater than 0 as `a` is less than, equal to or greater than `b`; both must be
// numbers. Exact for integers of 64 bits. Why not operator<: between signed and unsigned it wraps, so that 5
// would be over a maximum of 18446744073709551615.
int compareNumbers(const Json& a, const Json& b);

} // namespace gesso
