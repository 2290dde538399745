// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"
#include "core/workflow/prompt.h"

namespace gesso {

// How far the run is, 0…0.99, from its nodes: finished and cached ones count whole, running ones by their
// steps, each by its weight. Nodes made by expansion (protocol.md, 2.4) fill up the node that is shown for
// them and add none to the total. 1 is left to the end itself. Not monotone by itself: a node may start a
// second pass. Pure.
double overallProgress(const RunState& state);

// What each sampler of a prompt counts in the whole: its steps, as every other node is done in a moment. A
// node is a sampler if it names its steps and is handed a latent (KSampler and its kin; a scheduler has no
// latent).
QHash<NodeId, double> progressWeights(const Prompt& prompt);

// value / max inside 0…1; 0 for anything that makes no sense (a max of 0, NaN).
double stepFraction(double value, double max);

} // namespace gesso
