// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

namespace gesso::conversion {

// Finds which inputs of an instance stand for inner widgets, and the values the instance has for them and for
// the inner widgets its proxyWidgets name (conversion.md, 6.3 and 6.4). The inside must be expanded already.
void readPromotedWidgets(LiveNode& instance);

} // namespace gesso::conversion
