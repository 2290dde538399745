// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/eventdecoder.h"

#include "core/comfy/comfytypes.h"
#include "core/comfy/framejson.h"

#include <QCoreApplication>
#include <QtEndian>

#include <array>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::EventDecoder", text);
}

using Decoded = Result<ComfyEvent>;

Decoded lacks(const char* type, const char* key)
{
    return fail(
        ErrorKind::Protocol,
        tr("The server sent a “%1” message without its “%2”.").arg(QLatin1String(type), QLatin1String(key)));
}

std::optional<PromptId> optionalPrompt(const FrameValue& data)
{
    const QString id = data.id("prompt_id");
    return id.isEmpty() ? std::nullopt : std::optional(PromptId(id));
}

std::optional<NodeId> optionalNode(const FrameValue& data, std::string_view key)
{
    const QString id = data.id(key);
    return id.isEmpty() ? std::nullopt : std::optional(NodeId(id));
}

NodeId displayNode(const FrameValue& data, std::string_view key, const NodeId& node)
{
    return optionalNode(data, key).value_or(node);
}

Decoded decodeStatus(const FrameValue& data)
{
    const std::optional<qint64> remaining =
        data.member("status").member("exec_info").integer("queue_remaining");
    if (!remaining) {
        return lacks("status", "queue_remaining");
    }
    StatusEvent event;
    event.queueRemaining = int(std::clamp<qint64>(*remaining, 0, INT_MAX));
    if (const QString sid = data.text("sid"); !sid.isEmpty()) {
        event.sid = sid;
    }
    return event;
}

Decoded decodeFeatureFlags(const FrameValue& data)
{
    return FeatureFlagsEvent{data.toJson()};
}

Decoded decodeExecutionStart(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    if (!prompt) {
        return lacks("execution_start", "prompt_id");
    }
    return ExecutionStartEvent{*prompt, data.integer("timestamp")};
}

Decoded decodeExecutionCached(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    if (!prompt) {
        return lacks("execution_cached", "prompt_id");
    }
    ExecutionCachedEvent event{*prompt, {}};
    data.member("nodes").forEach([&event](const FrameValue& node) {
        if (const QString id = node.idText(); !id.isEmpty()) {
            event.nodes += NodeId(id);
        }
    });
    return event;
}

Decoded decodeExecuting(const FrameValue& data)
{
    return ExecutingEvent{optionalPrompt(data), optionalNode(data, "node"),
                          optionalNode(data, "display_node")};
}

Decoded decodeProgress(const FrameValue& data)
{
    return ProgressEvent{optionalPrompt(data), optionalNode(data, "node"), data.number("value", 0),
                         data.number("max", 0)};
}

Decoded decodeProgressState(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    if (!prompt) {
        return lacks("progress_state", "prompt_id");
    }
    ProgressStateEvent event{*prompt, {}};
    data.member("nodes").forEachMember([&event](std::string_view key, const FrameValue& node) {
        if (!node.isObject()) {
            return;
        }
        const NodeId fallback(QString::fromUtf8(key.data(), qsizetype(key.size())));
        NodeProgress progress;
        progress.node = optionalNode(node, "node_id").value_or(fallback);
        progress.displayNode = displayNode(node, "display_node_id", progress.node);
        progress.state = node.text("state");
        progress.value = node.number("value", 0);
        progress.max = node.number("max", 1);
        event.nodes += progress;
    });
    return event;
}

Decoded decodeExecuted(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    const auto node = optionalNode(data, "node");
    if (!prompt || !node) {
        return lacks("executed", prompt ? "node" : "prompt_id");
    }
    // Anything but an object means the same as null: nothing to show.
    const FrameValue output = data.member("output");
    return ExecutedEvent{*prompt, *node, displayNode(data, "display_node", *node),
                         output.isObject() ? output.toJson() : Json(nullptr)};
}

Decoded decodeExecutionSuccess(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    if (!prompt) {
        return lacks("execution_success", "prompt_id");
    }
    return ExecutionSuccessEvent{*prompt};
}

Decoded decodeExecutionError(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    if (!prompt) {
        return lacks("execution_error", "prompt_id");
    }
    ExecutionErrorEvent event;
    event.promptId = *prompt;
    event.node = NodeId(data.id("node_id"));
    event.nodeType = data.text("node_type");
    event.exceptionType = data.text("exception_type");
    event.message = exceptionMessage(data.text("exception_message"));
    event.traceback = data.texts("traceback");
    event.isBlocked = event.exceptionType == QLatin1String("ExecutionBlocked");
    return event;
}

Decoded decodeExecutionInterrupted(const FrameValue& data)
{
    const auto prompt = optionalPrompt(data);
    if (!prompt) {
        return lacks("execution_interrupted", "prompt_id");
    }
    return ExecutionInterruptedEvent{*prompt, NodeId(data.id("node_id")), data.text("node_type")};
}

Decoded decodeLogs(const FrameValue& data)
{
    LogsEvent event;
    data.member("entries").forEach([&event](const FrameValue& entry) { event.entries += entry.text("m"); });
    return event;
}

struct TextDecoder {
    std::string_view type;
    Decoded (*decode)(const FrameValue& data);
};

constexpr std::array kTextDecoders{
    TextDecoder{"progress_state", decodeProgressState},
    TextDecoder{"progress", decodeProgress},
    TextDecoder{"status", decodeStatus},
    TextDecoder{"executing", decodeExecuting},
    TextDecoder{"executed", decodeExecuted},
    TextDecoder{"execution_start", decodeExecutionStart},
    TextDecoder{"execution_cached", decodeExecutionCached},
    TextDecoder{"execution_success", decodeExecutionSuccess},
    TextDecoder{"execution_error", decodeExecutionError},
    TextDecoder{"execution_interrupted", decodeExecutionInterrupted},
    TextDecoder{"feature_flags", decodeFeatureFlags},
    TextDecoder{"logs", decodeLogs},
};

// The numbers that begin a binary frame.
enum BinaryEvent : quint32 { PreviewImage = 1, Text = 3, PreviewImageWithMetadata = 4 };

constexpr qsizetype kIntegerBytes = 4;

std::optional<quint32> integerAt(const QByteArray& frame, qsizetype offset)
{
    if (offset < 0 || frame.size() - offset < kIntegerBytes) {
        return std::nullopt;
    }
    return qFromBigEndian<quint32>(frame.constData() + offset);
}

Decoded truncated(quint32 event)
{
    return fail(ErrorKind::Protocol, tr("The server sent a damaged binary message (kind %1).").arg(event));
}

// The bytes whose length stands before them, and where they end.
struct Counted {
    QByteArrayView bytes;
    qsizetype end = 0;
};

std::optional<Counted> countedBytes(const QByteArray& frame, qsizetype offset)
{
    const std::optional<quint32> length = integerAt(frame, offset);
    const qsizetype begin = offset + kIntegerBytes;
    if (!length || qsizetype(*length) > frame.size() - begin) {
        return std::nullopt;
    }
    return Counted{QByteArrayView(frame).sliced(begin, qsizetype(*length)), begin + qsizetype(*length)};
}

Decoded decodePreview(const QByteArray& frame)
{
    constexpr qsizetype kImageStart = 2 * kIntegerBytes;
    const std::optional<quint32> format = integerAt(frame, kIntegerBytes);
    if (!format || frame.size() <= kImageStart) {
        return truncated(PreviewImage);
    }
    if (*format != 1 && *format != 2) { // node packs reuse the event with formats of their own
        return UnknownEvent{QStringLiteral("binary 1, format %1").arg(*format), nullptr};
    }
    PreviewEvent event;
    event.mimeType = *format == 1 ? QByteArrayLiteral("image/jpeg") : QByteArrayLiteral("image/png");
    event.image = frame.sliced(kImageStart);
    return event;
}

Decoded decodeText(const QByteArray& frame)
{
    const std::optional<Counted> node = countedBytes(frame, kIntegerBytes);
    if (!node) {
        return truncated(Text);
    }
    return TextEvent{NodeId(QString::fromUtf8(node->bytes)),
                     QString::fromUtf8(QByteArrayView(frame).sliced(node->end))};
}

Decoded decodePreviewWithMetadata(const QByteArray& frame)
{
    const std::optional<Counted> metadata = countedBytes(frame, kIntegerBytes);
    if (!metadata || metadata->end >= frame.size()) {
        return truncated(PreviewImageWithMetadata);
    }
    const Result<FrameJson> json = FrameJson::parse(metadata->bytes);
    if (!json) {
        return fail(json.error());
    }
    const FrameValue fields = json->root();
    PreviewEvent event;
    event.promptId = optionalPrompt(fields);
    event.node = optionalNode(fields, "node_id");
    event.displayNode = optionalNode(fields, "display_node_id");
    event.mimeType = fields.text("image_type").toLatin1();
    event.image = frame.sliced(metadata->end);
    return event;
}

} // namespace

Result<ComfyEvent> decodeTextFrame(QByteArrayView utf8)
{
    const Result<FrameJson> json = FrameJson::parse(utf8);
    if (!json) {
        return fail(json.error());
    }
    const FrameValue message = json->root();
    const QByteArray type = message.text("type").toUtf8();
    if (type.isEmpty()) {
        return fail(ErrorKind::Protocol, tr("The server sent a message without a type."));
    }
    const FrameValue data = message.member("data");
    for (const TextDecoder& decoder : kTextDecoders) {
        if (decoder.type == std::string_view(type.constData(), std::size_t(type.size()))) {
            return decoder.decode(data);
        }
    }
    return UnknownEvent{QString::fromUtf8(type), data.toJson()};
}

Result<ComfyEvent> decodeBinaryFrame(const QByteArray& frame)
{
    const std::optional<quint32> event = integerAt(frame, 0);
    if (!event) {
        return fail(ErrorKind::Protocol,
                    tr("The server sent a binary message of %1 bytes.").arg(frame.size()));
    }
    switch (*event) {
    case PreviewImage:
        return decodePreview(frame);
    case Text:
        return decodeText(frame);
    case PreviewImageWithMetadata:
        return decodePreviewWithMetadata(frame);
    default: // node packs use other numbers
        return UnknownEvent{QStringLiteral("binary %1").arg(*event), nullptr};
    }
}

bool isPreviewFrame(const QByteArray& frame)
{
    constexpr quint32 kMaxMetadata = 64 * 1024; // else it is the metadata that takes the time
    const std::optional<quint32> event = integerAt(frame, 0);
    return event == PreviewImage
        || (event == PreviewImageWithMetadata && integerAt(frame, 4).value_or(0) <= kMaxMetadata);
}

} // namespace gesso
