// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

namespace gesso {

// Where the server has a prompt: /queue is asked first and /history second, so that a run ending in between
// is found.
enum class Whereabouts { Running, Pending, InHistory, Nowhere };

// What a look at the server has shown of a run.
struct Found {
    Whereabouts where = Whereabouts::Nowhere;
    bool isCertain = false; // seen at one moment; else a run that is nowhere is looked for once more
};

// What is to be done about it.
enum class ReconcileAction {
    Keep, // as it is
    MarkQueued,
    MarkRunning,
    Collect, // it has ended: fetch its results
    EndDeleted, // taken out of the queue: Cancelled
    EndLost, // the server forgot it
    SendAgain, // its POST never arrived
    EndNotQueued, // the same, once too often: Failed
};

// All that reconcile() goes by.
struct ReconcileCase {
    RunPhase phase = RunPhase::Queued;
    Whereabouts where = Whereabouts::Nowhere;
    bool cancelRequested = false;
    bool connectionHeld = true; // no reconnect since the run was last known to be there
    bool hasVerdict = false; // events have told how it ended
    bool maySendAgain = false; // it has not been sent too often, or in vain
};

// What is to be done about a run after looking it up (protocol.md, 11.2 and 11.3). Pure.
ReconcileAction reconcile(const ReconcileCase& found);

} // namespace gesso
