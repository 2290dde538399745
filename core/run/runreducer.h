// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

namespace gesso {

// The next state after an event (pure). Events of other prompts change nothing; events that name no prompt
// apply only while the run is the one running here (protocol.md, 11.1). Progress is monotone.
RunState reduce(RunState state, const ComfyEvent& event);

// The next state after the history entry was read: outputs, end and failure are the history's.
RunState reduce(RunState state, const HistoryEntry& entry);

} // namespace gesso
