// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serverchoice.h"

#include "core/comfy/trafficrecorder.h"
#include "core/demo/demoserver.h"
#include "core/run/runhistory.h"
#include "core/server/discovery.h"
#include "core/server/serverchoice.h"
#include "viewmodels/shell/shellsettings.h"
#include "viewmodels/shell/standardplaces.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

constexpr std::string_view kDemo = "demo";
const QString kLocalServer = QStringLiteral("127.0.0.1:8188");

// Long enough for a local server that is busy loading a model, short enough not to be waited for.
constexpr int kProbeMs = 2000;

// How the commands reach any server.
struct Way {
    TrafficTapPtr tap;
    KeepRuns keep = KeepRuns::No;
};

QCoro::Task<Result<ChosenServer>> openServer(ServerProfile profile, Way way, const Clock* clock,
                                             CancelToken cancel)
{
    ChosenServer chosen;
    const UsedPlaces places = standardPlaces();
    if (way.keep == KeepRuns::No) {
        chosen.session = std::make_unique<ServerSession>(profile, *clock, places.cacheFolder);
    } else {
        chosen.history = std::make_unique<RunHistory>(RunHistory::fileIn(places.dataFolder));
        chosen.session = std::make_unique<ServerSession>(profile, *clock, places.cacheFolder, *chosen.history,
                                                         way.keep == KeepRuns::OwnAndAbandoned
                                                             ? ServerSession::Unfinished::TakeOver
                                                             : ServerSession::Unfinished::Leave);
    }
    chosen.session->setTap(std::move(way.tap)); // before the first word
    const Result<void> opened = co_await chosen.session->open(cancel);
    if (!opened) {
        co_return fail(opened.error());
    }
    co_return chosen;
}

QCoro::Task<Result<ChosenServer>> startDemo(Way way, const Clock* clock, CancelToken cancel)
{
    auto demo = std::make_unique<demo::DemoServer>();
    const Result<QUrl> url = demo->start();
    if (!url) {
        co_return fail(url.error());
    }
    ServerProfile profile;
    profile.name = tr("Demo server");
    profile.url = *url;
    profile.isDemo = true;
    Result<ChosenServer> chosen = co_await openServer(profile, way, clock, cancel);
    if (chosen) {
        chosen->demo = std::move(demo);
    }
    co_return chosen;
}

// Null if nothing is to be recorded.
Result<TrafficTapPtr> recorderFor(const ServerOptions& options)
{
    if (options.record.empty()) {
        return TrafficTapPtr();
    }
    const auto recorder = TrafficRecorder::start(QString::fromStdString(options.record));
    return recorder ? Result<TrafficTapPtr>(*recorder) : fail(recorder.error());
}

} // namespace

ChosenServer::ChosenServer() = default;
ChosenServer::ChosenServer(ChosenServer&&) noexcept = default;
ChosenServer::~ChosenServer() = default;

ChosenServer& ChosenServer::operator=(ChosenServer&& other) noexcept
{
    session = std::move(other.session);
    history = std::move(other.history);
    demo = std::move(other.demo);
    return *this;
}

QString ChosenServer::name() const
{
    return demo ? QStringLiteral("demo") : session->profile().name;
}

void ServerOptions::declare(CLI::App& app)
{
    app.add_option(
           "--server", server,
           tr("Server address, such as gpu-box:8188, or demo (else COMFYUI_SERVER_ADDRESS)").toStdString())
        ->type_name("URL");
    app.add_option("--token", token,
                   tr("Bearer token (else COMFYUI_TOKEN, which other users cannot see)").toStdString())
        ->type_name("T");
    app.add_flag("--no-demo", noDemo, tr("Never use the built-in demo server").toStdString());
    app.add_option(
           "--record", record,
           tr("Write all that is said to and by the server into a new file, for a report").toStdString())
        ->type_name("FILE");
}

QCoro::Task<Result<ChosenServer>> chooseServer(ServerOptions options, const Clock* clock, CancelToken cancel)
{
    const QString token =
        options.token.empty() ? qEnvironmentVariable("COMFYUI_TOKEN") : QString::fromStdString(options.token);
    const Result<TrafficTapPtr> tap = recorderFor(options);
    if (!tap) {
        co_return fail(tap.error());
    }
    const Way way{*tap, options.keep};
    if (options.server == kDemo) {
        co_return co_await startDemo(way, clock, cancel);
    }
    if (options.server && options.server->empty()) {
        co_return fail(ErrorKind::Usage, tr("\"\" is not a server address."),
                       tr("Write it as gpu-box:8188, or demo."));
    }
    const ServerWishes wishes{QString::fromStdString(options.server.value_or(std::string())),
                              qEnvironmentVariable("COMFYUI_SERVER_ADDRESS"), lastServerAddress(), token};
    const Result<std::optional<ServerProfile>> named = namedServer(wishes);
    if (!named) {
        co_return fail(named.error());
    }
    if (*named) {
        Result<ChosenServer> chosen = co_await openServer(**named, way, clock, cancel);
        if (chosen) {
            rememberServer(**named);
        }
        co_return chosen;
    }
    // Named, not inside the awaited call: GCC 12 refuses initializer lists there.
    const QList<QUrl> usual{serverUrlFromText(kLocalServer)};
    if (const QUrl local = co_await discoverServer(usual, kProbeMs, cancel); local.isValid()) {
        ServerProfile profile;
        profile.name = kLocalServer;
        profile.url = local;
        co_return co_await openServer(profile, way, clock, cancel);
    }
    if (cancel.isCancelled()) {
        co_return fail(ErrorKind::Cancelled, tr("Stopped before a server was found."));
    }
    if (options.noDemo) {
        co_return fail(ErrorKind::Unreachable,
                       tr("No server answers on %1, and the demo server is forbidden.").arg(kLocalServer),
                       tr("Name one with --server or COMFYUI_SERVER_ADDRESS."));
    }
    co_return co_await startDemo(way, clock, cancel);
}

QString lastServerAddress()
{
    return ShellSettings(standardPlaces().settingsFile).lastServer();
}

void rememberServer(const ServerProfile& profile)
{
    if (!profile.isDemo) {
        ShellSettings(standardPlaces().settingsFile)
            .setLastServer(profile.url.toString(QUrl::RemoveUserInfo));
    }
}

} // namespace gesso::cli
