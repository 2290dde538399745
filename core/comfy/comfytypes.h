// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"
#include "core/workflow/prompt.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace gesso {

// What POST /prompt is sent (protocol.md, 4).
struct SubmitRequest {
    PromptId promptId; // ours; the server echoes it
    QString clientId;
    Prompt prompt;
    Json workflow; // extra_data.extra_pnginfo.workflow, or null
    bool front = false;
};

// One entry of node_errors (protocol.md, 4).
struct NodeFinding {
    NodeId node;
    QString classType;
    QString type; // "value_not_in_list", …
    QString input; // extra_info.input_name; may be dotted or empty
    QString message;
    QString details;
    Json extraInfo;
};

// A 200 of POST /prompt: the prompt is in the queue.
struct SubmitAnswer {
    PromptId promptId;
    double number = 0; // queue number; may be negative or fractional
    QList<NodeFinding> findings; // may be non-empty in a 200: those outputs are skipped
};

// A 400: the prompt was not queued.
struct Refusal {
    QString type; // "prompt_outputs_failed_validation", "missing_node_type", …
    QString message;
    QString details;
    Json extraInfo;
    QList<NodeFinding> findings;
};

// A job in the queue (protocol.md, 5).
struct QueueEntry {
    double number = 0; // the smallest runs first
    PromptId promptId;
    QString clientId; // may be empty
};

// GET /queue at one moment.
struct QueueState {
    QList<QueueEntry> running;
    QList<QueueEntry> pending; // sorted by number
};

// A file or a value a node put out (protocol.md, 5, output kinds).
struct OutputItem {
    NodeId node;
    NodeId displayNode;
    QString kind; // "images", "gifs", "audio", "text" …
    QString filename; // empty for values
    QString subfolder;
    QString type; // "output", "temp", "input"
    QString text; // for text
    Json raw;

    bool isFile() const { return !filename.isEmpty(); }
    bool operator==(const OutputItem&) const = default;
};

// A node that raised, as execution_error and the history tell it (protocol.md, 2.5).
struct NodeFailure {
    NodeId node;
    QString nodeType;
    QString exceptionType;
    QString message;
    QStringList traceback;
    bool operator==(const NodeFailure&) const = default;
};

// How a job ended. Servers write an interruption as an error with a message of its own.
enum class HistoryStatus { Success, Error, Interrupted };

// GET /history/{id}: a job that has ended (protocol.md, 5).
struct HistoryEntry {
    PromptId promptId;
    HistoryStatus status = HistoryStatus::Success;
    QList<OutputItem> outputs;
    std::optional<NodeFailure> failure;
    std::optional<Prompt> prompt; // absent if it cannot be read
};

// A device that computes, of GET /system_stats.
struct DeviceStats {
    QString name;
    QString type;
    double vramTotal = 0; // bytes
    double vramFree = 0;
};

// GET /system_stats: the server says of itself.
struct SystemStats {
    QString version; // of ComfyUI
    QString os;
    double ramTotal = 0; // bytes
    double ramFree = 0;
    QList<DeviceStats> devices;
    bool isDemo = false; // system.gesso_demo, set by the built-in server only
};

// POST /upload/image; any kind of file.
struct UploadRequest {
    QString name; // suggested file name
    QByteArray bytes;
    QString subfolder;
    QString type = QStringLiteral("input"); // or "temp", "output": which of the server's folders
    bool overwrite = false;
};

// Where the server has put it.
struct UploadedFile {
    QString name; // the server may have chosen another
    QString subfolder;
    QString type;

    // As LoadImage takes it: "sub/name.png" or "name.png".
    QString widgetValue() const { return subfolder.isEmpty() ? name : subfolder + QLatin1Char('/') + name; }
};

// A message of Python's as it is shown: without the line ends the server puts behind it.
QString exceptionMessage(QString raw);

// Outputs of one node (`executed.output` or history's outputs[node]): tolerant of null, scalars and unknown
// kinds. An item with a file name is a file, anything else a value with its text. `animated` is a flag of its
// node's pictures, not an output, and left out.
QList<OutputItem> outputItems(const NodeId& node, const NodeId& displayNode, const Json& output);

// Pure decoders of REST answers, tolerant of the fork (protocol.md, 10). Errors: Protocol.
Result<SubmitAnswer> decodeSubmitAnswer(const Json& body);
Refusal decodeRefusal(const Json& body);
Result<QueueState> decodeQueue(const Json& body);
Result<HistoryEntry> decodeHistoryEntry(const PromptId& id, const Json& entry);
Result<SystemStats> decodeSystemStats(const Json& body);
Result<UploadedFile> decodeUpload(const Json& body);

} // namespace gesso
