// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

namespace gesso::conversion {

// Whether two slot types may be linked: equal ignoring case, either any, or comma lists sharing a member.
bool areCompatible(const QString& first, const QString& second);

// The input of a bypassed node that stands in for its output `slot`, for a consumer of `type` (conversion.md,
// 5.6); -1 if none does.
int bypassInput(const LiveNode& node, int slot, const QString& type);

} // namespace gesso::conversion
