// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriedworkflow.h"

#include "core/workflow/foreigntext.h"
#include "core/workflow/parameters/generationparameters.h"
#include "core/workflow/promptorigin.h"
#include "core/workflow/reader.h"
#include "core/workflow/textkind.h"

#include <QCoreApplication>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Reader", text);
}

Diagnostic warning(const QString& code, const QString& message)
{
    Diagnostic diagnostic;
    diagnostic.severity = Severity::Warning;
    diagnostic.code = code;
    diagnostic.message = message;
    return diagnostic;
}

// Equal texts count once: many savers write the same workflow twice.
QList<QByteArray> textsNamed(const TextList& texts, QLatin1String key)
{
    QList<QByteArray> found;
    for (const EmbeddedText& text : texts) {
        if (text.key == key) {
            found.removeOne(text.text);
            found.append(text.text);
        }
    }
    return found;
}

QList<QByteArray> textsOfKind(const TextList& texts, TextKind::Kind kind)
{
    QList<QByteArray> found;
    for (const EmbeddedText& text : texts) {
        if (textKind(text).kind == kind) {
            found.append(text.text);
        }
    }
    return found;
}

Result<Workflow> graphFrom(const QByteArray& text)
{
    const Result<Json> json = parseJson(text);
    return json ? workflowFromJson(*json, {}) : fail(json.error());
}

Result<Prompt> promptFrom(const QByteArray& text)
{
    const Result<Json> json = parseJson(text);
    return json ? promptFromJson(*json) : fail(json.error());
}

// The last that can be read; why the others cannot goes to the diagnostics.
template <typename T>
std::optional<T> lastReadable(const QList<QByteArray>& texts, Result<T> (*read)(const QByteArray&),
                              const QString& code, const QString& problem, Diagnostics& diagnostics)
{
    for (auto text = texts.crbegin(); text != texts.crend(); ++text) {
        Result<T> value = read(*text);
        if (value) {
            return std::move(*value);
        }
        diagnostics.append(warning(code, problem.arg(value.error().message)));
    }
    return std::nullopt;
}

Error withoutWorkflow(const EmbeddedTexts& found, const QString& name, const Diagnostics& diagnostics)
{
    const QString detail = diagnostics.isEmpty() ? QString() : diagnostics.constLast().message;
    if (const auto parameters = readGenerationParameters(found.texts)) {
        return {ErrorKind::Unreadable,
                tr("%1 carries the parameters of %2, but no ComfyUI workflow.")
                    .arg(name, foreignText(parameters->program, 40)),
                tr("“gesso inspect” shows the prompts and values it was made with."), detail};
    }
    if (found.isCut) {
        return {ErrorKind::Unreadable, tr("%1 ends early, before any workflow.").arg(name),
                tr("It is only a part of a file: get it again, whole."), detail};
    }
    return {ErrorKind::Unreadable, tr("%1 carries no workflow.").arg(name),
            tr("Use a file that ComfyUI saved with its metadata, or the workflow's JSON file."), detail};
}

} // namespace

Result<Workflow> workflowFromTexts(const EmbeddedTexts& found, const QString& name)
{
    QList<QByteArray> graphs = textsNamed(found.texts, QLatin1String("workflow"));
    QList<QByteArray> prompts = textsNamed(found.texts, QLatin1String("prompt"));
    if (graphs.isEmpty() && prompts.isEmpty()) {
        graphs = textsOfKind(found.texts, TextKind::Kind::Workflow);
        prompts = textsOfKind(found.texts, TextKind::Kind::Prompt);
    }
    Diagnostics diagnostics;
    std::optional<Prompt> prompt =
        lastReadable<Prompt>(prompts, promptFrom, QStringLiteral("embedded-prompt"),
                             tr("The embedded prompt cannot be read: %1"), diagnostics);
    std::optional<Workflow> graph =
        lastReadable<Workflow>(graphs, graphFrom, QStringLiteral("embedded-workflow"),
                               tr("The embedded workflow cannot be read: %1"), diagnostics);
    if (!graph && !prompt) {
        return fail(withoutWorkflow(found, name, diagnostics));
    }
    if (!graph && found.isCut) {
        diagnostics.append(
            warning(QStringLiteral("cut-file"),
                    tr("%1 ends early: it has the prompt, but the workflow is lost.").arg(name)));
    }
    if (graphs.size() > 1 || prompts.size() > 1) {
        diagnostics.append(warning(
            QStringLiteral("several-workflows"),
            tr("%1 carries several different workflows. The last that can be read is used.").arg(name)));
    }
    Workflow workflow;
    if (graph) {
        workflow = std::move(*graph);
        workflow.embeddedPrompt = std::move(prompt);
    } else {
        workflow.document = std::move(*prompt);
    }
    if (workflow.graph() && workflow.embeddedPrompt) {
        if (const PromptNode* stranger = nodeOfAnotherGraph(*workflow.embeddedPrompt, *workflow.graph())) {
            diagnostics.append(warning(
                QStringLiteral("prompt-differs"),
                tr("The workflow in %1 is not the one that ran: it has no node “%2” (%3). The workflow "
                   "is used, and may give another result.")
                    .arg(name, foreignText(stranger->classType), foreignText(stranger->id.toString()))));
        }
    }
    workflow.diagnostics = diagnostics + workflow.diagnostics;
    workflow.carrier = found.carrier;
    return workflow;
}

} // namespace gesso
