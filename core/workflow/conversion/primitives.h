// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

#include <QDateTime>

namespace gesso::conversion {

class Explainer;

// Writes the values of PrimitiveNodes into the widgets they are linked to, rounded and limited as those do,
// and takes the links away (conversion.md, 5.4). `now` is for dates in texts. `explainer` may be null.
void applyPrimitives(LiveGraph& graph, const QDateTime& now, Explainer* explainer);

// What a number widget makes of a value that is put into it: limits, steps and decimals.
Json roundedForWidget(const InputDefinition& input, const Json& value);

} // namespace gesso::conversion
