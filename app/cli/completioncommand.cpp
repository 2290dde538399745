// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/completioncommand.h"

#include "app/cli/workflowargument.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFile>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

} // namespace

void CompletionCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "completion", tr("Print a completion script for a shell"),
                        "  source <(gesso completion bash)\n"
                        "  gesso completion zsh > \"${fpath[1]}/_gesso\"\n"
                        "  gesso completion fish | source");
    app.add_option("shell", m_shell, tr("The shell").toStdString())
        ->required()
        ->type_name("SHELL")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

QCoro::Task<ExitCode> CompletionCommand::run(Surroundings surroundings)
{
    QFile script(QStringLiteral(":/gesso/completions/gesso.") + QString::fromStdString(m_shell));
    if (!script.open(QIODevice::ReadOnly)) {
        co_return ended(surroundings.console,
                        {ErrorKind::Internal, tr("The completion script is missing in this build."), {}, {}});
    }
    surroundings.console.print(script.readAll());
    co_return ExitCode::Done;
}

} // namespace gesso::cli
