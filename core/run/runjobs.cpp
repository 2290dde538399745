// SPDX-License-Identifier: LGPL-3.0-or-later
// The way of a run through the service: prepare, post, collect its outputs, end.
#include "core/base/log.h"
#include "core/run/runerrors.h"
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"

namespace gesso {

QCoro::Task<void> RunService::Private::submitWaiting()
{
    const QPointer<QObject> alive(guard.get());
    if (isSubmitting) {
        co_return;
    }
    isSubmitting = true;
    while (!waiting.isEmpty()) {
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
    co_await collector.prepareFolder(run->request.outputFolder);
    if (!alive) {
        co_return;
    }
    Result<Prompt> prompt = co_await uploader.prepare(run->request, run->cancel.token());
    if (!alive || isEnded(run->state.phase)) {
        co_return;
    }
    if (!prompt) {
        end(*run, RunPhase::Failed, prompt.error());
        co_return;
    }

    RunState state = run->state;
    state.phase = RunPhase::Submitting;
    setState(*run, std::move(state));
    SubmitRequest request;
    request.promptId = run->request.id;
    request.clientId = events.clientId();
    request.prompt = std::move(*prompt);
    request.workflow = run->request.workflow;
    request.front = run->request.front;
    // Not cancellable: an aborted POST may have arrived all the same.
    const Result<SubmitOutcome> outcome = co_await api.submit(std::move(request));
    if (!alive) {
        co_return;
    }
    if (outcome) {
        onAnswer(*run, *outcome);
    } else if (run->state.phase == RunPhase::Submitting) {
        co_await lookUpLostPost(run, outcome.error());
        if (!alive) {
            co_return;
        }
    }
    settlePost(run);
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
    if (answer.promptId != run.request.id) {
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
    if (run->endAfterPost) {
        settle(*run);
    } else if (run->cancelRequested) {
        cancelOnServer(run);
    }
}

QCoro::Task<void> RunService::Private::collect(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    run->isCollecting = true;
    std::optional<Error> error;
    bool isFound = false;
    for (const int wait : timings.historyMs) {
        co_await pauses->pause(wait);
        if (!alive) {
            co_return;
        }
        const auto history = co_await api.history(run->state.id, run->cancel.token());
        if (!alive || isEnded(run->state.phase)) {
            co_return;
        }
        error = history ? std::nullopt : std::optional(history.error());
        if (history && *history) {
            setState(*run, reduce(run->state, **history));
            isFound = true;
            break;
        }
        if (run->cancel.isCancelled()) {
            break;
        }
    }
    if (!isFound && error && isRetryable(error->kind) && !run->cancel.isCancelled()) {
        run->isCollecting = false; // tried again when the server is back, or by the poll
        co_return;
    }
    if (!isFound && !run->state.verdict) {
        end(*run, RunPhase::Lost, error.value_or(runerrors::lostWithoutRecord()));
        co_return;
    }

    run->plan = planOutputs(run->request, run->state.outputs, {}, clock.now().toLocalTime());
    run->state.files.clear();
    for (PlannedFile& file : run->plan) {
        if (file.folder.isEmpty() && file.item.type != QLatin1String("output")) {
            file.folder = temporaryFolder();
        }
        run->state.files.append(SavedFile{file.item, {}, {}});
    }
    co_await download(run);
    if (!alive) {
        co_return;
    }
    run->isCollecting = false;
    settle(*run);
}

// Fetches every planned file that is not saved yet.
QCoro::Task<void> RunService::Private::download(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    for (qsizetype i = 0; i < run->plan.size(); ++i) {
        if (!run->state.files[i].path.isEmpty()) {
            continue;
        }
        Result<QString> saved = fail(runerrors::cancelled());
        for (const int wait : timings.downloadMs) {
            co_await pauses->pause(wait);
            if (!alive) {
                co_return;
            }
            if (run->cancel.isCancelled()) {
                break;
            }
            saved = co_await collector.save(run->plan[i], run->cancel.token());
            if (!alive) {
                co_return;
            }
            if (saved || !isRetryable(saved.error().kind)) {
                break;
            }
        }
        SavedFile& file = run->state.files[i];
        file.path = saved.value_or(QString());
        file.error = saved ? Error{} : saved.error();
        const SavedFile told = file;
        setState(*run, run->state);
        if (saved) {
            Q_EMIT q.fileSaved(run->state.id, told);
        }
        if (!alive) {
            co_return;
        }
    }
}

QCoro::Task<void> RunService::Private::retryDownloads(RunRecordPtr run, QString folder)
{
    const QPointer<QObject> alive(guard.get());
    if (!isEnded(run->state.phase) || !runerrors::unsavedFiles(run->state.files)) {
        co_return;
    }
    run->cancel = CancelSource();
    RunState state = run->state;
    state.phase = RunPhase::Fetching;
    state.error.reset();
    for (SavedFile& file : state.files) {
        file.error = {};
    }
    if (!folder.isEmpty()) {
        for (PlannedFile& file : run->plan) {
            file.folder = folder;
        }
    }
    run->isCollecting = true;
    setState(*run, std::move(state));
    pollTimer.start();
    co_await download(run);
    if (!alive) {
        co_return;
    }
    run->isCollecting = false;
    settle(*run);
}

void RunService::Private::settle(RunRecord& run)
{
    const HistoryStatus verdict = run.state.verdict.value_or(HistoryStatus::Error);
    if (!run.isPostSettled) {
        run.endAfterPost = endPhase(verdict); // its answer may bring findings
        return;
    }
    std::optional<Error> error = runerrors::unsavedFiles(run.state.files);
    switch (verdict) {
    case HistoryStatus::Success:
        if (error && error->kind == ErrorKind::Cancelled) {
            end(run, RunPhase::Cancelled, runerrors::cancelled());
        } else {
            end(run, error ? RunPhase::Failed : RunPhase::Done, error);
        }
        return;
    case HistoryStatus::Error:
        end(run, RunPhase::Failed, runerrors::nodeFailed(run.state.failure));
        return;
    case HistoryStatus::Interrupted:
        end(run, RunPhase::Cancelled,
            run.cancelRequested ? runerrors::cancelled() : runerrors::interruptedByOthers());
        return;
    }
}

QString RunService::Private::temporaryFolder()
{
    if (!temporaryDir) {
        temporaryDir = std::make_unique<QTemporaryDir>();
    }
    return temporaryDir->path();
}

} // namespace gesso
