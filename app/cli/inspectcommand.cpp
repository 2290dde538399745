// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspectcommand.h"

#include "app/cli/workflowargument.h"
#include "core/workflow/reader.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFile>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

constexpr qint64 kMaxFileBytes = 512LL * 1024 * 1024; // as much as readWorkflowFile takes

Result<EmbeddedTexts> textsOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Unreadable, tr("%1 cannot be read.").arg(path), file.errorString());
    }
    if (file.size() > kMaxFileBytes) {
        return fail(ErrorKind::TooLarge, tr("%1 is too large to look into.").arg(path));
    }
    return readEmbeddedTexts(file.readAll());
}

// JSON as JSON; anything else (Python's NaN aside, parameters of other programs) as the text it is.
Json contentOf(const QByteArray& text)
{
    const Result<Json> json = parseJson(text);
    return json && json->is_structured() ? *json : toJson(QString::fromUtf8(text));
}

QByteArray readable(const Json& content)
{
    return content.is_string() ? toQString(content).toUtf8() : writeJson(content, 2);
}

} // namespace

void InspectCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "inspect", tr("Show the workflow and prompt found in a file"),
                        "  gesso inspect picture.png\n"
                        "  gesso inspect picture.webp --json | jq .content");
    app.add_option("file", m_file, tr("A picture or a workflow").toStdString())
        ->required()
        ->type_name("FILE");
}

QCoro::Task<ExitCode> InspectCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const Result<EmbeddedTexts> found = textsOf(QString::fromStdString(m_file));
    if (!found) {
        co_return ended(console, found.error());
    }
    if (found->texts.isEmpty()) {
        co_return ended(console,
                        {ErrorKind::Unreadable,
                         tr("%1 carries no workflow and no prompt.").arg(QString::fromStdString(m_file)),
                         tr("Pictures lose them when they are edited or sent through a chat."),
                         {}});
    }
    for (const auto& [key, text, place] : found->texts) {
        const Json content = contentOf(text);
        console.event("text",
                      {{"carrier", toJson(found->carrier)}, {"key", toJson(key)}, {"content", content}});
        if (!console.isJson()) {
            console.print(key.toUtf8() + ":\n" + readable(content) + "\n");
        }
    }
    co_return ExitCode::Done;
}

} // namespace gesso::cli
