// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/reader.h"

#include "core/workflow/carriedworkflow.h"
#include "core/workflow/carriers/embeddedtext.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace gesso {
namespace {

constexpr qint64 kMaxJsonBytes = JsonLimits().maxBytes;
constexpr qint64 kHeadBytes = 4096; // enough to see what a file is
constexpr qint64 kMaxPipeBytes = 512 * 1024 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Reader", text);
}

QString titleOf(const QString& name)
{
    const QString title = QFileInfo(name).completeBaseName();
    return title.isEmpty() ? name : title;
}

QString shown(const QString& name)
{
    return name.isEmpty() ? tr("This file") : u'“' % QFileInfo(name).fileName() % u'”';
}

bool looksLikeJson(const QByteArray& head)
{
    const QByteArray bytes = toUtf8(head);
    const auto first = std::find_if_not(
        bytes.begin(), bytes.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return first != bytes.end() && (*first == '{' || *first == '[');
}

Result<Workflow> readJsonWorkflow(const QByteArray& bytes, const QString& name)
{
    const Result<Json> json = parseJson(bytes);
    if (!json) {
        Error error = json.error();
        error.message = tr("%1 cannot be read. %2").arg(shown(name), error.message);
        return fail(error);
    }
    Result<Workflow> workflow = workflowFromJson(*json, titleOf(name));
    if (!workflow) {
        Error error = workflow.error();
        error.message = tr("%1 is no workflow. %2").arg(shown(name), error.message);
        return fail(error);
    }
    return workflow;
}

Result<QByteArray> readJsonBytes(ByteSource& file, const QString& name)
{
    if (file.size() > kMaxJsonBytes) {
        return fail(
            ErrorKind::TooLarge,
            tr("%1 is larger than %2 MB.").arg(shown(name), QString::number(kMaxJsonBytes / (1024 * 1024))));
    }
    return toUtf8(file.readUpTo(0, file.size())); // shells and old editors write UTF-16 and Latin-1
}

Error notAWorkflow(bool isEmpty, const QString& name)
{
    return {ErrorKind::Unreadable,
            isEmpty ? tr("%1 is empty.").arg(shown(name))
                    : tr("%1 is neither JSON nor a file that can carry a workflow.").arg(shown(name)),
            tr("Gesso opens workflows as JSON, and pictures, films, sounds and models made by ComfyUI."),
            {}};
}

Result<Workflow> readFrom(QIODevice& device, const QString& name)
{
    ByteSource file(device);
    if (const std::optional<EmbeddedTexts> found = carriedTexts(file)) {
        Result<Workflow> workflow = workflowFromTexts(*found, shown(name));
        if (workflow) {
            workflow->title = titleOf(name);
        }
        return workflow;
    }
    if (!looksLikeJson(file.readUpTo(0, kHeadBytes))) {
        return fail(notAWorkflow(file.size() == 0, name));
    }
    const Result<QByteArray> bytes = readJsonBytes(file, name);
    return bytes ? readJsonWorkflow(*bytes, name) : fail(bytes.error());
}

// A JSON file is one text itself.
Result<EmbeddedTexts> textsFrom(QIODevice& device, const QString& name)
{
    ByteSource file(device);
    if (std::optional<EmbeddedTexts> found = carriedTexts(file)) {
        return std::move(*found);
    }
    if (!looksLikeJson(file.readUpTo(0, kHeadBytes))) {
        return fail(notAWorkflow(file.size() == 0, name));
    }
    const Result<QByteArray> bytes = readJsonBytes(file, name);
    if (!bytes) {
        return fail(bytes.error());
    }
    const Result<Workflow> workflow = readJsonWorkflow(*bytes, name);
    if (!workflow) {
        return fail(workflow.error());
    }
    // Of the body of a POST only the prompt in it.
    return EmbeddedTexts{workflow->carrier,
                         {workflow->isGraph()
                              ? EmbeddedText{QStringLiteral("workflow"), *bytes, {}}
                              : EmbeddedText{QStringLiteral("prompt"), writeJson(toJson(*workflow)), {}}},
                         false};
}

// Opens the file and lets it be read; a pipe is first read into memory, as nothing can be looked up in it.
template <typename T>
Result<T> openAndRead(const QString& path, Result<T> (*read)(QIODevice& device, const QString& name))
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Unreadable, tr("%1 cannot be opened: %2").arg(shown(path), file.errorString()),
                    path.contains(QLatin1String("://"))
                        ? tr("Gesso opens files, not addresses: save it on this machine first.")
                        : tr("Check that it is there and that you may read it."));
    }
    if (!file.isSequential()) {
        return read(file, path);
    }
    QBuffer buffer;
    buffer.setData(file.read(kMaxPipeBytes));
    buffer.open(QIODevice::ReadOnly);
    return read(buffer, path);
}

template <typename T>
Result<T> readBytes(const QByteArray& bytes, const QString& name,
                    Result<T> (*read)(QIODevice& device, const QString& name))
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return read(buffer, name);
}

} // namespace

Result<Workflow> workflowFromJson(const Json& json, const QString& title)
{
    Workflow workflow;
    workflow.title = title;
    workflow.carrier = QStringLiteral("json");
    const Json* nodes = member(json, "nodes");
    if (nodes && nodes->is_array()) {
        Result<Graph> graph = graphFromJson(json, &workflow.diagnostics);
        if (!graph) {
            return fail(graph.error());
        }
        workflow.document = std::move(*graph);
        return workflow;
    }
    Result<Prompt> prompt = promptFromJson(json);
    if (!prompt) {
        // The body of POST /prompt, as scripts keep it.
        const Json* inner = member(json, "prompt");
        prompt = inner ? promptFromJson(*inner) : std::move(prompt);
    }
    if (!prompt) {
        return fail(
            ErrorKind::Unreadable,
            tr("Neither the nodes of a saved workflow nor those of a prompt in API format were found in it."),
            tr("In ComfyUI, use “Export” or “Export (API)”."));
    }
    workflow.document = std::move(*prompt);
    return workflow;
}

Result<Workflow> readWorkflow(const QByteArray& bytes, const QString& name)
{
    return readBytes(bytes, name, readFrom);
}

Result<Workflow> readWorkflowFile(const QString& path)
{
    return openAndRead(path, readFrom);
}

QStringList workflowFileSuffixes()
{
    return QStringLiteral("json png apng webp jpg jpeg avif heic heif jxl svg glb mp4 m4v mov m4a webm mkv "
                          "flac mp3 ogg oga opus")
        .split(u' ');
}

Result<EmbeddedTexts> readEmbeddedTexts(const QByteArray& bytes)
{
    return readBytes(bytes, {}, textsFrom);
}

Result<EmbeddedTexts> readEmbeddedTextsFile(const QString& path)
{
    return openAndRead(path, textsFrom);
}

} // namespace gesso
