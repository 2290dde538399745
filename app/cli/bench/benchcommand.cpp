// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/benchcommand.h"

#include "app/cli/bench/benchcatalog.h"
#include "app/cli/bench/benchjobs.h"
#include "app/cli/bench/benchpreviews.h"
#include "app/cli/workflowargument.h"
#include "core/base/clock.h"
#include "core/net/httperrors.h"
#include "core/run/runhistory.h"
#include "core/run/runservice.h"
#include "core/workflow/reader.h"

#include <CLI/CLI.hpp>
#include <QCoroSignal>

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTimer>

namespace gesso::cli {
namespace {

constexpr auto kConnectWait = std::chrono::seconds(5);
constexpr int kMaxSeconds = 86'400;
constexpr int kMaxJobs = 1'000'000;
constexpr int kMaxConcurrency = 10'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

} // namespace

void BenchCommand::declare(CLI::App& parent)
{
    CLI::App& app =
        add(parent, "bench", tr("Measure Gesso against a server"),
            "  gesso bench --scenario jobs --servers http://127.0.0.1:8188 --workflow api.json --jobs 100");
    app.group(""); // hidden: for scripts that compare clients
    app.add_option("--scenario", m_scenario, tr("What is measured").toStdString())
        ->required()
        ->check(CLI::IsMember({"jobs", "pool", "preview", "objinfo", "reconnect"}));
    app.add_option("--servers", m_servers, tr("Addresses, with commas between them").toStdString())
        ->required();
    app.add_option("--workflow", m_workflow, tr("API JSON whose node 3 has a seed").toStdString())
        ->required();
    app.add_option("--jobs", m_jobs, tr("How many").toStdString())->check(CLI::Range(1, kMaxJobs));
    app.add_option("--concurrency", m_concurrency, tr("How many at a time").toStdString())
        ->check(CLI::Range(1, kMaxConcurrency));
    app.add_option("--timeout", m_timeout, tr("Stop after so many seconds").toStdString())
        ->check(CLI::Range(1, kMaxSeconds));
    app.add_flag("--resubmit", m_resubmit, tr("Make runs again that the server has lost").toStdString());
}

QCoro::Task<ExitCode> BenchCommand::run(Surroundings surroundings)
{
    const Result<ServerProfile> profile = server();
    if (!profile) {
        co_return ended(surroundings.console, profile.error());
    }
    const Result<Prompt> work = prompt();
    if (!work) {
        co_return ended(surroundings.console, work.error());
    }
    const QTemporaryDir folder;
    if (!folder.isValid()) {
        co_return ended(surroundings.console, {ErrorKind::DiskError, folder.errorString(), {}, {}});
    }

    BenchReport report;
    CancelSource stop;
    surroundings.interrupt.onCancelled(QCoreApplication::instance(), [&stop] { stop.cancel(); });
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject::connect(&deadline, &QTimer::timeout, &deadline, [&stop, &report] {
        report.hitDeadline = true;
        stop.cancel();
    });
    deadline.start(std::chrono::seconds(m_timeout));

    RunHistory history(folder.filePath(QStringLiteral("history.db")));
    auto session = std::make_unique<ServerSession>(*profile, surroundings.clock,
                                                   folder.filePath(QStringLiteral("cache")), history,
                                                   ServerSession::Unfinished::Leave);
    if (m_scenario == "objinfo") {
        report.begin();
        co_await benchCatalog(session.get(), &report, stop.token());
    } else if (co_await connectTo(session.get(), &report, stop.token())) {
        const QString results = folder.filePath(QStringLiteral("results"));
        co_await measureJobs(session.get(), *work, results, &report, stop.token());
    } else {
        report.begin();
        report.failed = m_jobs;
    }
    report.end();
    surroundings.console.print(writeJson(report.toJson()) + '\n');
    co_return surroundings.interrupt.isCancelled() ? ExitCode::Cancelled : ExitCode::Done;
}

Result<ServerProfile> BenchCommand::server() const
{
    const QString servers = QString::fromStdString(m_servers);
    if (m_scenario == "pool" || servers.contains(QLatin1Char(','))) {
        return fail(ErrorKind::Usage, tr("Several servers are not a pool yet."), tr("Name one server only."));
    }
    ServerProfile profile;
    profile.url = serverUrlFromText(servers);
    if (!profile.url.isValid()) {
        return fail(ErrorKind::Usage, tr("\"%1\" is not a server address.").arg(servers));
    }
    profile.name = hostText(profile.url);
    return profile;
}

Result<Prompt> BenchCommand::prompt() const
{
    const QString path = QString::fromStdString(m_workflow);
    Result<Workflow> workflow = readWorkflowFile(path);
    if (!workflow) {
        return fail(workflow.error());
    }
    Prompt* const read = workflow->prompt();
    if (read == nullptr) {
        return fail(ErrorKind::Usage, tr("%1 is not in API format.").arg(path));
    }
    read->rebuildIndex();
    const PromptNode* const sampler = read->node(NodeId(QStringLiteral("3")));
    if (m_scenario != "objinfo"
        && (sampler == nullptr || sampler->input(QStringLiteral("seed")) == nullptr)) {
        return fail(ErrorKind::Usage, tr("Node 3 of %1 has no seed.").arg(path));
    }
    return *read;
}

QCoro::Task<bool> BenchCommand::connectTo(ServerSession* session, BenchReport* report, CancelToken cancel)
{
    const Result<void> opened = co_await session->open(cancel);
    if (!opened) {
        report->note(opened.error());
    }
    if (session->state() != ConnectionState::Connected && !cancel.isCancelled()) {
        co_await qCoro(&session->events(), &EventStream::connected, kConnectWait);
    }
    co_return session->state() == ConnectionState::Connected;
}

QCoro::Task<void> BenchCommand::measureJobs(ServerSession* session, Prompt prompt, QString folder,
                                            BenchReport* report, CancelToken stop)
{
    BenchJobs jobs(session->runs(), {prompt, folder, m_jobs, m_concurrency, m_resubmit}, *report);
    std::optional<BenchPreviews> previews;
    if (m_scenario == "preview") {
        previews.emplace(session->runs(), *report);
    }
    stop.onCancelled(&jobs, [&jobs] { jobs.stop(); });
    report->begin();
    jobs.start();
    co_await qCoro(&jobs, &BenchJobs::finished);
}

} // namespace gesso::cli
