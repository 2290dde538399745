// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/run/etamodel.h"
#include "core/run/outputplan.h"
#include "core/run/runjournal.h"
#include "core/run/runstate.h"

#include <memory>

namespace gesso {

// What a RunService keeps of a run besides its state.
struct RunRecord {
    RunRequestPtr request;
    RunState state;
    RunOrigin origin;
    EtaModel eta;
    CancelSource cancel; // of uploads and downloads; the POST itself is never aborted
    QList<PlannedFile> plan; // as long as state.files
    QFuture<Result<void>> stored; // ready once the journal has it
    RunPhase journaled = RunPhase::Waiting; // the phase the journal knows
    QString clientId; // of the socket it was posted under: only there are its frames
    QHash<QString, QString> promised; // output key → path, from an earlier process
    PromptId resubmittedAs; // the run that repeats it; empty if none
    bool isRestored = false;
    bool cancelRequested = false;
    bool isCancelDue = false; // requested by an earlier process
    int sends = 0; // how often it was sent, or an upload of it
    std::optional<Error> postError; // why the answer to its POST was lost
    bool isPostSettled = false; // answered, or known to have arrived
    bool isCollecting = false;
    int fetches = 0; // how often its files were fetched and some did not come
    int denials = 0; // how often the server answered, but not what became of it
    bool isAllHeard = true; // no frame of it can have been missed
    std::optional<RunPhase> endAfterPost; // it ended before its POST was answered
    bool connectionHeld = true; // since it was last known to be on the server
    bool wasMissing = false; // once looked up in vain
    qint64 lastSignMs = 0; // monotonic
};

using RunRecordPtr = std::shared_ptr<RunRecord>;

} // namespace gesso
