// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runservice.h"

#include "core/base/log.h"
#include "core/run/runerrors.h"
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
    , d(std::make_unique<Private>(*this, api, events, clock, std::move(store), std::move(timings)))
{
}

RunService::~RunService() = default;

void RunService::submit(RunRequest request)
{
    if (request.id.isEmpty() || d->runs.contains(request.id)) {
        log::error(log::Category::Run, QStringLiteral("a run without an id of its own was not submitted"));
        return;
    }
    auto run = std::make_shared<RunRecord>();
    run->state.id = request.id;
    run->state.nodeCount = int(request.prompt.nodes.size());
    run->state.weights = progressWeights(request.prompt);
    run->request = std::move(request);
    d->add(run);
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
    return run ? &run->request : nullptr;
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

RunService::Private::Private(RunService& service, ComfyApi& comfyApi, EventStream& stream,
                             const Clock& wallClock, OutputStore store, RunTimings intervals)
    : q(service)
    , api(comfyApi)
    , events(stream)
    , clock(wallClock)
    , timings(std::move(intervals))
    , uploader(comfyApi)
    , collector(comfyApi, std::move(store))
    , guard(std::make_unique<QObject>())
    , pauses(std::make_unique<Pauses>())
{
    QObject::connect(&events, &EventStream::received, guard.get(),
                     [this](const ComfyEvent& event) { onEvent(event); });
    QObject::connect(&events, &EventStream::connected, guard.get(), [this] { onConnected(); });
    QObject::connect(&events, &EventStream::stateChanged, guard.get(), [this] { onStreamStateChanged(); });
    pollTimer.setInterval(timings.pollMs);
    QObject::connect(&pollTimer, &QTimer::timeout, guard.get(), [this] { onPoll(); });
    reconcileTimer.setSingleShot(true);
    reconcileTimer.setInterval(timings.confirmMs);
    QObject::connect(&reconcileTimer, &QTimer::timeout, guard.get(), [this] { reconcileAll(); });
}

RunService::Private::~Private()
{
    // Coroutines resumed by what follows see that the guard is gone and end.
    guard.reset();
    for (const RunRecordPtr& run : std::as_const(runs)) {
        run->cancel.cancel();
    }
    pauses.reset();
}

void RunService::Private::add(RunRecordPtr run)
{
    const PromptId id = run->request.id;
    order.append(id);
    runs.insert(id, run);
    waiting.append(run);
    QMetaObject::invokeMethod(
        guard.get(),
        [this, id] {
            pollTimer.start();
            Q_EMIT q.added(id);
            submitWaiting();
        },
        Qt::QueuedConnection);
}

RunRecordPtr RunService::Private::find(const PromptId& id) const
{
    return runs.value(id);
}

RunRecordPtr RunService::Private::runningHere() const
{
    RunRecordPtr latest;
    for (const RunRecordPtr& run : runs) {
        if (run->state.phase == RunPhase::Running
            && (!latest || run->state.started >= latest->state.started)) {
            latest = run;
        }
    }
    return latest;
}

bool RunService::Private::hasActiveRuns() const
{
    return std::any_of(runs.cbegin(), runs.cend(),
                       [](const RunRecordPtr& run) { return !isEnded(run->state.phase); });
}

void RunService::Private::onEvent(const ComfyEvent& event)
{
    if (const auto* status = std::get_if<StatusEvent>(&event)) {
        onStatus(*status);
        return;
    }
    if (const auto* preview = std::get_if<PreviewEvent>(&event)) {
        onPreview(*preview);
        return;
    }
    const std::optional<PromptId> id = promptIdOf(event);
    const RunRecordPtr run = id ? find(*id) : runningHere();
    if (!run || isEnded(run->state.phase)) {
        return;
    }
    setState(*run, reduce(run->state, event));
    if (run->state.serverEnded && !run->isCollecting) {
        collect(run);
    }
}

void RunService::Private::onPreview(const PreviewEvent& event)
{
    const RunRecordPtr run = event.promptId ? find(*event.promptId) : runningHere();
    if (!run || isEnded(run->state.phase)) {
        return;
    }
    run->lastSignMs = clock.elapsedMs();
    const std::optional<NodeId> node = event.displayNode ? event.displayNode
        : event.node                                     ? event.node
                                                         : run->state.currentNode;
    Q_EMIT q.preview(PreviewFrame{run->state.id, node, event.image});
}

// Fewer runs on the server than are waiting or running here: one was deleted, or its end was missed. No frame
// says which (protocol.md, 5). The end of a run comes just after the status that counts it out, hence not at
// once.
void RunService::Private::onStatus(const StatusEvent& event)
{
    int known = 0;
    for (const RunRecordPtr& run : std::as_const(runs)) {
        const RunPhase phase = run->state.phase;
        known += phase == RunPhase::Queued || phase == RunPhase::Running ? 1 : 0;
    }
    if (event.queueRemaining < known) {
        reconcileSoon();
    }
}

void RunService::Private::onConnected()
{
    if (hasActiveRuns()) {
        reconcileAll();
    }
}

void RunService::Private::onStreamStateChanged()
{
    if (events.state() == ConnectionState::Connected) {
        return;
    }
    for (const RunRecordPtr& run : std::as_const(runs)) {
        run->connectionHeld = false;
    }
}

void RunService::Private::onPoll()
{
    if (!hasActiveRuns()) {
        pollTimer.stop();
        return;
    }
    const qint64 now = clock.elapsedMs();
    const bool isSilent = std::any_of(runs.cbegin(), runs.cend(), [&](const RunRecordPtr& run) {
        return !isEnded(run->state.phase) && now - run->lastSignMs >= timings.pollMs;
    });
    if (isSilent) {
        reconcileAll();
    }
}

void RunService::Private::reconcileSoon()
{
    if (!reconcileTimer.isActive()) {
        reconcileTimer.start();
    }
}

void RunService::Private::setState(RunRecord& run, RunState state)
{
    run.lastSignMs = clock.elapsedMs();
    run.state = std::move(state);
    run.wasMissing = false;
    run.eta.observe(run.state, run.lastSignMs);
    if (run.state.phase == RunPhase::Running && !run.state.started.isValid()) {
        run.state.started = clock.now();
    }
    Q_EMIT q.changed(run.state.id);
}

void RunService::Private::end(RunRecord& run, RunPhase phase, std::optional<Error> error)
{
    if (isEnded(run.state.phase)) {
        return;
    }
    run.state.error = std::move(error);
    run.endAfterPost.reset();
    setState(run, finish(std::move(run.state), phase, clock.now()));
    const PromptId id = run.state.id;
    log::info(log::Category::Run, QStringLiteral("run %1 %2").arg(id.toString(), nameOf(phase)));
    Q_EMIT q.finished(id);
}

} // namespace gesso
