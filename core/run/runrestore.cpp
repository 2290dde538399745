// SPDX-License-Identifier: LGPL-3.0-or-later
// Runs of an earlier process, and runs sent once more.
#include "core/base/log.h"
#include "core/run/runerrors.h"
#include "core/run/runprogress.h"
#include "core/run/runservice_p.h"

#include <QCoroFuture>

#include <algorithm>

namespace gesso {

namespace {

bool wasPosted(RunPhase phase)
{
    return phase == RunPhase::Submitting || phase == RunPhase::Queued || phase == RunPhase::Running;
}

// Frames of a run come only to the socket it was posted under: the one that most are bound to.
QString clientIdOfMost(const QList<JournaledRun>& runs)
{
    QHash<QString, int> uses;
    QString most;
    for (const JournaledRun& run : runs) {
        if (wasPosted(run.state.phase) && !run.clientId.isEmpty()
            && ++uses[run.clientId] > uses.value(most)) {
            most = run.clientId;
        }
    }
    return most;
}

} // namespace

QCoro::Task<Result<QString>> RunService::Private::restore()
{
    const QPointer<QObject> alive(guard.get());
    const QFuture<Result<QList<JournaledRun>>> taking = journal.takeOver();
    const Result<QList<JournaledRun>> taken = co_await taking;
    if (!alive) {
        co_return fail(runerrors::cancelled());
    }
    if (!taken) {
        if (isRetryable(taken.error().kind)) {
            restoreLater();
        }
        co_return fail(taken.error());
    }
    if (taken->isEmpty()) {
        co_return QString();
    }
    QList<PromptId> ids;
    for (const JournaledRun& journaled : *taken) {
        if (!runs.contains(journaled.request->id)) {
            adopt(journaled);
            ids.append(journaled.request->id);
        }
    }
    isHeld = events.state() != ConnectionState::Connected; // until it answers
    for (const PromptId& id : std::as_const(ids)) {
        Q_EMIT q.added(id);
        if (!alive) {
            co_return fail(runerrors::cancelled());
        }
    }
    Q_EMIT q.restored(ids);
    if (!alive) {
        co_return fail(runerrors::cancelled());
    }
    startPolling();
    reconcileAll();
    feedSoon();
    co_return clientIdOfMost(*taken);
}

QCoro::Task<void> RunService::Private::restoreLater()
{
    const QPointer<QObject> alive(guard.get());
    co_await pauses->pause(timings.pollMs);
    if (alive) {
        co_await restore();
    }
}

void RunService::Private::adopt(JournaledRun journaled)
{
    auto run = std::make_shared<RunRecord>();
    run->request = std::move(journaled.request);
    run->state = std::move(journaled.state);
    run->state.weights = progressWeights(run->request->prompt);
    run->origin = std::move(journaled.origin);
    run->clientId = std::move(journaled.clientId);
    run->promised = std::move(journaled.promised);
    run->cancelRequested = journaled.cancelRequested;
    run->isRestored = true;
    run->connectionHeld = false;
    run->isAllHeard = false;
    run->lastSignMs = clock.elapsedMs();
    run->journaled = run->state.phase;
    run->stored = noJournal.written();
    insert(run);
    switch (run->state.phase) {
    case RunPhase::Waiting:
    case RunPhase::Preparing:
        if (run->cancelRequested) {
            end(*run, RunPhase::Cancelled, runerrors::cancelled());
        } else {
            run->state.phase = RunPhase::Waiting; // nothing of it was sent
            waiting.append(run);
        }
        return;
    case RunPhase::Submitting:
        run->sends = 1;
        break;
    case RunPhase::Fetching:
        run->state.serverEnded = true;
        break;
    default:
        if (isEnded(run->state.phase)) { // a row that contradicts itself: it is not asked for again
            journal.note(run->state, run->clientId, run->cancelRequested);
        }
        break;
    }
    run->isPostSettled = true;
    run->isCancelDue = run->cancelRequested && wasPosted(run->state.phase);
}

// The server does not have it, so it goes to its old place in the queue here and is sent under its own id.
void RunService::Private::requeue(RunRecordPtr run)
{
    run->isPostSettled = false;
    run->postError.reset();
    const auto later = std::find_if(waiting.begin(), waiting.end(), [&run](const RunRecordPtr& other) {
        return other->request->created >= run->request->created; // it had its turn before
    });
    waiting.insert(later, run);
    RunState state = run->state;
    state.phase = RunPhase::Waiting;
    setState(*run, std::move(state)); // and it is fed, as it has left the server
}

PromptId RunService::Private::resubmit(const PromptId& id)
{
    const RunRecordPtr run = find(id);
    if (!run || !isEnded(run->state.phase)) {
        return {};
    }
    auto again = std::make_shared<RunRequest>(*run->request);
    again->id = newPromptId();
    again->created = clock.now();
    const PromptId newId = again->id;
    run->resubmittedAs = newId;
    submit(std::move(again), RunOrigin{id, run->origin.attempt + 1});
    QMetaObject::invokeMethod(
        guard.get(), [this, id, newId] { Q_EMIT q.resubmitted(id, newId); }, Qt::QueuedConnection);
    return newId;
}

void RunService::Private::resubmitIfLost(const RunRecord& run)
{
    const bool isForgotten =
        run.state.phase == RunPhase::Lost && run.state.error && run.state.error->kind == ErrorKind::Lost;
    if (!isResubmittingLost || !isForgotten || !run.resubmittedAs.isEmpty()) {
        return;
    }
    if (run.origin.attempt >= maxResubmits) {
        log::warning(log::Category::Run,
                     QStringLiteral("run %1 was lost %2 times and is not sent again")
                         .arg(run.state.id.toString())
                         .arg(run.origin.attempt + 1));
        return;
    }
    resubmit(run.state.id);
}

} // namespace gesso
