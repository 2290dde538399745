// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runjournal.h"
#include "core/store/historystore.h"

namespace gesso {

// Runs as rows of the history and back. Pure.

// The columns that are fixed, and those of `state` as it is at first. Owner and server are the journal's.
HistoryRow encodeRun(const RunRequest& request, const RunOrigin& origin, const HistoryChange& state);
HistoryChange encodeState(const RunState& state, const QString& clientId, bool cancelRequested);

// Of a row nothing is trusted. Unreadable if it names no run that could be followed: no id, no prompt, an
// unknown phase. What else makes no sense is left out.
Result<JournaledRun> decodeRun(const HistoryRow& row);

} // namespace gesso
