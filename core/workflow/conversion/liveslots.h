// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

namespace gesso::conversion {

// Gives a node the inputs and widgets that the front end would show, with the values and links of the file
// (conversion.md, 2.1).
void addLiveSlots(LiveNode& live);

// The same for a subgraph instance: one input per input of its definition.
void addInstanceSlots(LiveNode& instance, const SubgraphDefinition& definition);

} // namespace gesso::conversion
