// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

#include <QDateTime>

namespace gesso {

// The next state after an event (pure). Events of other prompts change nothing; events that name no prompt
// apply only while the run is the one running here (protocol.md, 11.1). Progress is monotone. An event never
// ends a run: `executing null` makes it Fetching with its verdict, finish() ends it once its files are there.
// A state that has ended does not change any more.
RunState reduce(RunState state, const ComfyEvent& event);

// The next state after the history entry was read: outputs, end and failure are the history's. What the
// history of some servers leaves out (the fork tells no failing node) stays as the events told it.
RunState reduce(RunState state, const HistoryEntry& entry);

// The next state after the POST was answered. Events may have come before: an answer never moves a run back.
RunState reduce(RunState state, const SubmitAnswer& answer);
// The prompt was not queued: ends as Refused, with the findings and an error in plain words.
RunState reduce(RunState state, const Refusal& refusal);

// The run as ended: `phase` must be an end. Sets `overall` to 1 for Done only.
RunState finish(RunState state, RunPhase phase, QDateTime ended);

} // namespace gesso
