// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/reader.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace gesso {
namespace {

constexpr qint64 kMaxFileBytes = 512 * 1024 * 1024;

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

bool looksLikeJson(const QByteArray& bytes)
{
    const auto first = std::find_if_not(bytes.begin(), bytes.end(), [](char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\xEF' || c == '\xBB' || c == '\xBF';
    });
    return first != bytes.end() && (*first == '{' || *first == '[');
}

Diagnostic warning(const QString& code, const QString& message)
{
    Diagnostic diagnostic;
    diagnostic.severity = Severity::Warning;
    diagnostic.code = code;
    diagnostic.message = message;
    return diagnostic;
}

QByteArray textNamed(const TextList& texts, QLatin1String key)
{
    const auto found =
        std::find_if(texts.begin(), texts.end(), [key](const auto& text) { return text.key == key; });
    return found == texts.end() ? QByteArray() : found->text;
}

std::optional<Prompt> readEmbeddedPrompt(const QByteArray& text, Diagnostics& diagnostics)
{
    if (text.isEmpty()) {
        return std::nullopt;
    }
    const Result<Json> json = parseJson(text);
    Result<Prompt> prompt = json ? promptFromJson(*json) : fail(json.error());
    if (!prompt) {
        diagnostics.append(warning(QStringLiteral("embedded-prompt"),
                                   tr("The embedded prompt cannot be read: %1").arg(prompt.error().message)));
        return std::nullopt;
    }
    return std::move(*prompt);
}

// A picture's graph is what its author saved; its prompt is what ran. The graph leads if both are there.
Result<Workflow> readPicture(const TextList& texts, const QString& carrier, const QString& name)
{
    Workflow workflow;
    std::optional<Prompt> prompt =
        readEmbeddedPrompt(textNamed(texts, QLatin1String("prompt")), workflow.diagnostics);
    const QByteArray graphText = textNamed(texts, QLatin1String("workflow"));
    std::optional<Error> graphError;
    bool hasGraph = false;
    if (!graphText.isEmpty()) {
        const Result<Json> json = parseJson(graphText);
        Result<Workflow> read = json ? workflowFromJson(*json, titleOf(name)) : fail(json.error());
        if (read) {
            const Diagnostics earlier = workflow.diagnostics;
            workflow = std::move(*read);
            workflow.diagnostics = earlier + workflow.diagnostics;
            workflow.embeddedPrompt = std::move(prompt);
            hasGraph = true;
        } else {
            graphError = read.error();
            workflow.diagnostics.append(
                warning(QStringLiteral("embedded-workflow"),
                        tr("The embedded workflow cannot be read: %1").arg(graphError->message)));
        }
    }
    if (!hasGraph && prompt) {
        workflow.document = std::move(*prompt);
        hasGraph = true;
    }
    if (!hasGraph) {
        return fail(ErrorKind::Unreadable, tr("%1 carries no workflow.").arg(shown(name)),
                    tr("Use a picture that ComfyUI saved with its metadata, or the workflow's JSON file."),
                    graphError ? graphError->message : QString());
    }
    workflow.title = titleOf(name);
    workflow.carrier = carrier;
    return workflow;
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

std::optional<EmbeddedTexts> textsOf(const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    ByteSource file(buffer);
    return carriedTexts(file);
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
    if (const std::optional<EmbeddedTexts> found = textsOf(bytes)) {
        return readPicture(found->texts, found->carrier, name);
    }
    if (looksLikeJson(bytes)) {
        return readJsonWorkflow(bytes, name);
    }
    return fail(ErrorKind::Unreadable,
                bytes.isEmpty()
                    ? tr("%1 is empty.").arg(shown(name))
                    : tr("%1 is neither JSON nor a picture that can carry a workflow.").arg(shown(name)),
                tr("Gesso opens workflows as JSON, and PNG and WebP pictures made by ComfyUI."));
}

Result<Workflow> readWorkflowFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Unreadable, tr("%1 cannot be opened: %2").arg(shown(path), file.errorString()),
                    tr("Check that it is there and that you may read it."));
    }
    if (file.size() > kMaxFileBytes) {
        return fail(ErrorKind::TooLarge,
                    tr("%1 is larger than %2 MB.").arg(shown(path)).arg(kMaxFileBytes / (1024 * 1024)));
    }
    return readWorkflow(file.read(kMaxFileBytes), path);
}

Result<EmbeddedTexts> readEmbeddedTexts(const QByteArray& bytes)
{
    if (std::optional<EmbeddedTexts> found = textsOf(bytes)) {
        return std::move(*found);
    }
    if (looksLikeJson(bytes)) {
        return EmbeddedTexts{QStringLiteral("json"), {}};
    }
    return fail(ErrorKind::Unreadable, tr("This is neither JSON nor a PNG or WebP picture."));
}

} // namespace gesso
