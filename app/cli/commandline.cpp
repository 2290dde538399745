// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"

#include "app/cli/bench/benchcommand.h"
#include "app/cli/completioncommand.h"
#include "app/cli/convertcommand.h"
#include "app/cli/demoservercommand.h"
#include "app/cli/doctorcommand.h"
#include "app/cli/exitcodes.h"
#include "app/cli/inspectcommand.h"
#include "app/cli/interruptwatcher.h"
#include "app/cli/paramscommand.h"
#include "app/cli/resumecommand.h"
#include "app/cli/runcommand.h"
#include "app/cli/validatecommand.h"
#include "core/base/clock.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace gesso::cli {
namespace {

// Any of them says where a window can go.
[[maybe_unused]] constexpr const char* kDisplays[]{"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"};

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return std::any_of(std::begin(kDisplays), std::end(kDisplays),
                       [](const char* name) { return !qEnvironmentVariableIsEmpty(name); });
#else
    return true;
#endif
}

} // namespace

CommandLine::CommandLine()
    : m_app(std::make_unique<CLI::App>(
        tr("Gesso, a native desktop studio for ComfyUI. Without a command it opens the window.")
            .toStdString(),
        "gesso"))
{
    m_app->set_version_flag("--version", "gesso " + version().toStdString());
    m_app->require_subcommand(0, 1);
    m_app->footer("Examples:\n"
                  "  gesso portrait.json\n"
                  "  gesso run portrait.json -p \"PositivePrompt=a lighthouse\" -p Seed=7 --json\n"
                  "  gesso validate portrait.json --server gpu-box:8188\n\n"
                  + tr("Exit codes: 0 done, 1 refused or failed, 2 wrong usage or unreadable input, 3 server "
                       "unreachable, 4 cancelled.")
                        .toStdString());
    m_app->add_option("files", m_files, tr("Workflows or pictures to open in the window").toStdString())
        ->type_name("FILE");

    m_commands.push_back(std::make_unique<RunCommand>());
    m_commands.push_back(std::make_unique<ResumeCommand>());
    m_commands.push_back(std::make_unique<ConvertCommand>());
    m_commands.push_back(std::make_unique<ParamsCommand>());
    m_commands.push_back(std::make_unique<ValidateCommand>());
    m_commands.push_back(std::make_unique<InspectCommand>());
    m_commands.push_back(std::make_unique<DoctorCommand>());
    m_commands.push_back(std::make_unique<DemoServerCommand>());
    m_commands.push_back(std::make_unique<CompletionCommand>());
    m_commands.push_back(std::make_unique<BenchCommand>());
    for (const auto& command : m_commands) {
        command->declare(*m_app);
    }
    m_gui = m_app->add_subcommand("gui", tr("Open the window").toStdString());
    m_gui->add_option("files", m_guiFiles, tr("Workflows or pictures to open").toStdString())
        ->type_name("FILE");
}

CommandLine::~CommandLine() = default;

std::optional<int> CommandLine::parse(int argc, char** argv)
{
    // A wrong option may be the very one that hides --json from the parser.
    const bool json = std::any_of(
        argv, argv + argc, [](const char* argument) { return std::string_view(argument) == "--json"; });
    try {
        m_app->parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            return m_app->exit(error); // help or version, printed on stdout
        }
        return reportUsage(json, QString::fromUtf8(error.what()));
    }
    return wantsWindow() ? keptFromWindow(json) : std::nullopt;
}

// A mistyped command is no file to open; and without a display Qt would end the program in the middle.
std::optional<int> CommandLine::keptFromWindow(bool json) const
{
    const QStringList named = m_gui->parsed() ? QStringList() : files();
    const QString first = named.isEmpty() ? QString() : named.constFirst();
    const bool isWord = !first.isEmpty() && !first.contains(u'.') && !first.contains(u'/');
    if (isWord && !QFileInfo::exists(first)) {
        return reportUsage(json, tr("“%1” is neither a command nor a file.").arg(first));
    }
    if (hasDisplay()) {
        return std::nullopt;
    }
    Console(json).report({ErrorKind::Usage,
                          tr("There is no display to open a window on."),
                          tr("Use a command, such as gesso run, or set DISPLAY or WAYLAND_DISPLAY."),
                          {}});
    return toInt(ExitCode::Usage);
}

int CommandLine::reportUsage(bool json, const QString& message) const
{
    Console console(json);
    const auto used = m_app->get_subcommands();
    const QString command = used.empty()
        ? QStringLiteral("gesso")
        : QStringLiteral("gesso ") + QString::fromStdString(used.front()->get_name());
    console.report({ErrorKind::Usage, message, tr("See %1 --help.").arg(command), {}});
    return toInt(ExitCode::Usage);
}

bool CommandLine::wantsWindow() const
{
    return chosen() == nullptr;
}

QStringList CommandLine::files() const
{
    QStringList paths;
    for (const std::string& file : m_gui->parsed() ? m_guiFiles : m_files) {
        paths.append(QString::fromStdString(file));
    }
    return paths;
}

int CommandLine::run()
{
    Command* command = chosen();
    Console console(command->wantsJson());
    const SystemClock clock;
    CancelSource interrupt;
    InterruptWatcher watcher;
    QObject::connect(&watcher, &InterruptWatcher::interrupted, &watcher,
                     [&interrupt] { interrupt.cancel(); });
    return toInt(QCoro::waitFor(command->run({console, clock, interrupt.token()})));
}

QString CommandLine::version()
{
    return QStringLiteral(GESSO_VERSION);
}

Command* CommandLine::chosen() const
{
    for (const auto& command : m_commands) {
        if (command->isChosen()) {
            return command.get();
        }
    }
    return nullptr;
}

} // namespace gesso::cli
