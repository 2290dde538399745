// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspectcommand.h"

#include "app/cli/textreport.h"
#include "app/cli/workflowargument.h"
#include "core/workflow/carriedworkflow.h"
#include "core/workflow/foreigntext.h"
#include "core/workflow/reader.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

} // namespace

void InspectCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "inspect", tr("Show the workflow, prompt and parameters found in a file"),
                        "  gesso inspect picture.png\n"
                        "  gesso inspect clip.mp4 --workflow > workflow.json\n"
                        "  gesso inspect picture.webp --json | jq .content");
    app.add_option("file", m_file, tr("A picture, film, sound or model, or a workflow").toStdString())
        ->required()
        ->type_name("FILE");
    auto* workflow =
        app.add_flag("--workflow", m_workflow, tr("Print only the workflow, as JSON").toStdString());
    app.add_flag("--prompt", m_prompt, tr("Print only the prompt, as JSON").toStdString())
        ->excludes(workflow);
}

QCoro::Task<ExitCode> InspectCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const Result<EmbeddedTexts> found = readEmbeddedTextsFile(QString::fromStdString(m_file));
    if (!found) {
        co_return ended(console, found.error());
    }
    co_return m_workflow || m_prompt ? printDocument(*found, console) : describe(*found, console);
}

ExitCode InspectCommand::describe(const EmbeddedTexts& found, Console& console) const
{
    if (found.texts.isEmpty()) {
        return ended(console,
                     {ErrorKind::Unreadable,
                      found.isCut ? tr("%1 ends early, before any workflow or prompt.").arg(name())
                                  : tr("%1 carries no workflow and no prompt.").arg(name()),
                      found.isCut
                          ? tr("It is only a part of a file: get it again, whole.")
                          : tr("Files lose them when they are edited, converted or sent through a chat."),
                      {}});
    }
    QString report =
        tr("%1: %2, texts: %3").arg(name(), found.carrier, QString::number(found.texts.size())) + u'\n';
    for (const EmbeddedText& text : found.texts) {
        console.event("text", textMembers(text, found.carrier));
        report += textLine(text);
    }
    if (const auto parameters = readGenerationParameters(found.texts)) {
        console.event("parameters", parameterMembers(*parameters));
        report += parameterLines(*parameters);
    }
    if (!console.isJson()) {
        console.print(report.toUtf8());
    }
    if (const Result<Workflow> workflow = workflowFromTexts(found, name())) {
        for (const Diagnostic& finding : workflow->diagnostics) {
            console.report(finding);
        }
    }
    return ExitCode::Done;
}

// The one that Gesso would open.
ExitCode InspectCommand::printDocument(const EmbeddedTexts& found, Console& console) const
{
    const Result<Workflow> workflow = workflowFromTexts(found, name());
    if (!workflow) {
        return ended(console, workflow.error());
    }
    Json document;
    if (m_workflow && workflow->graph()) {
        document = toJson(*workflow->graph());
    } else if (m_prompt && (workflow->prompt() || workflow->embeddedPrompt)) {
        document = toJson(workflow->prompt() ? *workflow->prompt() : *workflow->embeddedPrompt);
    } else {
        return ended(console,
                     {ErrorKind::Unreadable,
                      m_workflow ? tr("%1 carries a prompt, but no workflow.").arg(name())
                                 : tr("%1 carries a workflow, but no prompt.").arg(name()),
                      m_workflow ? tr("Use --prompt.") : tr("“gesso convert” makes one from the workflow."),
                      {}});
    }
    const char* kind = m_workflow ? "workflow" : "prompt";
    console.event(kind, {{kind, document}});
    if (!console.isJson()) {
        console.print(writeJson(document, 2) + '\n');
    }
    return ExitCode::Done;
}

QString InspectCommand::name() const
{
    return foreignText(QFileInfo(QString::fromStdString(m_file)).fileName());
}

} // namespace gesso::cli
