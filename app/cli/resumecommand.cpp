// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resumecommand.h"

#include "app/cli/historyreporter.h"
#include "app/cli/runfollower.h"
#include "app/cli/workflowargument.h"
#include "core/demo/demoserver.h"
#include "core/run/runhistory.h"

#include <CLI/CLI.hpp>
#include <QCoroFuture>
#include <QCoroSignal>

#include <QCoreApplication>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

void announce(Console& console, RunService& runs, const PromptId& run)
{
    const RunRequest* request = runs.request(run);
    Json members = {{"run", toJson(run.toString())},
                    {"title", toJson(request->title)},
                    {"folder", toJson(request->outputFolder)}};
    if (request->seed) {
        members["seed"] = request->seed->value;
    }
    console.event("resumed", std::move(members));
}

void tellAbandoned(Console& console, const QList<AbandonedRuns>& elsewhere)
{
    for (const AbandonedRuns& runs : elsewhere) {
        console.event("unfinished", {{"server", toJson(runs.server)}, {"count", runs.count}});
        console.say(tr("%1 unfinished on %2: gesso resume --server %2").arg(runs.count).arg(runs.server));
    }
}

} // namespace

void ResumeCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "resume", tr("Go on with runs that an ended Gesso left behind"),
                        "  gesso resume\n"
                        "  gesso resume --server gpu-box:8188 --resubmit --json");
    m_server.declare(app);
    app.add_flag("--resubmit", m_resubmitLost,
                 tr("Send runs again that the server has forgotten").toStdString());
}

QCoro::Task<ExitCode> ResumeCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    m_server.keep = KeepRuns::OwnAndAbandoned;
    Result<ChosenServer> server =
        co_await chooseServer(m_server, &surroundings.clock, surroundings.interrupt);
    if (!server) {
        co_return ended(console, server.error());
    }
    const HistoryReporter historyReporter(*server->history, console);
    RunService& runs = server->session->runs();
    RunFollower follower(runs, server->session->catalog(), console, false);
    surroundings.interrupt.onCancelled(&follower, [&console, &follower] {
        console.say(tr("Left; the runs go on. Take them up again with gesso resume."));
        follower.leave();
    });
    runs.setResubmitLost(m_resubmitLost);
    const QList<PromptId> unfinished = runs.runs();
    for (const PromptId& run : unfinished) {
        announce(console, runs, run);
        follower.follow(run);
    }
    if (unfinished.isEmpty()) {
        console.say(tr("Nothing is unfinished on %1.").arg(server->name()));
    }
    if (!follower.hasFinished()) {
        co_await qCoro(&follower, &RunFollower::finished);
    }
    const Result<QList<AbandonedRuns>> elsewhere = co_await server->history->abandonedRuns();
    tellAbandoned(console, elsewhere.value_or(QList<AbandonedRuns>()));
    co_return follower.exitCode();
}

} // namespace gesso::cli
