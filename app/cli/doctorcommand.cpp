// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/doctorcommand.h"

#include "app/cli/commandline.h"
#include "app/cli/workflowargument.h"
#include "core/base/clock.h"
#include "viewmodels/diagnostics/localchecks.h"
#include "viewmodels/diagnostics/report.h"
#include "viewmodels/diagnostics/serverchecks.h"
#include "viewmodels/shell/shellsettings.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

// With the output folder that the person chose, if one was.
UsedPlaces placesInUse()
{
    UsedPlaces places = standardPlaces();
    if (const QString chosen = ShellSettings(places.settingsFile).outputFolder(); !chosen.isEmpty()) {
        places.outputFolder = chosen;
    }
    return places;
}

} // namespace

void DoctorCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "doctor", tr("Look at what Gesso needs and say what is missing"),
                        "  gesso doctor\n"
                        "  gesso doctor --server gpu-box:8188 --json\n"
                        "  gesso doctor --bundle gesso-report.txt");
    m_server.declare(app);
    app.add_option("--bundle", m_bundle,
                   tr("Write the findings, settings and logs into a new file, without names and addresses")
                       .toStdString())
        ->type_name("FILE");
}

QCoro::Task<ExitCode> DoctorCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const QString bundle = QString::fromStdString(m_bundle);
    if (!bundle.isEmpty() && QFileInfo::exists(bundle)) {
        co_return ended(console,
                        {ErrorKind::Usage, tr("%1 exists already.").arg(bundle), tr("Name a new file."), {}});
    }
    CheckResults results = systemChecks(CommandLine::version()) + placeChecks(placesInUse());
    const Result<ChosenServer> server =
        co_await chooseServer(m_server, &surroundings.clock, surroundings.interrupt);
    if (!server && server.error().kind == ErrorKind::Cancelled) {
        co_return ended(console, server.error());
    }
    results += server ? serverChecks(*server->session, {}) : serverChecks(server.error());
    co_return conclude(console, results, server.has_value(), surroundings.clock);
}

ExitCode DoctorCommand::conclude(Console& console, const CheckResults& results, bool isReached,
                                 const Clock& clock) const
{
    for (const CheckResult& result : results) {
        console.event("check", toJson(result));
    }
    if (!console.isJson()) {
        console.print(reportText(results).toUtf8());
    }
    if (!m_bundle.empty()) {
        const UsedPlaces places = standardPlaces();
        const QString path = QString::fromStdString(m_bundle);
        Anonymizer anonymizer;
        anonymizer.hideAddress(QString::fromStdString(m_server.server.value_or(std::string())));
        const QString text =
            diagnosticsBundle(results, places.settingsFile, places.logFolder, anonymizer, clock.now());
        if (const Result<void> written = writeBundle(path, text); !written) {
            return ended(console, written.error());
        }
        console.event("bundle", {{"path", toJson(path)}});
        console.say(tr("%1 can be attached to a report. Read it first: it is plain text.").arg(path));
    }
    if (!isReached) {
        return ExitCode::Unreachable;
    }
    return hasProblems(results) ? ExitCode::Failed : ExitCode::Done;
}

} // namespace gesso::cli
