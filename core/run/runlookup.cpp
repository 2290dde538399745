// SPDX-License-Identifier: LGPL-3.0-or-later
// Where the server has a run, and what follows from it: lost answers, reconnects, cancelling.
#include "core/base/log.h"
#include "core/run/runerrors.h"
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"

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
    bool wasMissing = false;
    for (const int wait : timings.lookupMs) {
        co_await pauses->pause(wait);
        if (!alive || run->state.phase != RunPhase::Submitting) {
            co_return; // an event has told meanwhile
        }
        const Result<Whereabouts> where = co_await locate(run->state.id);
        if (!alive || run->state.phase != RunPhase::Submitting) {
            co_return;
        }
        if (!where) {
            continue;
        }
        if (*where != Whereabouts::Nowhere) {
            act(run, *where);
            co_return;
        }
        if (wasMissing) { // twice in vain: the POST is not merely slow
            end(*run, run->cancelRequested ? RunPhase::Cancelled : RunPhase::Failed,
                run->cancelRequested ? runerrors::cancelled() : cause);
            co_return;
        }
        wasMissing = true;
    }
    end(*run, RunPhase::Lost, wasMissing ? cause : runerrors::whereaboutsUnknown(cause));
}

QCoro::Task<Result<Whereabouts>> RunService::Private::locate(PromptId id)
{
    const QPointer<QObject> alive(guard.get());
    const Result<QueueState> queue = co_await api.queue();
    if (!alive) {
        co_return fail(runerrors::cancelled());
    }
    if (!queue) {
        co_return fail(queue.error());
    }
    if (contains(queue->running, id)) {
        co_return Whereabouts::Running;
    }
    if (contains(queue->pending, id)) {
        co_return Whereabouts::Pending;
    }
    const auto history = co_await api.history(id);
    if (!history) {
        co_return fail(history.error());
    }
    co_return *history ? Whereabouts::InHistory : Whereabouts::Nowhere;
}

QCoro::Task<void> RunService::Private::reconcileAll()
{
    const QPointer<QObject> alive(guard.get());
    if (isReconciling) {
        co_return;
    }
    QList<RunRecordPtr> known; // on the server before it is asked
    for (const PromptId& id : std::as_const(order)) {
        const RunRecordPtr run = find(id);
        if (run->isPostSettled && !isEnded(run->state.phase) && !run->isCollecting) {
            known.append(run);
        }
    }
    if (known.isEmpty()) {
        co_return;
    }
    isReconciling = true;
    const Result<QueueState> queue = co_await api.queue();
    if (!alive) {
        co_return;
    }
    for (qsizetype i = 0; queue && i < known.size(); ++i) {
        const RunRecordPtr run = known[i];
        Whereabouts where = Whereabouts::Nowhere;
        if (contains(queue->running, run->state.id)) {
            where = Whereabouts::Running;
        } else if (contains(queue->pending, run->state.id)) {
            where = Whereabouts::Pending;
        } else {
            const auto history = co_await api.history(run->state.id);
            if (!alive) {
                co_return;
            }
            if (!history) {
                continue; // the poll asks again
            }
            where = *history ? Whereabouts::InHistory : Whereabouts::Nowhere;
        }
        if (run->isCollecting || isEnded(run->state.phase)) {
            continue; // its end came while the server was asked
        }
        if (where == Whereabouts::Nowhere && !run->wasMissing) {
            run->wasMissing = true; // believed only when seen twice
            reconcileSoon();
            continue;
        }
        act(run, where);
    }
    isReconciling = false;
}

void RunService::Private::act(RunRecordPtr run, Whereabouts where)
{
    ReconcileCase found;
    found.phase = run->state.phase;
    found.where = where;
    found.cancelRequested = run->cancelRequested;
    found.connectionHeld = run->connectionHeld;
    found.hasVerdict = run->state.verdict.has_value();
    if (where != Whereabouts::Nowhere) {
        run->wasMissing = false;
        run->connectionHeld = events.state() == ConnectionState::Connected;
    }
    RunState state = run->state;
    switch (reconcile(found)) {
    case ReconcileAction::Keep:
        run->lastSignMs = clock.elapsedMs();
        break;
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
        setState(*run, std::move(state));
        collect(run);
        break;
    case ReconcileAction::EndDeleted:
        end(*run, RunPhase::Cancelled,
            run->cancelRequested ? runerrors::cancelled() : runerrors::deletedByOthers());
        break;
    case ReconcileAction::EndLost:
    case ReconcileAction::EndNotQueued:
        end(*run, RunPhase::Lost, runerrors::lost());
        break;
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
    switch (run->state.phase) {
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
    if (run->state.phase == RunPhase::Queued) {
        const QList<PromptId> ids{id};
        const Result<void> deleted = co_await api.deleteQueued(ids);
        if (!alive) {
            co_return;
        }
        const Result<Whereabouts> where = co_await locate(id); // it may have started meanwhile
        if (!alive || isEnded(run->state.phase) || run->isCollecting) {
            co_return;
        }
        if (deleted && where) {
            act(run, *where);
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
