// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runservice.h"

#include "core/base/log.h"
#include "core/run/runprogress.h"
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"

#include <algorithm>

namespace gesso {

RunService::RunService(ComfyApi& api, EventStream& events, const Clock& clock, QObject* parent)
    : RunService(api, events, clock, OutputStore(), RunTimings(), parent)
{
}

RunService::RunService(ComfyApi& api, EventStream& events, const Clock& clock, OutputStore store,
                       RunTimings timings, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, api, events, clock, nullptr, std::move(store), std::move(timings)))
{
}

RunService::RunService(ComfyApi& api, EventStream& events, const Clock& clock, RunJournal& journal,
                       OutputStore store, RunTimings timings, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, api, events, clock, &journal, std::move(store), std::move(timings)))
{
}

RunService::~RunService() = default;

QCoro::Task<Result<QString>> RunService::restore()
{
    return d->restore();
}

void RunService::setAhead(int runs)
{
    d->ahead = std::max(1, runs);
    d->feedSoon();
}

void RunService::setResubmitLost(bool on)
{
    d->isResubmittingLost = on;
    const QList<PromptId> known = d->order; // more are appended
    for (const PromptId& id : known) {
        if (const RunRecordPtr run = d->find(id)) {
            d->resubmitIfLost(*run);
        }
    }
}

PromptId RunService::resubmit(const PromptId& id)
{
    return d->resubmit(id);
}

void RunService::submit(RunRequest request)
{
    if (request.id.isEmpty() || d->runs.contains(request.id)) {
        log::error(log::Category::Run, QStringLiteral("a run without an id of its own was not submitted"));
        return;
    }
    d->submit(std::make_shared<const RunRequest>(std::move(request)), {});
}

void RunService::cancel(const PromptId& id)
{
    QMetaObject::invokeMethod(
        this, [this, id] { d->cancel(id); }, Qt::QueuedConnection);
}

void RunService::retryDownloads(const PromptId& id, const QString& folder)
{
    const RunRecordPtr run = d->find(id);
    if (run) {
        QMetaObject::invokeMethod(
            this, [this, run, folder] { d->retryDownloads(run, folder); }, Qt::QueuedConnection);
    }
}

const RunState* RunService::state(const PromptId& id) const
{
    const RunRecordPtr run = d->find(id);
    return run ? &run->state : nullptr;
}

const RunRequest* RunService::request(const PromptId& id) const
{
    const RunRecordPtr run = d->find(id);
    return run ? run->request.get() : nullptr;
}

std::optional<TimeLeft> RunService::timeLeft(const PromptId& id) const
{
    const RunRecordPtr run = d->find(id);
    return run ? run->eta.timeLeft(d->clock.elapsedMs()) : std::nullopt;
}

QList<PromptId> RunService::runs() const
{
    return d->order;
}

bool RunService::hasActiveRuns() const
{
    return d->hasActiveRuns();
}

RunOrigin RunService::origin(const PromptId& id) const
{
    const RunRecordPtr run = d->find(id);
    return run ? run->origin : RunOrigin();
}

PromptId RunService::resubmission(const PromptId& id) const
{
    const RunRecordPtr run = d->find(id);
    return run ? run->resubmittedAs : PromptId();
}

bool RunService::wasRestored(const PromptId& id) const
{
    const RunRecordPtr run = d->find(id);
    return run && run->isRestored;
}

void RunService::forget(const PromptId& id)
{
    const RunRecordPtr run = d->find(id);
    if (run && isEnded(run->state.phase)) {
        d->runs.remove(id);
        d->order.removeOne(id); // mostly among the first
    }
}

RunService::Private::Private(RunService& service, ComfyApi& comfyApi, EventStream& stream,
                             const Clock& wallClock, RunJournal* keeper, OutputStore store,
                             RunTimings intervals)
    : q(service)
    , api(comfyApi)
    , events(stream)
    , clock(wallClock)
    , timings(std::move(intervals))
    , journal(keeper != nullptr ? *keeper : noJournal)
    , uploader(comfyApi)
    , collector(comfyApi, std::move(store))
    , guard(std::make_unique<QObject>())
    , pauses(std::make_unique<Pauses>())
{
    QObject::connect(&events, &EventStream::received, guard.get(),
                     [this](const ComfyEvent& event) { onEvent(event); });
    QObject::connect(&events, &EventStream::connected, guard.get(), [this] { onConnected(); });
    QObject::connect(&events, &EventStream::stateChanged, guard.get(), [this] { onStreamStateChanged(); });
    QObject::connect(&pollTimer, &QTimer::timeout, guard.get(), [this] { onPoll(); });
    reconcileTimer.setSingleShot(true);
    reconcileTimer.setInterval(timings.confirmMs);
    QObject::connect(&reconcileTimer, &QTimer::timeout, guard.get(), [this] { reconcileAll(); });
}

RunService::Private::~Private()
{
    // Coroutines resumed by what follows see that the guard is gone and end.
    guard.reset();
    for (const RunRecordPtr& run : std::as_const(active)) {
        run->cancel.cancel();
    }
    pauses.reset();
}

void RunService::Private::submit(RunRequestPtr request, RunOrigin origin)
{
    auto run = std::make_shared<RunRecord>();
    run->state.id = request->id;
    run->state.nodeCount = int(request->prompt.nodes.size());
    run->state.weights = progressWeights(request->prompt);
    run->request = std::move(request);
    run->origin = std::move(origin);
    // What is posted at once is journaled as being posted: that spares it a second write.
    const bool isNext = canFeed() && onServer.size() + waiting.size() < ahead;
    run->state.phase = isNext ? RunPhase::Preparing : RunPhase::Waiting;
    RunState first = run->state;
    first.phase = isNext ? RunPhase::Submitting : RunPhase::Waiting;
    run->journaled = first.phase;
    run->clientId = isNext ? events.clientId() : QString();
    run->stored = journal.add(run->request, run->origin, first, run->clientId);

    insert(run);
    if (run->request->front) {
        const auto firstOther = std::find_if(
            waiting.begin(), waiting.end(), [](const RunRecordPtr& other) { return !other->request->front; });
        waiting.insert(firstOther, run);
    } else {
        waiting.append(run);
    }
    QMetaObject::invokeMethod(
        guard.get(),
        [this, run] {
            startPolling();
            const QPointer<QObject> alive(guard.get());
            Q_EMIT q.added(run->state.id);
            if (!alive) {
                return;
            }
            if (run->state.phase == RunPhase::Waiting) {
                watchKept(run);
            }
            submitWaiting();
        },
        Qt::QueuedConnection);
}

void RunService::Private::insert(RunRecordPtr run)
{
    const PromptId id = run->request->id;
    order.append(id);
    runs.insert(id, run);
    index(run);
}

// Thousands may wait here: what is asked at each frame looks at a few only.
void RunService::Private::index(const RunRecordPtr& run)
{
    const PromptId& id = run->state.id;
    const RunPhase phase = run->state.phase;
    if (isEnded(phase)) {
        active.remove(id);
    } else {
        active.insert(id, run);
    }
    if (phase == RunPhase::Submitting || phase == RunPhase::Queued || phase == RunPhase::Running) {
        onServer.insert(id, run);
    } else if (onServer.remove(id)) {
        feedSoon();
    }
}

RunRecordPtr RunService::Private::find(const PromptId& id) const
{
    return runs.value(id);
}

void RunService::Private::setState(RunRecord& run, RunState state)
{
    const RunPhase before = run.state.phase;
    run.lastSignMs = clock.elapsedMs();
    run.state = std::move(state);
    run.wasMissing = false;
    run.eta.observe(run.state, run.lastSignMs);
    if (run.state.phase == RunPhase::Running && !run.state.started.isValid()) {
        run.state.started = clock.now();
    }
    if (run.state.phase != run.journaled) {
        journalState(run);
    }
    if (run.state.phase != before) {
        if (const RunRecordPtr known = find(run.state.id)) {
            index(known);
            if (run.sends > 1 && (run.state.phase == RunPhase::Running || isEnded(run.state.phase))) {
                removeSurplus(known);
            }
        }
    }
    Q_EMIT q.changed(run.state.id);
}

// Preparing is of no interest to another process: nothing was sent.
void RunService::Private::journalState(RunRecord& run)
{
    if (run.state.phase == RunPhase::Preparing) {
        return;
    }
    run.journaled = run.state.phase;
    journal.note(run.state, run.clientId, run.cancelRequested);
}

void RunService::Private::end(RunRecord& run, RunPhase phase, std::optional<Error> error)
{
    if (isEnded(run.state.phase)) {
        return;
    }
    RunState state = run.state;
    state.error = std::move(error);
    run.endAfterPost.reset();
    setState(run, finish(std::move(state), phase, clock.now()));
    const PromptId id = run.state.id;
    log::info(log::Category::Run, QStringLiteral("run %1 %2").arg(id.toString(), nameOf(phase)));
    resubmitIfLost(run);
    Q_EMIT q.finished(id);
}

} // namespace gesso
