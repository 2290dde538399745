// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

namespace gesso {

// How far the run is, 0…0.99, from its nodes: finished and cached ones count whole, running ones by their
// steps. Nodes made by expansion (protocol.md, 2.4) fill up the node that is shown for them and add none to
// the total. 1 is left to the end itself. Not monotone by itself: a node may start a second pass. Pure.
double overallProgress(const RunState& state);

// value / max inside 0…1; 0 for anything that makes no sense (a max of 0, NaN).
double stepFraction(double value, double max);

} // namespace gesso
