// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/comfy/comfyevent.h"
#include "core/comfy/comfytypes.h"

#include <QDateTime>
#include <QHash>
#include <QSet>

namespace gesso {

// Waiting → Preparing → Submitting → Queued → Running → Fetching → one of the ends. Refused, Failed,
// Cancelled and Lost may come from any phase before.
enum class RunPhase {
    Waiting, // in Gesso's own queue: the server does not know it yet
    Preparing,
    Submitting,
    Queued,
    Running,
    Fetching,
    Done,
    Failed,
    Refused,
    Cancelled,
    Lost
};

bool isEnded(RunPhase phase);
RunPhase endPhase(HistoryStatus verdict); // Done, Failed or Cancelled
QString nameOf(RunPhase phase); // "preparing", …
std::optional<RunPhase> runPhaseFromName(const QString& name);

// A result of a run and where it went.
struct SavedFile {
    OutputItem item;
    QString path; // absolute, on this machine; empty until saved
    Error error; // set (message not empty) if saving failed; the result stays on the server
};

// What is known of one run. A value: the reducer makes the next one from an event.
struct RunState {
    PromptId id;
    RunPhase phase = RunPhase::Preparing;
    int nodeCount = 0; // nodes of the prompt
    QHash<NodeId, double> weights; // share of the whole of nodes that take longer; every other node counts 1
    QHash<NodeId, NodeProgress> nodes; // by node id, cumulative
    QSet<NodeId> cached;
    std::optional<NodeId> currentNode; // display id
    std::optional<NodeId> progressNode; // whose value/max below
    double value = 0;
    double max = 0;
    double overall = 0; // 0…1, never falls
    QList<OutputItem> outputs; // as announced or from history
    QList<SavedFile> files;
    std::optional<NodeFailure> failure;
    QList<NodeFailure> warnings; // ExecutionBlocked
    QList<NodeFinding> findings; // from node_errors
    std::optional<Error> error; // why it ended badly, in plain words
    bool serverEnded = false; // `executing null` seen or history has it: time to fetch
    std::optional<HistoryStatus> verdict; // how the server says it ended; absent until it said so
    std::optional<double> queueNumber;
    QDateTime started; // UTC; first sign of running
    QDateTime ended;
    // The server ended it while it was not heard: Gesso was closed, or the cable out.
    bool endedWhileAway = false;
};

} // namespace gesso
