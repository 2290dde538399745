// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runreducer.h"

#include "core/run/runprogress.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace gesso {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::RunReducer)
};

bool concerns(const RunState& state, const ComfyEvent& event)
{
    if (const std::optional<PromptId> id = promptIdOf(event)) {
        return *id == state.id;
    }
    return state.phase == RunPhase::Running;
}

NodeFailure failureFrom(const ExecutionErrorEvent& event)
{
    return {event.node, event.nodeType, event.exceptionType, event.message, event.traceback};
}

// Signs of life: whatever was known before, the run is being executed.
void markRunning(RunState& state)
{
    if (!state.serverEnded) {
        state.phase = RunPhase::Running;
    }
}

NodeProgress& nodeEntry(RunState& state, const NodeId& node, const NodeId& displayNode)
{
    const auto found = state.nodes.find(node);
    if (found != state.nodes.end()) {
        return *found;
    }
    return *state.nodes.insert(node, NodeProgress{node, displayNode, QStringLiteral("running"), 0, 1});
}

void setOutputsOf(RunState& state, const NodeId& node, const QList<OutputItem>& items)
{
    // A server that sends `executed` twice for a node (a reconnect, a cached rerun) means the same files.
    state.outputs.removeIf([&](const OutputItem& item) { return item.node == node; });
    state.outputs += items;
}

// The history has the last word about each node it knows. What frames told of others stays: an entry may have
// lost its results.
void keepTold(RunState& state, const QList<OutputItem>& recorded)
{
    QSet<NodeId> nodes;
    for (const OutputItem& item : recorded) {
        nodes.insert(item.node);
    }
    state.outputs.removeIf([&](const OutputItem& item) { return nodes.contains(item.node); });
    state.outputs = recorded + state.outputs;
}

void showNode(RunState& state, const NodeProgress& node)
{
    state.currentNode = node.displayNode;
    state.progressNode = node.node;
    state.value = node.value;
    state.max = node.max;
}

// One overload per event that means something to a run.
struct Reducer {
    RunState& state;

    void operator()(const ExecutionStartEvent&) { markRunning(state); }

    void operator()(const ExecutionCachedEvent& event)
    {
        markRunning(state);
        for (const NodeId& node : event.nodes) {
            state.cached.insert(node);
        }
    }

    void operator()(const ExecutingEvent& event)
    {
        if (!event.node) {
            if (event.promptId) { // without an id it does not say whose end it is
                state.serverEnded = true;
                state.phase = RunPhase::Fetching;
                state.currentNode.reset();
            }
            return;
        }
        markRunning(state);
        const NodeId display = event.displayNode.value_or(*event.node);
        state.currentNode = display;
        if (state.progressNode != event.node) {
            // After a reconnect the outer node is named while an inner one has the steps: keep those.
            const NodeProgress node = nodeEntry(state, *event.node, display);
            if (event.promptId || !state.progressNode) {
                showNode(state, node);
            }
        }
    }

    void operator()(const ProgressEvent& event)
    {
        const std::optional<NodeId> node = event.node ? event.node : state.progressNode;
        if (!node) {
            return;
        }
        markRunning(state);
        NodeProgress& entry = nodeEntry(state, *node, *node);
        if (entry.state != QLatin1String("finished")) {
            entry.value = event.value;
            entry.max = event.max;
            showNode(state, entry);
        }
    }

    void operator()(const ProgressStateEvent& event)
    {
        markRunning(state);
        const NodeProgress* running = nullptr;
        for (const NodeProgress& node : event.nodes) {
            state.nodes.insert(node.node, node);
            if (node.state == QLatin1String("running")) {
                running = &node; // the last is the innermost of an expansion
            }
        }
        if (running) {
            showNode(state, *running);
        }
    }

    void operator()(const ExecutedEvent& event)
    {
        markRunning(state);
        setOutputsOf(state, event.node, outputItems(event.node, event.displayNode, event.output));
    }

    void operator()(const ExecutionSuccessEvent&) { state.verdict = HistoryStatus::Success; }

    void operator()(const ExecutionErrorEvent& event)
    {
        if (event.isBlocked) {
            const NodeFailure warning = failureFrom(event);
            if (!state.warnings.contains(warning)) {
                state.warnings.append(warning);
            }
            return;
        }
        state.failure = failureFrom(event);
        state.verdict = HistoryStatus::Error;
    }

    void operator()(const ExecutionInterruptedEvent&) { state.verdict = HistoryStatus::Interrupted; }

    // About the server, or pictures and texts that are shown and not kept.
    void operator()(const StatusEvent&) { }
    void operator()(const FeatureFlagsEvent&) { }
    void operator()(const LogsEvent&) { }
    void operator()(const PreviewEvent&) { }
    void operator()(const TextEvent&) { }
    void operator()(const UnknownEvent&) { }
};

} // namespace

RunState reduce(RunState state, const ComfyEvent& event)
{
    if (isEnded(state.phase) || !concerns(state, event)) {
        return state;
    }
    std::visit(Reducer{state}, event);
    state.overall = std::max(state.overall, overallProgress(state));
    return state;
}

RunState reduce(RunState state, const HistoryEntry& entry)
{
    if (isEnded(state.phase)) {
        return state;
    }
    state.serverEnded = true;
    state.phase = RunPhase::Fetching;
    state.currentNode.reset();
    keepTold(state, entry.outputs);
    // The fork's history keeps only a text of the message: then the event knew more, and meant the same.
    const bool eventKnewMore = state.failure && entry.status == HistoryStatus::Error
        && (!entry.failure || entry.failure->node.isEmpty());
    if (!eventKnewMore) {
        state.failure = entry.failure;
    }
    state.verdict = entry.status;
    return state;
}

RunState reduce(RunState state, const SubmitAnswer& answer)
{
    state.queueNumber = answer.number;
    state.findings = answer.findings;
    if (state.phase == RunPhase::Preparing || state.phase == RunPhase::Submitting) {
        state.phase = RunPhase::Queued;
    }
    return state;
}

RunState reduce(RunState state, const Refusal& refusal)
{
    state.phase = RunPhase::Refused;
    state.findings = refusal.findings;
    const QString reason = refusal.findings.isEmpty() ? refusal.message : refusal.findings.first().message;
    Error error;
    error.kind = ErrorKind::Refused;
    error.message = reason.isEmpty() ? Text::tr("The server refused the workflow.")
                                     : Text::tr("The server refused the workflow: %1").arg(reason);
    error.hint = refusal.findings.isEmpty() ? Text::tr("Check the workflow and generate again.")
                                            : Text::tr("Correct the marked values and generate again.");
    error.detail = refusal.details.isEmpty() ? refusal.type : refusal.type + u": " + refusal.details;
    state.error = error;
    return state;
}

RunState finish(RunState state, RunPhase phase, QDateTime ended)
{
    state.phase = phase;
    state.ended = std::move(ended);
    state.currentNode.reset();
    if (phase == RunPhase::Done) {
        state.overall = 1;
    }
    return state;
}

} // namespace gesso
