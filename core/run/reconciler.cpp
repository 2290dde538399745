// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/reconciler.h"

namespace gesso {

namespace {

ReconcileAction whenNowhere(const ReconcileCase& found)
{
    if (found.cancelRequested && found.phase != RunPhase::Fetching) {
        return ReconcileAction::EndDeleted;
    }
    switch (found.phase) {
    case RunPhase::Submitting:
        return found.maySendAgain ? ReconcileAction::SendAgain : ReconcileAction::EndNotQueued;
    case RunPhase::Queued:
        // With the connection held the server lives, so somebody removed it. Otherwise it was most likely
        // restarted.
        return found.connectionHeld ? ReconcileAction::EndDeleted : ReconcileAction::EndLost;
    case RunPhase::Fetching:
        return found.hasVerdict ? ReconcileAction::Collect : ReconcileAction::EndLost;
    default:
        return ReconcileAction::EndLost;
    }
}

} // namespace

ReconcileAction reconcile(const ReconcileCase& found)
{
    if (isEnded(found.phase) || found.phase < RunPhase::Submitting) {
        return ReconcileAction::Keep;
    }
    switch (found.where) {
    case Whereabouts::InHistory:
        return ReconcileAction::Collect;
    case Whereabouts::Running:
        return found.phase == RunPhase::Running ? ReconcileAction::Keep : ReconcileAction::MarkRunning;
    case Whereabouts::Pending:
        return found.phase == RunPhase::Submitting ? ReconcileAction::MarkQueued : ReconcileAction::Keep;
    case Whereabouts::Nowhere:
        return whenNowhere(found);
    }
    return ReconcileAction::Keep;
}

} // namespace gesso
