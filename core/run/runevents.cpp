// SPDX-License-Identifier: LGPL-3.0-or-later
// What the socket says, to whom it is said, and what its silence means.
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"

#include <algorithm>

namespace gesso {

RunRecordPtr RunService::Private::runningHere() const
{
    RunRecordPtr latest;
    for (const RunRecordPtr& run : onServer) {
        if (run->state.phase == RunPhase::Running && run->clientId == events.clientId()
            && (!latest || run->state.started >= latest->state.started)) {
            latest = run;
        }
    }
    return latest;
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
    if (!run) {
        return;
    }
    if (isEnded(run->state.phase)) {
        if (run->sends > 1 && std::holds_alternative<ExecutionStartEvent>(event)) {
            api.interrupt(run->state.id); // see removeSurplus(): nobody waits for it any more
        }
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
    const auto known = std::count_if(onServer.cbegin(), onServer.cend(), [](const RunRecordPtr& run) {
        return run->state.phase == RunPhase::Queued || run->state.phase == RunPhase::Running;
    });
    if (event.queueRemaining < known) {
        reconcileSoon();
    }
    for (const RunRecordPtr& run : std::as_const(onServer)) {
        if (run->sends > 1 && run->state.phase == RunPhase::Running) {
            removeSurplus(run); // what was put into the queue may be its twin
        }
    }
}

void RunService::Private::onConnected()
{
    isHeld = false;
    isAway = false;
    if (hasActiveRuns()) {
        reconcileAll();
        feedSoon();
    }
}

void RunService::Private::onStreamStateChanged()
{
    if (events.state() == ConnectionState::Connected) {
        return;
    }
    for (const RunRecordPtr& run : std::as_const(active)) {
        run->connectionHeld = false;
        run->isAllHeard = false;
    }
    if (hasActiveRuns()) {
        startPolling();
    }
}

// Runs of a dead process's socket are only seen by asking, and all of them where there is no socket: some
// proxies let none through. A server that does not answer is asked less often.
void RunService::Private::startPolling()
{
    const bool isUnheard = events.state() != ConnectionState::Connected && !isAway && !onServer.isEmpty();
    const bool isFollowing =
        isUnheard || std::any_of(onServer.cbegin(), onServer.cend(), [this](const RunRecordPtr& run) {
            return run->isRestored && run->clientId != events.clientId();
        });
    const int interval = isFollowing ? std::min(timings.followMs, timings.pollMs) : timings.pollMs;
    if (!pollTimer.isActive() || pollTimer.interval() != interval) {
        pollTimer.start(interval);
    }
}

void RunService::Private::onPoll()
{
    if (!hasActiveRuns()) {
        pollTimer.stop();
        return;
    }
    startPolling();
    const qint64 now = clock.elapsedMs(); // not the whole interval: silence never begins as the timer does
    const bool isSilent = std::any_of(active.cbegin(), active.cend(), [&](const RunRecordPtr& run) {
        return run->state.phase > RunPhase::Preparing && now - run->lastSignMs >= pollTimer.interval() / 2;
    });
    if (isSilent || isHeld) {
        reconcileAll();
    }
}

void RunService::Private::reconcileSoon()
{
    if (!reconcileTimer.isActive()) {
        reconcileTimer.start();
    }
}

} // namespace gesso
