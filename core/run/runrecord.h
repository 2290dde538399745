// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/run/etamodel.h"
#include "core/run/outputplan.h"
#include "core/run/runrequest.h"
#include "core/run/runstate.h"

#include <memory>

namespace gesso {

// What a RunService keeps of a run besides its state.
struct RunRecord {
    RunRequest request;
    RunState state;
    EtaModel eta;
    CancelSource cancel; // of uploads and downloads; the POST itself is never aborted
    QList<PlannedFile> plan; // as long as state.files
    bool cancelRequested = false;
    bool isPostSettled = false; // answered, or known to have arrived
    bool isCollecting = false;
    std::optional<RunPhase> endAfterPost; // it ended before its POST was answered
    bool connectionHeld = true; // since it was last known to be on the server
    bool wasMissing = false; // once looked up in vain
    qint64 lastSignMs = 0; // monotonic
};

using RunRecordPtr = std::shared_ptr<RunRecord>;

} // namespace gesso
