// SPDX-License-Identifier: LGPL-3.0-or-later
// The way of a run to the server: its turn, its uploads, its POST.
#include "core/base/log.h"
#include "core/run/runerrors.h"
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"

#include <QCoroFuture>

namespace gesso {

bool RunService::Private::canFeed() const
{
    return !isHeld && onServer.size() < ahead;
}

void RunService::Private::feedSoon()
{
    if (waiting.isEmpty() || isSubmitting || isFeedingSoon) {
        return;
    }
    isFeedingSoon = true;
    QMetaObject::invokeMethod(
        guard.get(),
        [this] {
            isFeedingSoon = false;
            submitWaiting();
        },
        Qt::QueuedConnection);
}

QCoro::Task<void> RunService::Private::submitWaiting()
{
    const QPointer<QObject> alive(guard.get());
    if (isSubmitting) {
        co_return;
    }
    isSubmitting = true;
    while (!waiting.isEmpty() && canFeed()) {
        const RunRecordPtr run = waiting.takeFirst();
        if (isEnded(run->state.phase)) {
            continue; // cancelled while waiting here
        }
        co_await submitOne(run);
        if (!alive) {
            co_return;
        }
    }
    isSubmitting = false;
}

QCoro::Task<void> RunService::Private::submitOne(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    RunState state = run->state;
    state.phase = RunPhase::Preparing;
    if (run->state.phase == RunPhase::Waiting) {
        setState(*run, std::move(state));
    }
    const bool isKept = co_await keepBeforePost(run);
    if (!alive || !isKept) {
        co_return;
    }
    co_await collector.prepareFolder(run->request->outputFolder);
    if (!alive) {
        co_return;
    }
    Result<Prompt> prompt = co_await uploader.prepare(*run->request, run->cancel.token());
    if (!alive || isEnded(run->state.phase)) {
        co_return;
    }
    ++run->sends;
    if (!prompt) {
        if (run->sends < maxSends && isRetryable(prompt.error().kind)) {
            isHeld = true; // until the server answers
            requeue(run);
            reconcileSoon();
        } else {
            end(*run, RunPhase::Failed, prompt.error());
        }
        co_return;
    }

    state = run->state;
    state.phase = RunPhase::Submitting;
    setState(*run, std::move(state));
    SubmitRequest request;
    request.promptId = run->request->id;
    request.clientId = run->clientId;
    request.prompt = std::move(*prompt);
    request.workflow = run->request->workflow;
    request.front = run->request->front;
    // Not cancellable: an aborted POST may have arrived all the same.
    const Result<SubmitOutcome> outcome = co_await api.submit(std::move(request));
    if (!alive) {
        co_return;
    }
    if (outcome) {
        onAnswer(*run, *outcome);
    } else if (run->state.phase == RunPhase::Submitting) {
        co_await lookUpLostPost(run, outcome.error());
        if (!alive || run->state.phase == RunPhase::Waiting) {
            co_return; // to be sent again
        }
    }
    settlePost(run);
}

// Nothing is sent before the journal knows that it may have been. False if the run has ended instead.
QCoro::Task<bool> RunService::Private::keepBeforePost(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    run->clientId = events.clientId();
    run->connectionHeld = events.state() == ConnectionState::Connected;
    run->isAllHeard = run->connectionHeld;
    const QFuture<Result<void>> stored = run->stored;
    QFuture<Result<void>> noting = stored;
    if (run->journaled == RunPhase::Waiting) { // at once: with luck one commit takes both
        RunState posted = run->state;
        posted.phase = RunPhase::Submitting;
        run->journaled = posted.phase;
        journal.note(posted, run->clientId, run->cancelRequested);
        noting = journal.written();
    }
    const Result<void> kept = co_await stored;
    if (!alive || isEnded(run->state.phase)) {
        co_return false;
    }
    if (!kept) {
        end(*run, RunPhase::Failed, runerrors::notJournaled(kept.error()));
        co_return false;
    }
    const Result<void> noted = co_await noting;
    if (!alive || isEnded(run->state.phase)) {
        co_return false;
    }
    if (!noted) { // it is kept, so it can wait for a better time; the journal tells what is the matter
        isHeld = true;
        requeue(run);
        co_return false;
    }
    co_return true;
}

// A run that waits here is told at once if it is not kept.
QCoro::Task<void> RunService::Private::watchKept(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    const QFuture<Result<void>> stored = run->stored;
    const Result<void> kept = co_await stored;
    if (alive && !kept && run->state.phase == RunPhase::Waiting) {
        end(*run, RunPhase::Failed, runerrors::notJournaled(kept.error()));
    }
}

void RunService::Private::onAnswer(RunRecord& run, const SubmitOutcome& outcome)
{
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        const RunState refused = reduce(run.state, *refusal);
        run.state.findings = refused.findings;
        end(run, RunPhase::Refused, refused.error);
        return;
    }
    const auto& answer = std::get<SubmitAnswer>(outcome);
    if (answer.promptId != run.request->id) {
        end(run, RunPhase::Failed, runerrors::foreignId(answer.promptId));
        return;
    }
    setState(run, reduce(run.state, answer));
}

// The POST is over. Now a cancel that came meanwhile can be carried out, and a run that ended meanwhile can
// end.
void RunService::Private::settlePost(RunRecordPtr run)
{
    run->isPostSettled = true;
    if (isEnded(run->state.phase)) {
        return;
    }
    startPolling(); // it may be one of those that are seen by asking only
    if (run->sends > 1) {
        removeSurplus(run);
    }
    if (run->endAfterPost) {
        settle(*run);
    } else if (run->cancelRequested) {
        cancelOnServer(run);
    }
}

} // namespace gesso
