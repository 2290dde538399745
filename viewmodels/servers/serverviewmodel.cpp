// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/servers/serverviewmodel.h"

#include <QCoroTask>
#include <QLocale>
#include <QPointer>

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
    {
    }

    enum class OnFailure { Drop, KeepTrying };

    // Static, with a guard: a coroutine goes on when its object is gone.
    static QCoro::Task<> start(QPointer<ServerViewModel> self);
    static QCoro::Task<> connectOrTell(QPointer<ServerViewModel> self, ServerProfile profile);
    static QCoro::Task<Result<void>> openServer(QPointer<ServerViewModel> self, ServerProfile profile,
                                                OnFailure onFailure);
    static QCoro::Task<> reopen(QPointer<ServerViewModel> self, QPointer<ServerSession> session);

    void install();
    void dropCandidate();
    void remember(const ServerProfile& profile);
    Result<ServerProfile> demoProfile();

    ServerViewModel* q;
    const Clock& clock;
    QString cacheFolder;
    DemoStarter startDemo;
    NodeCatalogPtr none;
    std::unique_ptr<ServerSession> session;
    std::unique_ptr<ServerSession> candidate; // being opened; replaces `session` once it answers
    QList<ServerProfile> recent; // tokens only here, in memory
};

ServerViewModel::ServerViewModel(const Clock& clock, QString cacheFolder, DemoStarter startDemo,
                                 QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, clock, std::move(cacheFolder), std::move(startDemo)))
{
}

ServerViewModel::~ServerViewModel() = default;

// --- connecting ---

void ServerViewModel::start()
{
    Private::start(this);
}

QCoro::Task<> ServerViewModel::Private::start(QPointer<ServerViewModel> self)
{
    const QString named = qEnvironmentVariable("COMFYUI_SERVER_ADDRESS");
    if (!named.isEmpty()) {
        // Named on purpose: nothing else may take its place.
        const Result<void> opened =
            co_await openServer(self, {{}, serverUrlFromText(named), {}, false}, OnFailure::KeepTrying);
        if (self && !opened) {
            Q_EMIT self->failed(opened.error());
        }
        co_return;
    }
    QList<ServerProfile> candidates = self->d->recent.mid(0, 1);
    candidates.append(ServerProfile{{}, serverUrlFromText(QStringLiteral("127.0.0.1:8188")), {}, false});
    for (const ServerProfile& profile : candidates) {
        const Result<void> opened = co_await openServer(self, profile, OnFailure::Drop);
        if (!self || opened) {
            co_return;
        }
    }
    self->connectToDemo();
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
    Private::connectOrTell(this, profile);
}

void ServerViewModel::connectToDemo()
{
    const Result<ServerProfile> profile = d->demoProfile();
    if (profile) {
        Private::connectOrTell(this, *profile);
    } else {
        Q_EMIT failed(profile.error());
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

QCoro::Task<> ServerViewModel::Private::connectOrTell(QPointer<ServerViewModel> self, ServerProfile profile)
{
    const Result<void> opened = co_await openServer(self, std::move(profile), OnFailure::Drop);
    if (self && !opened && opened.error().kind != ErrorKind::Cancelled) {
        Q_EMIT self->failed(opened.error());
    }
}

QCoro::Task<Result<void>> ServerViewModel::Private::openServer(QPointer<ServerViewModel> self,
                                                               ServerProfile profile, OnFailure onFailure)
{
    self->d->dropCandidate();
    self->d->candidate = std::make_unique<ServerSession>(profile, self->d->clock, self->d->cacheFolder);
    const QPointer<ServerSession> session = self->d->candidate.get();
    Q_EMIT self->changed();

    const Result<void> opened = co_await session->open();
    if (!self || !session || self->d->candidate.get() != session) {
        co_return fail(ErrorKind::Cancelled, ServerViewModel::tr("Another server was chosen meanwhile."));
    }
    if (opened || onFailure == OnFailure::KeepTrying) {
        self->d->install();
    } else {
        self->d->dropCandidate();
    }
    Q_EMIT self->changed();
    co_return opened;
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
    connect(session.get(), &ServerSession::stateChanged, q, &ServerViewModel::changed);
    connect(session.get(), &ServerSession::statsChanged, q, &ServerViewModel::changed);
    connect(session.get(), &ServerSession::catalogChanged, q, &ServerViewModel::catalogChanged);
    remember(session->profile());
    Q_EMIT q->sessionChanged(); // listeners still may look at the old one
    Q_EMIT q->catalogChanged();
    if (old) {
        old->disconnect(q);
        old->setParent(q);
        old.release()->deleteLater();
    }
}

void ServerViewModel::reconnectNow()
{
    if (d->session) {
        Private::reopen(this, d->session.get()); // the same session: its runs go on
    }
}

QCoro::Task<> ServerViewModel::Private::reopen(QPointer<ServerViewModel> self,
                                               QPointer<ServerSession> session)
{
    const Result<void> opened = co_await session->open();
    if (self && session && !opened && opened.error().kind != ErrorKind::Cancelled) {
        Q_EMIT self->failed(opened.error());
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
