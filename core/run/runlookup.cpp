// SPDX-License-Identifier: LGPL-3.0-or-later
// Where the server has a run, and what follows from it: lost answers, reconnects, cancelling.
#include "core/base/log.h"
#include "core/run/runerrors.h"
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"

#include <QCoroFuture>

#include <algorithm>

namespace gesso {

namespace {

bool contains(const QList<QueueEntry>& entries, const PromptId& id)
{
    return std::any_of(entries.cbegin(), entries.cend(),
                       [&](const QueueEntry& entry) { return entry.promptId == id; });
}

// Whether the prompt may have arrived although its POST failed.
bool mayHaveArrived(ErrorKind kind)
{
    return kind == ErrorKind::Unreachable || kind == ErrorKind::Timeout || kind == ErrorKind::ServerError
        || kind == ErrorKind::Protocol || kind == ErrorKind::TooLarge;
}

// Whether another POST may fare better. What is too large stays so.
bool maySendAgain(const RunRecord& run)
{
    return run.sends < RunService::maxSends && (!run.postError || run.postError->kind != ErrorKind::TooLarge);
}

} // namespace

QCoro::Task<void> RunService::Private::lookUpLostPost(RunRecordPtr run, Error cause)
{
    const QPointer<QObject> alive(guard.get());
    if (!mayHaveArrived(cause.kind)) {
        end(*run, RunPhase::Failed, cause);
        co_return;
    }
    log::warning(log::Category::Run,
                 QStringLiteral("answer to run %1 lost: %2").arg(run->state.id.toString(), cause.message));
    run->postError = cause;
    bool wasMissing = false;
    bool isDenied = false; // the server is there, and does not say what is asked
    for (const int wait : timings.lookupMs) {
        co_await pauses->pause(wait);
        if (!alive || run->state.phase != RunPhase::Submitting) {
            co_return; // an event has told meanwhile
        }
        const Result<Found> found = co_await locate(run->state.id);
        if (!alive || run->state.phase != RunPhase::Submitting) {
            co_return;
        }
        if (!found) {
            isDenied = !isRetryable(found.error().kind);
            continue;
        }
        if (found->where != Whereabouts::Nowhere) {
            act(run, found->where);
            co_return;
        }
        if (wasMissing) { // twice in vain: the server is not merely slow with it
            act(run, Whereabouts::Nowhere);
            co_return;
        }
        wasMissing = true;
    }
    if (isDenied) {
        end(*run, RunPhase::Lost, cause);
        co_return;
    }
    // The server is away. It is asked again when it is back, and until then gets nothing more.
    isHeld = true;
    run->connectionHeld = false;
}

QCoro::Task<Result<Found>> RunService::Private::locate(PromptId id)
{
    const QPointer<QObject> alive(guard.get());
    const Result<QueueState> queue = co_await api.queue();
    if (!alive) {
        co_return fail(runerrors::cancelled());
    }
    if (!queue) {
        co_return fail(queue.error());
    }
    co_return co_await locate(id, *queue);
}

// /api/jobs knows all three at one moment; where there is no such route, a run that is nowhere may have been
// between two of them.
QCoro::Task<Result<Found>> RunService::Private::locate(PromptId id, QueueState queue)
{
    const QPointer<QObject> alive(guard.get());
    if (contains(queue.running, id)) {
        co_return Found{Whereabouts::Running, true};
    }
    if (contains(queue.pending, id)) {
        co_return Found{Whereabouts::Pending, true};
    }
    const auto history = co_await api.history(id);
    if (!alive) {
        co_return fail(runerrors::cancelled());
    }
    if (!history && !isDenial(history.error())) {
        co_return fail(history.error());
    }
    if (history && *history) {
        co_return Found{Whereabouts::InHistory, true};
    }
    const JobState job = co_await api.job(id);
    switch (job) {
    case JobState::Waiting:
        co_return Found{Whereabouts::Pending, true};
    case JobState::Running:
        co_return Found{Whereabouts::Running, true};
    case JobState::Ended:
        co_return Found{Whereabouts::InHistory, true};
    case JobState::Absent:
        co_return Found{Whereabouts::Nowhere, true};
    case JobState::Unknown:
        break;
    }
    if (!history) {
        co_return fail(history.error());
    }
    co_return Found{Whereabouts::Nowhere, false};
}

QCoro::Task<void> RunService::Private::reconcileAll()
{
    const QPointer<QObject> alive(guard.get());
    if (isReconciling) {
        co_return;
    }
    QList<RunRecordPtr> known; // on the server before it is asked
    for (const PromptId& id : std::as_const(order)) {
        const RunRecordPtr run = active.value(id);
        if (run && run->isPostSettled && !run->isCollecting && run->state.phase >= RunPhase::Submitting) {
            known.append(run);
        }
    }
    if (known.isEmpty() && !isHeld) {
        co_return;
    }
    isReconciling = true;
    const Result<QueueState> queue = co_await api.queue();
    if (!alive) {
        co_return;
    }
    isAway = !queue;
    for (qsizetype i = 0; queue && i < known.size(); ++i) {
        co_await reconcileOne(known[i], *queue);
        if (!alive) {
            co_return;
        }
    }
    isReconciling = false;
    if (queue && isHeld) { // it answers again, be it without a socket
        isHeld = false;
        feedSoon();
    }
}

QCoro::Task<void> RunService::Private::reconcileOne(RunRecordPtr run, QueueState queue)
{
    const QPointer<QObject> alive(guard.get());
    const Result<Found> found = co_await locate(run->state.id, std::move(queue));
    if (!alive) {
        co_return;
    }
    if (run->isCollecting || isEnded(run->state.phase)) {
        co_return; // its end came while the server was asked
    }
    if (!found) {
        // It waits nowhere and does not run: what became of it is then taken from what was heard.
        if (isDenial(found.error()) && ++run->denials >= maxDenials) {
            act(run, Whereabouts::InHistory);
        }
        co_return; // else the poll asks again
    }
    // Believed only when seen twice: also of a POST that the server may still be handling.
    const bool isCertain = found->isCertain && run->state.phase != RunPhase::Submitting;
    if (found->where == Whereabouts::Nowhere && !isCertain && !run->wasMissing) {
        run->wasMissing = true;
        reconcileSoon();
        co_return;
    }
    act(run, found->where);
}

void RunService::Private::act(RunRecordPtr run, Whereabouts where)
{
    ReconcileCase found;
    found.phase = run->state.phase;
    found.where = where;
    found.cancelRequested = run->cancelRequested;
    found.connectionHeld = run->connectionHeld;
    found.hasVerdict = run->state.verdict.has_value();
    found.maySendAgain = maySendAgain(*run);
    const bool wasAway = !run->connectionHeld;
    if (where != Whereabouts::Nowhere) {
        run->wasMissing = false;
        run->connectionHeld = events.state() == ConnectionState::Connected;
    }
    RunState state = run->state;
    switch (reconcile(found)) {
    case ReconcileAction::Keep:
        run->lastSignMs = clock.elapsedMs();
        break;
    case ReconcileAction::SendAgain:
        log::info(log::Category::Run,
                  QStringLiteral("run %1 has not arrived and is sent again").arg(run->state.id.toString()));
        requeue(run);
        return;
    case ReconcileAction::MarkQueued:
        state.phase = RunPhase::Queued;
        setState(*run, std::move(state));
        break;
    case ReconcileAction::MarkRunning:
        state.phase = RunPhase::Running;
        state.serverEnded = false;
        setState(*run, std::move(state));
        break;
    case ReconcileAction::Collect:
        state.phase = RunPhase::Fetching;
        state.serverEnded = true;
        state.endedWhileAway = state.endedWhileAway || wasAway;
        setState(*run, std::move(state));
        collect(run);
        break;
    case ReconcileAction::EndDeleted:
        end(*run, RunPhase::Cancelled,
            run->cancelRequested ? runerrors::cancelled() : runerrors::deletedByOthers());
        return;
    case ReconcileAction::EndLost:
        end(*run, RunPhase::Lost, runerrors::lost());
        return;
    case ReconcileAction::EndNotQueued:
        end(*run, RunPhase::Failed, run->postError.value_or(runerrors::lost()));
        return;
    }
    if (run->isCancelDue && !run->isCollecting) { // an earlier process asked, and did not see it done
        run->isCancelDue = false;
        cancelOnServer(run);
    }
}

// A POST that was given up can arrive late: a kernel, a tunnel or a proxy still held it. Servers do not
// compare ids (protocol.md, 4), so one that was sent again is then there twice. Only a waiting one is taken
// out, and only while the other runs or has ended: a server may delete all of an id.
QCoro::Task<void> RunService::Private::removeSurplus(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    const PromptId id = run->state.id;
    const Result<QueueState> queue = co_await api.queue();
    if (!alive || !queue || !contains(queue->pending, id)) {
        co_return;
    }
    if (contains(queue->running, id) || isEnded(run->state.phase)) {
        log::info(log::Category::Run, QStringLiteral("run %1 has arrived twice").arg(id.toString()));
        const QList<PromptId> ids{id};
        co_await api.deleteQueued(ids);
    }
}

void RunService::Private::cancel(const PromptId& id)
{
    const RunRecordPtr run = find(id);
    if (!run || isEnded(run->state.phase)) {
        return;
    }
    const bool isRepeated = run->cancelRequested;
    run->cancelRequested = true;
    if (run->journaled >= RunPhase::Submitting) {
        journal.note(run->state, run->clientId, true);
    }
    switch (run->state.phase) {
    case RunPhase::Waiting:
        waiting.removeOne(run);
        [[fallthrough]];
    case RunPhase::Preparing:
        run->cancel.cancel();
        run->isPostSettled = true;
        end(*run, RunPhase::Cancelled, runerrors::cancelled());
        break;
    case RunPhase::Fetching:
        run->cancel.cancel();
        if (!run->isCollecting) { // the server is away: nothing is under way that could end it
            end(*run, RunPhase::Cancelled, runerrors::cancelled());
        }
        break;
    default:
        if (run->isPostSettled && !isRepeated) {
            cancelOnServer(run);
        } // else settlePost() does
        break;
    }
}

QCoro::Task<void> RunService::Private::cancelOnServer(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    const PromptId id = run->state.id;
    // A process killed in between would leave a run that its server lacks, and the next would send it again.
    const QFuture<Result<void>> noting = journal.written();
    co_await noting; // also if it cannot be: then it is at least stopped
    if (!alive || isEnded(run->state.phase)) {
        co_return;
    }
    if (run->state.phase == RunPhase::Queued) {
        const QList<PromptId> ids{id};
        const Result<void> deleted = co_await api.deleteQueued(ids);
        if (!alive) {
            co_return;
        }
        const Result<Found> found = co_await locate(id); // it may have started meanwhile
        if (!alive || isEnded(run->state.phase) || run->isCollecting) {
            co_return;
        }
        if (deleted && found) {
            act(run, found->where);
        }
    }
    if (run->state.phase == RunPhase::Running) {
        const Result<void> interrupted = co_await api.interrupt(id);
        if (!alive) {
            co_return;
        }
        if (!interrupted) {
            log::warning(log::Category::Run,
                         QStringLiteral("interrupt failed: %1").arg(interrupted.error().message));
        }
    }
    co_await pauses->pause(timings.cancelMs);
    if (alive && !run->isCollecting) {
        end(*run, RunPhase::Cancelled, runerrors::stopNotConfirmed(timings.cancelMs));
    }
}

} // namespace gesso
