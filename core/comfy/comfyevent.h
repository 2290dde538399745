// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <variant>

namespace gesso {

// The messages of the server's socket, a struct for each type (protocol.md, 2 and 3); ComfyEvent below is one
// of them. A prompt id is absent where the server sends none: old-style previews, TEXT frames, the first
// `executing` after a reconnect.

// How long the queue is.
struct StatusEvent {
    int queueRemaining = 0; // waiting and running
    std::optional<QString> sid; // only in the first frame
};
// What the server can do, in answer to what we said we can.
struct FeatureFlagsEvent {
    Json flags;
};
// A job begins.
struct ExecutionStartEvent {
    PromptId promptId;
    std::optional<qint64> timestampMs; // since the epoch, by the server's clock
};
// Nodes that need not run again. Sent with every job, maybe with none.
struct ExecutionCachedEvent {
    PromptId promptId;
    QList<NodeId> nodes;
};
// A node begins, or the job has ended and its history can be read.
struct ExecutingEvent {
    std::optional<PromptId> promptId;
    std::optional<NodeId> node; // absent: the job has ended
    std::optional<NodeId> displayNode;
};
// A node counts its steps.
struct ProgressEvent {
    std::optional<PromptId> promptId;
    std::optional<NodeId> node;
    double value = 0;
    double max = 0;
};
// One node of a ProgressStateEvent.
struct NodeProgress {
    NodeId node;
    NodeId displayNode;
    QString state; // "running", "finished", "pending", "error"
    double value = 0;
    double max = 1;

    bool operator==(const NodeProgress&) const = default;
};
// All nodes of a job that were begun so far: the newest one says all.
struct ProgressStateEvent {
    PromptId promptId;
    QList<NodeProgress> nodes;
};
// A node has put something out.
struct ExecutedEvent {
    PromptId promptId;
    NodeId node;
    NodeId displayNode;
    Json output; // object or null
};
// All nodes are done; the history is not written yet.
struct ExecutionSuccessEvent {
    PromptId promptId;
};
// A node raised (protocol.md, 2.5).
struct ExecutionErrorEvent {
    PromptId promptId;
    NodeId node;
    QString nodeType;
    QString exceptionType;
    QString message; // trailing newline removed
    QStringList traceback;
    bool isBlocked = false; // exception_type ExecutionBlocked: a warning, the job goes on
};
// Somebody has stopped the job.
struct ExecutionInterruptedEvent {
    PromptId promptId;
    NodeId node;
    QString nodeType;
};
// Lines of the server's log, for who has subscribed to them.
struct LogsEvent {
    QStringList entries;
};
// A preview picture, still encoded. Both framings: event 1 names neither node nor job.
struct PreviewEvent {
    std::optional<PromptId> promptId;
    std::optional<NodeId> node;
    std::optional<NodeId> displayNode;
    QByteArray mimeType; // "image/jpeg" or "image/png"
    QByteArray image;
};
// A text that a node shows while it works. It names no job.
struct TextEvent {
    NodeId node;
    QString text;
};
// Anything else: logged and relayed, never dropped, never an error.
struct UnknownEvent {
    QString type; // "binary 7" for an unknown binary event
    Json raw; // null for binary ones
};

using ComfyEvent =
    std::variant<StatusEvent, FeatureFlagsEvent, ExecutionStartEvent, ExecutionCachedEvent, ExecutingEvent,
                 ProgressEvent, ProgressStateEvent, ExecutedEvent, ExecutionSuccessEvent, ExecutionErrorEvent,
                 ExecutionInterruptedEvent, LogsEvent, PreviewEvent, TextEvent, UnknownEvent>;

// The prompt an event belongs to; nullopt for events that name none.
std::optional<PromptId> promptIdOf(const ComfyEvent& event);

} // namespace gesso
