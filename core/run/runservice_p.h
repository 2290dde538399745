// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/comfy/comfyapi.h"
#include "core/comfy/eventstream.h"
#include "core/run/inputuploader.h"
#include "core/run/outputcollector.h"
#include "core/run/pauses.h"
#include "core/run/reconciler.h"
#include "core/run/runrecord.h"
#include "core/run/runservice.h"

#include <QCoroTask>
#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>

namespace gesso {

// The registry and the event routing are in runservice.cpp, the coroutines in runjobs.cpp and runlookup.cpp.
// Each coroutine holds a QPointer to `guard`, which goes first, and touches nothing once that is null.
class RunService::Private
{
public:
    Private(RunService& q, ComfyApi& api, EventStream& events, const Clock& clock, OutputStore store,
            RunTimings timings);
    ~Private();

    // Registry and events (runservice.cpp)
    void add(RunRecordPtr run);
    void cancel(const PromptId& id);
    RunRecordPtr find(const PromptId& id) const;
    RunRecordPtr runningHere() const; // the one that frames without a prompt id are about
    void onEvent(const ComfyEvent& event);
    void onPreview(const PreviewEvent& event);
    void onStatus(const StatusEvent& event);
    void onConnected();
    void onStreamStateChanged();
    void onPoll();
    void setState(RunRecord& run, RunState state); // notes the start, tells the world
    void end(RunRecord& run, RunPhase phase, std::optional<Error> error);
    bool hasActiveRuns() const;

    // Submitting and collecting (runjobs.cpp)
    QCoro::Task<void> submitWaiting();
    QCoro::Task<void> submitOne(RunRecordPtr run);
    void onAnswer(RunRecord& run, const SubmitOutcome& outcome);
    void settlePost(RunRecordPtr run);
    QCoro::Task<void> collect(RunRecordPtr run);
    QCoro::Task<void> download(RunRecordPtr run);
    QCoro::Task<void> retryDownloads(RunRecordPtr run, QString folder);
    void settle(RunRecord& run); // every file is saved or has its error
    QString temporaryFolder();

    // Looking up and cancelling (runlookup.cpp)
    QCoro::Task<void> lookUpLostPost(RunRecordPtr run, Error cause);
    QCoro::Task<Result<Whereabouts>> locate(PromptId id);
    QCoro::Task<void> reconcileAll();
    void act(RunRecordPtr run, Whereabouts where);
    QCoro::Task<void> cancelOnServer(RunRecordPtr run);
    void reconcileSoon();

    RunService& q;
    ComfyApi& api;
    EventStream& events;
    const Clock& clock;
    const RunTimings timings;
    InputUploader uploader;
    OutputCollector collector;
    std::unique_ptr<QTemporaryDir> temporaryDir; // made when first needed
    QList<PromptId> order;
    QHash<PromptId, RunRecordPtr> runs;
    QList<RunRecordPtr> waiting; // to be posted
    bool isSubmitting = false;
    bool isReconciling = false;
    QTimer pollTimer;
    QTimer reconcileTimer;
    std::unique_ptr<QObject> guard;
    std::unique_ptr<Pauses> pauses;
};

} // namespace gesso
