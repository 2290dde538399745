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

// How often a server may answer without saying what became of a run.
inline constexpr int maxDenials = 5;

// The server is there, and fails at answering: so for ever about a run whose results it cannot write as JSON.
inline bool isDenial(const Error& error)
{
    return error.kind == ErrorKind::ServerError;
}

// The registry is in runservice.cpp, the event routing in runevents.cpp, the coroutines in runjobs.cpp,
// runfiles.cpp, runlookup.cpp and runrestore.cpp. Each coroutine holds a QPointer to `guard`, which goes
// first, and touches nothing once that is null.
class RunService::Private
{
public:
    Private(RunService& q, ComfyApi& api, EventStream& events, const Clock& clock, RunJournal* journal,
            OutputStore store, RunTimings timings);
    ~Private();

    // Registry (runservice.cpp)
    void submit(RunRequestPtr request, RunOrigin origin);
    void insert(RunRecordPtr run);
    RunRecordPtr find(const PromptId& id) const;
    void setState(RunRecord& run, RunState state); // notes the start, journals, tells the world
    void end(RunRecord& run, RunPhase phase, std::optional<Error> error);
    void journalState(RunRecord& run);
    bool hasActiveRuns() const { return !active.isEmpty(); }
    void index(const RunRecordPtr& run); // by its phase

    // Events (runevents.cpp)
    void onEvent(const ComfyEvent& event);
    void onPreview(const PreviewEvent& event);
    void onStatus(const StatusEvent& event);
    void onConnected();
    void onStreamStateChanged();
    void onPoll();
    RunRecordPtr runningHere() const; // the one that frames without a prompt id are about
    void startPolling();

    // The queue, and submitting (runjobs.cpp)
    bool canFeed() const;
    void feedSoon();
    QCoro::Task<void> submitWaiting();
    QCoro::Task<void> submitOne(RunRecordPtr run);
    QCoro::Task<bool> keepBeforePost(RunRecordPtr run);
    QCoro::Task<void> watchKept(RunRecordPtr run);
    void onAnswer(RunRecord& run, const SubmitOutcome& outcome);
    void settlePost(RunRecordPtr run);

    // Collecting (runfiles.cpp)
    QCoro::Task<void> collect(RunRecordPtr run);
    QCoro::Task<bool> readHistory(RunRecordPtr run);
    QCoro::Task<void> promiseNames(RunRecordPtr run);
    QCoro::Task<void> fetchRest(RunRecordPtr run);
    QCoro::Task<void> savePlanned(RunRecordPtr run); // names, files, and what comes of it
    QCoro::Task<void> download(RunRecordPtr run);
    QCoro::Task<void> retryDownloads(RunRecordPtr run, QString folder);
    void planFiles(RunRecord& run);
    void settle(RunRecord& run); // every file is saved or has its error
    QString temporaryFolder();

    // Looking up and cancelling (runlookup.cpp)
    QCoro::Task<void> lookUpLostPost(RunRecordPtr run, Error cause);
    QCoro::Task<Result<Found>> locate(PromptId id);
    QCoro::Task<Result<Found>> locate(PromptId id, QueueState queue);
    QCoro::Task<void> reconcileAll();
    QCoro::Task<void> reconcileOne(RunRecordPtr run, QueueState queue);
    void act(RunRecordPtr run, Whereabouts where);
    QCoro::Task<void> removeSurplus(RunRecordPtr run);
    void cancel(const PromptId& id);
    QCoro::Task<void> cancelOnServer(RunRecordPtr run);
    void reconcileSoon();

    // Earlier processes, and once more (runrestore.cpp)
    QCoro::Task<Result<QString>> restore();
    QCoro::Task<void> restoreLater();
    void adopt(JournaledRun journaled);
    void requeue(RunRecordPtr run);
    PromptId resubmit(const PromptId& id);
    void resubmitIfLost(const RunRecord& run);

    RunService& q;
    ComfyApi& api;
    EventStream& events;
    const Clock& clock;
    const RunTimings timings;
    NullRunJournal noJournal;
    RunJournal& journal;
    InputUploader uploader;
    OutputCollector collector;
    std::unique_ptr<QTemporaryDir> temporaryDir; // made when first needed
    QList<PromptId> order;
    QHash<PromptId, RunRecordPtr> runs;
    QHash<PromptId, RunRecordPtr> active; // of them, those that have not ended
    QHash<PromptId, RunRecordPtr> onServer; // of these, those the server may have and has not ended
    QList<RunRecordPtr> waiting; // to be posted
    int ahead = defaultAhead;
    bool isResubmittingLost = false;
    bool isSubmitting = false;
    bool isFeedingSoon = false;
    bool isHeld = false; // nothing is posted: the server was not there the last time
    bool isAway = false; // the last question to the server was not answered
    bool isReconciling = false;
    QTimer pollTimer;
    QTimer reconcileTimer;
    std::unique_ptr<QObject> guard;
    std::unique_ptr<Pauses> pauses;
};

} // namespace gesso
