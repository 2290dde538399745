// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrequest.h"
#include "core/run/runstate.h"

namespace gesso {

// A run's state in words, for the list and the progress line. Pure; `request` may be null.
QString runStateText(const RunState& state); // "61 %", "waiting", "done" …
QString runTone(const RunState& state); // "accent", "", "good", "warn", "bad"
QString runMessage(const RunState& state); // why it ended badly; empty if it did not
QString runNodeTitle(const RunState& state, const RunRequest* request); // "KSampler", "Waiting"
QString runStepText(const RunState& state); // "step 12 of 20"; empty without steps
QString runTimeText(const RunState& state); // "8.2 s" once it has ended
QString percentText(double fraction); // "61 %"
QString durationText(double seconds); // "8.2 s", "14 s", "2:05", "1:02:30"
QString rangeText(double lowSeconds, double highSeconds); // "12–15 s left", "2:05–2:40 left"

} // namespace gesso
