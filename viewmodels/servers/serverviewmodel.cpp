// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/servers/serverviewmodel.h"

#include "core/server/discovery.h"
#include "core/server/serverchoice.h"
#include "viewmodels/servers/connectionwords.h"

#include <QCoroTask>
#include <QLocale>
#include <QPointer>
#include <QTimer>

namespace gesso {

namespace {

constexpr qsizetype maxRecent = 10;

} // namespace

class ServerViewModel::Private
{
public:
    Private(ServerViewModel* server, const Clock& usedClock, QString cache, DemoStarter demo)
        : q(server)
        , clock(usedClock)
        , cacheFolder(std::move(cache))
        , startDemo(std::move(demo))
        , none(std::make_shared<const NodeCatalog>())
        , guard(std::make_unique<QObject>())
    {
    }

    ~Private()
    {
        guard.reset(); // first: closing the sessions resumes the coroutines that wait for them
    }

    enum class OnFailure { Drop, KeepTrying };

    // Coroutines: after each wait they look whether `guard` is still there.
    QCoro::Task<> start();
    QCoro::Task<> connectToChosen(ServerProfile profile);
    QCoro::Task<> connectOrTell(ServerProfile profile, OnFailure onFailure);
    QCoro::Task<Result<void>> openServer(ServerProfile profile, OnFailure onFailure);
    QCoro::Task<> reopen();

    std::unique_ptr<ServerSession> makeSession(ServerProfile profile) const;
    void install();
    void showStatus();
    void dropCandidate();
    void remember(const ServerProfile& profile);
    void openDemo();
    Result<ServerProfile> demoProfile();

    ServerViewModel* q;
    const Clock& clock;
    QString cacheFolder;
    DemoStarter startDemo;
    RunHistory* history = nullptr;
    NodeCatalogPtr none;
    std::unique_ptr<ServerSession> session;
    std::unique_ptr<ServerSession> candidate; // being opened; replaces `session` once it answers
    QList<ServerProfile> recent; // tokens only here, in memory
    QString lastUsed;
    QTimer seconds; // runs while the status counts them
    std::unique_ptr<QObject> guard;
};

ServerViewModel::ServerViewModel(const Clock& clock, QString cacheFolder, DemoStarter startDemo,
                                 QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, clock, std::move(cacheFolder), std::move(startDemo)))
{
    constexpr int second = 1000;
    d->seconds.setInterval(second);
    connect(&d->seconds, &QTimer::timeout, this, [this] { d->showStatus(); });
}

ServerViewModel::~ServerViewModel() = default;

void ServerViewModel::setHistory(RunHistory* history)
{
    d->history = history;
}

// --- connecting ---

void ServerViewModel::start()
{
    d->start();
}

QCoro::Task<> ServerViewModel::Private::start()
{
    const QPointer<QObject> alive(guard.get());
    const Result<std::optional<ServerProfile>> named =
        namedServer({{}, qEnvironmentVariable("COMFYUI_SERVER_ADDRESS"), lastUsed, {}});
    if (!named) {
        Q_EMIT q->failed(named.error());
        co_return;
    }
    if (*named) {
        connectOrTell(**named, OnFailure::KeepTrying); // named on purpose: nothing else takes its place
        co_return;
    }
    const QUrl local = co_await discoverServer();
    if (!alive || session || candidate) {
        co_return; // the person was quicker
    }
    if (local.isValid()) {
        connectOrTell({{}, local, {}, false}, OnFailure::KeepTrying);
    } else {
        openDemo();
    }
}

void ServerViewModel::connectTo(const ServerProfile& profile)
{
    if (!profile.url.isValid() || profile.url.host().isEmpty()) {
        Q_EMIT failed({ErrorKind::Usage,
                       tr("That is not the address of a server."),
                       tr("Type one like studio-gpu:8188 or https://farm/comfy."),
                       {}});
        return;
    }
    d->connectToChosen(profile);
}

void ServerViewModel::connectToDemo()
{
    d->lastUsed.clear();
    d->openDemo();
    Q_EMIT recentChanged();
}

void ServerViewModel::Private::openDemo()
{
    const Result<ServerProfile> profile = demoProfile();
    if (profile) {
        connectOrTell(*profile, OnFailure::Drop);
    } else {
        Q_EMIT q->failed(profile.error());
    }
}

Result<ServerProfile> ServerViewModel::Private::demoProfile()
{
    if (!startDemo) {
        return fail(ErrorKind::Usage, ServerViewModel::tr("This build has no demo server."));
    }
    const Result<QUrl> url = startDemo();
    if (!url) {
        return fail(url.error());
    }
    return ServerProfile{ServerViewModel::tr("Demo server"), *url, {}, true};
}

QCoro::Task<> ServerViewModel::Private::connectOrTell(ServerProfile profile, OnFailure onFailure)
{
    const QPointer<QObject> alive(guard.get());
    const Result<void> opened = co_await openServer(std::move(profile), onFailure);
    if (alive && !opened && opened.error().kind != ErrorKind::Cancelled) {
        Q_EMIT q->failed(opened.error());
    }
}

QCoro::Task<Result<void>> ServerViewModel::Private::openServer(ServerProfile profile, OnFailure onFailure)
{
    const QPointer<QObject> alive(guard.get());
    dropCandidate();
    candidate = makeSession(std::move(profile));
    const ServerSession* const mine = candidate.get();
    Q_EMIT q->changed();

    const Result<void> opened = co_await candidate->open();
    if (!alive || candidate.get() != mine) {
        co_return fail(ErrorKind::Cancelled, ServerViewModel::tr("Another server was chosen meanwhile."));
    }
    if (opened || onFailure == OnFailure::KeepTrying) {
        install();
    } else {
        dropCandidate();
    }
    Q_EMIT q->changed();
    co_return opened;
}

std::unique_ptr<ServerSession> ServerViewModel::Private::makeSession(ServerProfile profile) const
{
    if (history == nullptr) {
        return std::make_unique<ServerSession>(std::move(profile), clock, cacheFolder);
    }
    return std::make_unique<ServerSession>(std::move(profile), clock, cacheFolder, *history,
                                           ServerSession::Unfinished::TakeOver);
}

QCoro::Task<> ServerViewModel::Private::connectToChosen(ServerProfile profile)
{
    const QPointer<QObject> alive(guard.get());
    co_await connectOrTell(profile, OnFailure::Drop);
    if (alive && session && session->profile() == profile) {
        lastUsed = profile.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
        Q_EMIT q->recentChanged();
    }
}

// Later, as this may be called from one of its own signals or coroutines.
void ServerViewModel::Private::dropCandidate()
{
    if (candidate) {
        candidate->setParent(q);
        candidate.release()->deleteLater();
    }
}

void ServerViewModel::Private::install()
{
    std::unique_ptr<ServerSession> old = std::exchange(session, std::move(candidate));
    connect(session.get(), &ServerSession::stateChanged, q, [this] { showStatus(); });
    connect(session.get(), &ServerSession::statsChanged, q, &ServerViewModel::changed);
    connect(session.get(), &ServerSession::catalogChanged, q, &ServerViewModel::catalogChanged);
    remember(session->profile());
    Q_EMIT q->sessionChanged(); // listeners still may look at the old one
    Q_EMIT q->catalogChanged();
    if (old) {
        // Runs it leaves unfinished may be of the same server.
        connect(old.get(), &QObject::destroyed, session.get(), &ServerSession::takeOverRuns);
        old->disconnect(q);
        old->setParent(q);
        old.release()->deleteLater();
    }
}

void ServerViewModel::Private::showStatus()
{
    if (session && countsSeconds(session->status())) {
        seconds.start();
    } else {
        seconds.stop();
    }
    Q_EMIT q->changed();
}

void ServerViewModel::reconnectNow()
{
    if (d->session) {
        d->reopen(); // the same session: its runs go on
    }
}

QCoro::Task<> ServerViewModel::Private::reopen()
{
    const QPointer<QObject> alive(guard.get());
    const Result<void> opened = co_await session->open();
    if (alive && !opened && opened.error().kind != ErrorKind::Cancelled) {
        Q_EMIT q->failed(opened.error());
    }
}

// --- what is known ---

void ServerViewModel::Private::remember(const ServerProfile& profile)
{
    if (profile.isDemo) {
        return;
    }
    recent.removeIf([&profile](const ServerProfile& known) { return known.url == profile.url; });
    recent.prepend(profile);
    recent = recent.mid(0, maxRecent);
    Q_EMIT q->recentChanged();
}

void ServerViewModel::setRecent(const QList<ServerProfile>& servers)
{
    d->recent = servers.mid(0, maxRecent);
}

QString ServerViewModel::lastUsed() const
{
    return d->lastUsed;
}

void ServerViewModel::setLastUsed(const QString& address)
{
    d->lastUsed = address;
}

QList<ServerProfile> ServerViewModel::recent() const
{
    return d->recent;
}

ServerSession* ServerViewModel::session() const
{
    return d->session.get();
}

bool ServerViewModel::isConnecting() const
{
    return d->candidate != nullptr;
}

NodeCatalogPtr ServerViewModel::catalog() const
{
    return d->session ? d->session->catalog() : d->none;
}

QString ServerViewModel::name() const
{
    const ServerSession* shown = d->session ? d->session.get() : d->candidate.get();
    if (shown == nullptr) {
        return {};
    }
    const ServerProfile& profile = shown->profile();
    if (!profile.name.isEmpty()) {
        return profile.name;
    }
    return profile.url.port() < 0 ? profile.url.host()
                                  : QString(profile.url.host() + u':' + QString::number(profile.url.port()));
}

QString ServerViewModel::url() const
{
    return d->session ? d->session->profile().url.toDisplayString(QUrl::RemoveUserInfo) : QString();
}

bool ServerViewModel::isDemo() const
{
    if (!d->session) {
        return false;
    }
    const std::optional<SystemStats> stats = d->session->stats();
    return d->session->profile().isDemo || (stats && stats->isDemo);
}

ConnectionState ServerViewModel::state() const
{
    if (d->session) {
        return d->session->state();
    }
    return d->candidate ? ConnectionState::Connecting : ConnectionState::Disconnected;
}

QString ServerViewModel::reason() const
{
    return d->session ? d->session->stateReason() : d->candidate ? QString() : tr("No server is connected.");
}

ConnectionStatus ServerViewModel::status() const
{
    if (d->session) {
        return d->session->status();
    }
    return {state(), {ConnectionTrouble::None, reason(), {}}, -1, -1};
}

int ServerViewModel::latencyMs() const
{
    return d->session ? d->session->latencyMs() : -1;
}

QString ServerViewModel::statusLine() const
{
    const std::optional<SystemStats> stats = d->session ? d->session->stats() : std::nullopt;
    if (!stats) {
        return {};
    }
    QStringList parts;
    if (!stats->version.isEmpty()) {
        parts.append(tr("ComfyUI %1").arg(stats->version));
    }
    constexpr double bytesPerGb = 1024.0 * 1024 * 1024;
    for (const DeviceStats& device : stats->devices) {
        if (device.vramTotal > 0) {
            const double used = (device.vramTotal - device.vramFree) / bytesPerGb;
            parts.append(tr("VRAM %1 / %2 GB")
                             .arg(QLocale().toString(used, 'f', 1),
                                  QLocale().toString(device.vramTotal / bytesPerGb, 'f', 0)));
        }
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace gesso
