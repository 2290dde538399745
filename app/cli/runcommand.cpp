// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runcommand.h"

#include "app/cli/connectionreporter.h"
#include "app/cli/historyreporter.h"
#include "app/cli/runfollower.h"
#include "app/cli/seedsequence.h"
#include "app/cli/workflowargument.h"
#include "core/base/clock.h"
#include "core/demo/demoserver.h"
#include "core/form/formbuilder.h"
#include "core/workflow/reader.h"

#include <CLI/CLI.hpp>
#include <QCoroSignal>

#include <QCoreApplication>
#include <QDir>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

constexpr int kMaxBatch = 10'000;

void announce(Console& console, const ChosenServer& server)
{
    const ServerProfile& profile = server.session->profile();
    Json members = {{"server", toJson(server.name())},
                    {"url", toJson(profile.url.toString())},
                    {"demo", server.demo != nullptr}};
    if (const auto stats = server.session->stats()) {
        members["version"] = toJson(stats->version);
    }
    console.event("server", std::move(members));
    if (server.demo) {
        console.say(tr("No server found: the built-in demo server paints. Name a real one with --server."));
    }
}

void announce(Console& console, const RunRequest& request, qsizetype index, qsizetype count)
{
    Json members = {{"run", toJson(request.id.toString())},
                    {"title", toJson(request.title)},
                    {"index", index + 1},
                    {"count", count}};
    if (request.seed) {
        members["seed"] = request.seed->value;
    }
    console.event("submitted", std::move(members));
}

} // namespace

void RunCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "run", tr("Run a workflow and save its results"),
                        "  gesso run portrait.json -p \"PositivePrompt=a lighthouse\" -p Seed=7\n"
                        "  gesso run inpaint.json -p Image=photo.png -p Mask=mask.png --output results\n"
                        "  gesso run portrait.png --server gpu-box:8188 --batch 4 --json");
    app.add_option("workflow", m_workflow, tr("A workflow, or a picture that carries one").toStdString())
        ->required()
        ->type_name("WORKFLOW");
    m_parameters.declare(app);
    m_server.declare(app);
    app.add_option("--output,-o", m_output, tr("Folder for the results").toStdString())
        ->type_name("DIR")
        ->capture_default_str();
    app.add_option("--timeout", m_timeout,
                   tr("Interrupt what has not ended after so many seconds").toStdString())
        ->type_name("S")
        ->check(CLI::Range(1, 604'800));
    app.add_option("--batch", m_batch, tr("Run it so often, each with a seed of its own").toStdString())
        ->type_name("N")
        ->check(CLI::Range(1, kMaxBatch))
        ->capture_default_str();
    app.add_flag("--preview", m_preview,
                 tr("With --json: a line with each preview picture (base64)").toStdString())
        ->needs("--json");
}

QCoro::Task<ExitCode> RunCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const QString path = QString::fromStdString(m_workflow);
    Result<Workflow> workflow = readWorkflowFile(path);
    if (!workflow) {
        co_return ended(console, workflow.error());
    }
    if (const Result<void> folder = checkOutputFolder(); !folder) {
        co_return ended(console, folder.error());
    }
    m_server.keep = KeepRuns::Own;
    Result<ChosenServer> server =
        co_await chooseServer(m_server, &surroundings.clock, surroundings.interrupt);
    if (!server) {
        co_return ended(console, server.error());
    }
    announce(console, *server);
    reportReading(console, *workflow);
    const HistoryReporter historyReporter(*server->history, console);
    const NodeCatalogPtr catalog = server->session->catalog();
    const Result<QList<RunRequest>> requests = makeRequests(console, *workflow, *catalog, surroundings.clock);
    if (!requests) {
        co_return ended(console, requests.error());
    }

    const ConnectionReporter reporter(*server->session, console);
    RunFollower follower(server->session->runs(), catalog, console, m_preview);
    surroundings.interrupt.onCancelled(&follower, [&console, &follower] {
        console.say(tr("Interrupting the run on the server; press Ctrl-C again to leave at once."));
        follower.cancelAll();
    });
    QTimer deadline;
    deadline.setSingleShot(true);
    QObject::connect(&deadline, &QTimer::timeout, &follower,
                     [this, &follower] { follower.timeOut(m_timeout); });
    if (m_timeout > 0) {
        deadline.start(std::chrono::seconds(m_timeout));
    }
    for (qsizetype i = 0; i < requests->size(); ++i) {
        announce(console, requests->at(i), i, requests->size());
        follower.submit(requests->at(i));
    }
    if (!follower.hasFinished()) {
        co_await qCoro(&follower, &RunFollower::finished);
    }
    co_return follower.exitCode();
}

Result<void> RunCommand::checkOutputFolder()
{
    const QString folder = QDir(QString::fromStdString(m_output)).absolutePath();
    if (!QDir().mkpath(folder)) {
        return fail(ErrorKind::DiskError, tr("The folder %1 cannot be made.").arg(folder),
                    tr("Choose another with --output."));
    }
    m_output = folder.toStdString();
    return {};
}

Result<QList<RunRequest>> RunCommand::makeRequests(Console& console, Workflow& workflow,
                                                   const NodeCatalog& catalog, const Clock& clock) const
{
    Form form = buildForm(workflow, catalog);
    const Result<QList<RunUpload>> uploads = applyParameters(m_parameters, workflow, catalog, form);
    if (!uploads) {
        return fail(uploads.error());
    }
    SeedSequence seeds(form);
    QList<RunRequest> requests;
    for (int i = 0; i < m_batch; ++i) {
        if (i > 0) {
            if (const Result<void> next = seeds.advance(workflow, catalog, form); !next) {
                return fail(next.error());
            }
        }
        Result<RunRequest> request = makeRequest(console, workflow, catalog, form, clock, quint64(i));
        if (!request) {
            return fail(request.error());
        }
        request->uploads = *uploads;
        requests.append(*request);
    }
    return requests;
}

Result<RunRequest> RunCommand::makeRequest(Console& console, const Workflow& workflow,
                                           const NodeCatalog& catalog, const Form& form, const Clock& clock,
                                           quint64 index) const
{
    const std::optional<Seed> seed = mainSeed(form);
    ConversionOptions options;
    options.choices = ChoiceRule::Random;
    options.randomSeed = seed ? seed->value : index; // runs of a batch differ, the same command repeats
    options.now = clock.now().toLocalTime();
    const Result<Conversion> conversion = promptFor(workflow, catalog, options);
    if (!conversion) {
        return fail(conversion.error());
    }
    for (const Diagnostic& finding : conversion->diagnostics) {
        if (index == 0 || finding.severity == Severity::Error) { // a batch would say the same each time
            console.report(finding);
        }
    }
    if (hasErrors(conversion->diagnostics)) {
        return fail(ErrorKind::InvalidWorkflow, tr("%1 cannot be run as it is.").arg(workflow.title),
                    tr("Nothing was sent; see the findings above."));
    }
    RunRequest request;
    request.id = newPromptId();
    request.title = workflow.title;
    request.prompt = conversion->prompt;
    request.workflow = workflow.isGraph() ? toJson(workflow) : Json();
    request.seed = seed;
    request.outputFolder = QString::fromStdString(m_output);
    request.created = clock.now();
    return request;
}

} // namespace gesso::cli
