// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfytypes.h"
#include "core/workflow/reader.h"

#include <QCoreApplication>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::HistoryEntry", text);
}

// One of status.messages: [type, data], or in a known fork the text "type" or "type: exception message".
struct Message {
    QString type;
    Json data; // object or null
    QString text;
};

Message readMessage(const Json& message)
{
    if (message.is_array() && !message.empty()) {
        return {toQString(message.front()), message.size() > 1 ? message[1] : Json(nullptr), {}};
    }
    const QString text = toQString(message);
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    return colon < 0 ? Message{text, nullptr, {}}
                     : Message{text.first(colon), nullptr, text.mid(colon + 1).trimmed()};
}

NodeFailure readFailure(const Message& message)
{
    NodeFailure failure;
    if (const Json* node = member(message.data, "node_id")) {
        failure.node = NodeId(idText(*node));
    }
    failure.nodeType = stringMember(message.data, "node_type");
    failure.exceptionType = stringMember(message.data, "exception_type");
    failure.message = exceptionMessage(stringMember(message.data, "exception_message", message.text));
    if (const Json* traceback = member(message.data, "traceback"); traceback && traceback->is_array()) {
        for (const Json& line : *traceback) {
            failure.traceback += toQString(line);
        }
    }
    return failure;
}

void readStatus(const Json& status, HistoryEntry& entry)
{
    if (stringMember(status, "status_str") == QLatin1String("error")) {
        entry.status = HistoryStatus::Error;
    }
    const Json* messages = member(status, "messages");
    if (!messages || !messages->is_array()) {
        return;
    }
    for (const Json& item : *messages) {
        const Message message = readMessage(item);
        if (message.type == QLatin1String("execution_interrupted")) {
            entry.status = HistoryStatus::Interrupted;
        } else if (message.type == QLatin1String("execution_error")) {
            entry.status = HistoryStatus::Error;
            entry.failure = readFailure(message);
        }
    }
}

void readOutputs(const Json& outputs, const Json* meta, HistoryEntry& entry)
{
    if (!outputs.is_object()) {
        return;
    }
    for (const auto& [key, output] : outputs.items()) {
        const NodeId node(QString::fromStdString(key));
        NodeId displayNode = node;
        const Json* nodeMeta = meta ? member(*meta, key) : nullptr;
        if (const Json* display = nodeMeta ? member(*nodeMeta, "display_node") : nullptr) {
            if (const QString id = idText(*display); !id.isEmpty()) {
                displayNode = NodeId(id);
            }
        }
        entry.outputs += outputItems(node, displayNode, output);
    }
}

// The prompt inside the queue item: [number, id, prompt, …], or an object in a known fork.
void readPrompt(const Json& item, HistoryEntry& entry)
{
    constexpr std::size_t kPromptIndex = 2;
    const Json* prompt =
        item.is_array() && item.size() > kPromptIndex ? &item[kPromptIndex] : member(item, "prompt");
    if (!prompt) {
        return;
    }
    if (Result<Prompt> read = promptFromJson(*prompt)) {
        entry.prompt = std::move(*read);
    }
}

} // namespace

QString exceptionMessage(QString raw)
{
    while (raw.endsWith(QLatin1Char('\n')) || raw.endsWith(QLatin1Char('\r'))) {
        raw.chop(1);
    }
    return raw;
}

Result<HistoryEntry> decodeHistoryEntry(const PromptId& id, const Json& entry)
{
    const Json* outputs = member(entry, "outputs");
    const Json* status = member(entry, "status");
    if (!outputs && !status) {
        return fail(ErrorKind::Protocol, tr("The server's history of this run cannot be understood."));
    }
    HistoryEntry history;
    history.promptId = id;
    if (status) {
        readStatus(*status, history);
    }
    if (outputs) {
        readOutputs(*outputs, member(entry, "meta"), history);
    }
    if (const Json* item = member(entry, "prompt")) {
        readPrompt(*item, history);
    }
    return history;
}

} // namespace gesso
