// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <variant>

namespace gesso {

// One message of the server's socket (protocol.md, sections 2 and 3). A prompt id is absent where the server
// sends none: old-style previews, TEXT frames, the first `executing` after a reconnect.

struct StatusEvent {
    int queueRemaining = 0; // waiting and running
    std::optional<QString> sid; // only in the first frame
};
struct FeatureFlagsEvent {
    Json flags;
};
struct ExecutionStartEvent {
    PromptId promptId;
    std::optional<qint64> timestampMs;
};
struct ExecutionCachedEvent {
    PromptId promptId;
    QList<NodeId> nodes;
};
struct ExecutingEvent {
    std::optional<PromptId> promptId;
    std::optional<NodeId> node; // absent: the job has ended
    std::optional<NodeId> displayNode;
};
struct ProgressEvent {
    std::optional<PromptId> promptId;
    std::optional<NodeId> node;
    double value = 0;
    double max = 0;
};
struct NodeProgress {
    NodeId node;
    NodeId displayNode;
    QString state; // "running", "finished", "pending", "error"
    double value = 0;
    double max = 1;

    bool operator==(const NodeProgress&) const = default;
};
struct ProgressStateEvent {
    PromptId promptId;
    QList<NodeProgress> nodes;
};
struct ExecutedEvent {
    PromptId promptId;
    NodeId node;
    NodeId displayNode;
    Json output; // object or null
};
struct ExecutionSuccessEvent {
    PromptId promptId;
};
struct ExecutionErrorEvent {
    PromptId promptId;
    NodeId node;
    QString nodeType;
    QString exceptionType;
    QString message; // trailing newline removed
    QStringList traceback;
    bool isBlocked = false; // exception_type ExecutionBlocked: a warning, the job goes on
};
struct ExecutionInterruptedEvent {
    PromptId promptId;
    NodeId node;
    QString nodeType;
};
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
