// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/server/serversession.h"

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/comfy/comfyclient.h"
#include "core/comfy/comfysocket.h"
#include "core/net/machinewatch.h"
#include "core/run/pauses.h"
#include "core/run/runhistory.h"
#include "core/run/runservice.h"
#include "core/server/catalogcache.h"
#include "core/server/serverhealth.h"
#include "core/server/sessiontuning.h"

#include <QPointer>
#include <QTimer>
#include <QUuid>

namespace gesso {

namespace {

constexpr int socketWaitMs = 5000;
constexpr int statsIntervalMs = 15'000;

// REST may know more. Some servers answer a handshake they refuse, some just end the connection.
bool isUnexplained(ConnectionTrouble trouble)
{
    return trouble == ConnectionTrouble::NoWebSocket || trouble == ConnectionTrouble::Ended;
}

} // namespace

class ServerSession::Private
{
public:
    Private(ServerSession& session, ServerProfile usedProfile, const Clock& usedClock, QString cacheFolder,
            RunHistory* history, Unfinished unfinishedRuns, const SessionTuning& tuning)
        : q(session)
        , clock(usedClock)
        , profile(std::move(usedProfile))
        , cache(std::move(cacheFolder), profile)
        , client(profile.url, profile.bearerToken, nullptr, tuning.rest)
        , socket(profile.url, QUuid::createUuid().toString(QUuid::Id128), profile.bearerToken, nullptr,
                 tuning.socket)
        , journal(history != nullptr ? history->journalFor(historyKey(profile)) : nullptr)
        , unfinished(unfinishedRuns)
        , runs(journal ? std::make_unique<RunService>(client, socket, usedClock, *journal, tuning.store,
                                                      tuning.runs)
                       : std::make_unique<RunService>(client, socket, usedClock, tuning.store, tuning.runs))
        , catalog(std::make_shared<const NodeCatalog>())
        , guard(std::make_unique<QObject>())
        , pauses(std::make_unique<Pauses>())
    {
        connectSocket();
        connectRuns();
        watchMachine(tuning);
        statsTimer.setInterval(statsIntervalMs);
        QObject::connect(&statsTimer, &QTimer::timeout, guard.get(), [this] { refreshStatsQuietly(); });
    }

    ~Private()
    {
        guard.reset(); // coroutines resumed by what follows see that it is gone and end
        closing.cancel();
        pauses.reset();
        runs.reset(); // before what it talks to
        journal.reset();
    }

    void connectSocket();
    void connectRuns();
    void onConnected();

    QCoro::Task<Result<void>> open(CancelToken cancel);
    QCoro::Task<void> takeOverRuns();
    QCoro::Task<Result<void>> refreshStats(CancelToken cancel);
    QCoro::Task<Result<void>> refreshCatalog(CancelToken cancel);
    QCoro::Task<void> refreshStatsQuietly();
    QCoro::Task<void> refreshAfterReconnect();
    QCoro::Task<void> loadCachedCatalog();
    QCoro::Task<bool> isServerBusy();
    void watchMachine(const SessionTuning& tuning);
    void onSocketState();
    QCoro::Task<void> diagnose();
    ConnectionStatus status() const;

    ServerSession& q;
    const Clock& clock;
    ServerProfile profile;
    CatalogCache cache;
    ComfyClient client;
    ComfySocket socket;
    std::unique_ptr<RunJournal> journal;
    Unfinished unfinished;
    std::unique_ptr<RunService> runs;
    NodeCatalogPtr catalog;
    std::optional<SystemStats> stats;
    int restLatencyMs = -1;
    int queueRemaining = -1;
    bool wasOpened = false;
    bool isOpening = false;
    std::optional<ConnectionLoss> diagnosis; // what REST says about a refused handshake
    bool isDiagnosing = false;
    std::unique_ptr<MachineWatch> watch; // none for a server on this machine
    QTimer statsTimer;
    CancelSource closing;
    std::unique_ptr<QObject> guard;
    std::unique_ptr<Pauses> pauses; // ended by the socket's connect
};

void ServerSession::Private::connectSocket()
{
    QObject::connect(&socket, &EventStream::stateChanged, guard.get(), [this] { onSocketState(); });
    QObject::connect(&socket, &EventStream::connected, guard.get(), [this] { onConnected(); });
    QObject::connect(&socket, &EventStream::received, guard.get(), [this](const ComfyEvent& event) {
        const auto* status = std::get_if<StatusEvent>(&event);
        if (status != nullptr && status->queueRemaining != queueRemaining) {
            queueRemaining = status->queueRemaining;
            Q_EMIT q.statsChanged();
        }
    });
    socket.setStallCheck([this] { return isServerBusy(); });
    socket.setAliveCheck([this] { return livenessOf(client, profile.url, closing.token()); });
}

void ServerSession::Private::onSocketState()
{
    if (socket.state() == ConnectionState::Connected) {
        diagnosis.reset();
    } else if (isUnexplained(socket.status().loss.trouble)) {
        diagnose();
    }
    Q_EMIT q.stateChanged();
}

QCoro::Task<void> ServerSession::Private::diagnose()
{
    const QPointer<QObject> alive(guard.get());
    if (isDiagnosing) {
        co_return;
    }
    isDiagnosing = true;
    const ConnectionLoss known = socket.status().loss;
    const ConnectionLoss found = co_await diagnosed(client, known, profile.url, closing.token());
    if (!alive) {
        co_return;
    }
    isDiagnosing = false;
    if (diagnosis != found && socket.state() != ConnectionState::Connected) {
        diagnosis = found;
        Q_EMIT q.stateChanged();
    }
}

ConnectionStatus ServerSession::Private::status() const
{
    ConnectionStatus status = socket.status();
    if (diagnosis && isUnexplained(status.loss.trouble)) {
        status.loss = *diagnosis;
    }
    return status;
}

void ServerSession::Private::watchMachine(const SessionTuning& tuning)
{
    const QString host = profile.url.host();
    const bool isHere = host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
    if (isHere && !tuning.addresses) {
        return;
    }
    watch = std::make_unique<MachineWatch>(clock, tuning.addresses, tuning.machineMs);
    QObject::connect(watch.get(), &MachineWatch::woke, guard.get(), [this] {
        log::info(log::Category::Comfy, QStringLiteral("the machine has slept: looking for the server"));
        socket.checkNow();
    });
    QObject::connect(watch.get(), &MachineWatch::networkChanged, guard.get(), [this] {
        const QHostAddress own = socket.localAddress();
        if (!own.isNull() && !watch->addresses().contains(own)) {
            socket.reconnectNow(); // over an address that this machine has no more
        } else {
            socket.checkNow();
        }
    });
}

void ServerSession::Private::connectRuns()
{
    const auto updateActivity = [this] { socket.setRunActive(runs->hasActiveRuns()); };
    QObject::connect(runs.get(), &RunService::added, guard.get(), updateActivity);
    QObject::connect(runs.get(), &RunService::changed, guard.get(), updateActivity); // downloads tried again
    QObject::connect(runs.get(), &RunService::finished, guard.get(), updateActivity);
}

void ServerSession::Private::onConnected()
{
    // Not from inside the socket's signal: who waited may end this session.
    QMetaObject::invokeMethod(
        guard.get(), [this] { pauses->wakeAll(); }, Qt::QueuedConnection);
    statsTimer.start();
    if (!isOpening) {
        refreshAfterReconnect();
    }
}

QCoro::Task<void> ServerSession::Private::refreshAfterReconnect()
{
    const QPointer<QObject> alive(guard.get());
    co_await refreshStatsQuietly();
    if (!alive) {
        co_return;
    }
    const Result<void> refreshed = co_await refreshCatalog(closing.token());
    if (!refreshed) {
        log::warning(log::Category::Comfy,
                     QStringLiteral("catalogue not read: %1").arg(refreshed.error().message));
    }
}

// Whether frames should be coming: something runs on the server.
QCoro::Task<bool> ServerSession::Private::isServerBusy()
{
    const Result<QueueState> queue = co_await client.queue(closing.token());
    co_return queue && !queue->running.isEmpty();
}

QCoro::Task<Result<void>> ServerSession::Private::open(CancelToken cancel)
{
    const QPointer<QObject> alive(guard.get());
    const Error gone{ErrorKind::Cancelled, ServerSession::tr("The connection was given up."), {}, {}};
    isOpening = true;
    if (wasOpened) {
        socket.reconnectNow();
    } else {
        wasOpened = true;
        co_await takeOverRuns();
        if (!alive) {
            co_return fail(gone);
        }
        socket.open();
    }
    loadCachedCatalog();
    const Result<void> statsRead = co_await refreshStats(cancel);
    if (!alive) {
        co_return fail(gone);
    }
    if (!statsRead) {
        isOpening = false;
        co_return fail(statsRead.error());
    }
    const Result<void> catalogRead = co_await refreshCatalog(cancel);
    if (!alive) {
        co_return fail(gone);
    }
    if (catalogRead && socket.state() != ConnectionState::Connected) {
        co_await pauses->pause(socketWaitMs); // without a socket runs are still followed, by asking
        if (!alive) {
            co_return fail(gone);
        }
    }
    isOpening = false;
    co_return catalogRead;
}

// Before the socket is opened: frames of these runs come to the one with their old id only.
QCoro::Task<void> ServerSession::Private::takeOverRuns()
{
    const QPointer<QObject> alive(guard.get());
    if (!journal || unfinished == Unfinished::Leave) {
        co_return;
    }
    const Result<QString> clientId = co_await runs->restore();
    if (!alive) {
        co_return;
    }
    if (!clientId) {
        log::warning(log::Category::Run,
                     QStringLiteral("earlier runs not taken over: %1").arg(clientId.error().message));
    } else if (!clientId->isEmpty()) {
        socket.setClientId(*clientId);
    }
}

QCoro::Task<Result<void>> ServerSession::Private::refreshStats(CancelToken cancel)
{
    const QPointer<QObject> alive(guard.get());
    const qint64 before = clock.elapsedMs();
    const Result<SystemStats> read = co_await client.systemStats(cancel);
    if (!read) {
        co_return fail(read.error());
    }
    if (alive) {
        restLatencyMs = int(clock.elapsedMs() - before);
        stats = *read;
        Q_EMIT q.statsChanged();
    }
    co_return Result<void>{};
}

QCoro::Task<void> ServerSession::Private::refreshStatsQuietly()
{
    const QPointer<QObject> alive(guard.get());
    if (socket.state() != ConnectionState::Connected) {
        statsTimer.stop(); // started again by the next connect
        co_return;
    }
    const Result<void> refreshed = co_await refreshStats(closing.token());
    if (alive && !refreshed) {
        log::debug(log::Category::Comfy,
                   QStringLiteral("statistics not read: %1").arg(refreshed.error().message));
    }
}

QCoro::Task<Result<void>> ServerSession::Private::refreshCatalog(CancelToken cancel)
{
    const QPointer<QObject> alive(guard.get());
    Result<QByteArray> bytes = co_await client.objectInfo(cancel);
    if (!bytes) {
        co_return fail(bytes.error());
    }
    if (!alive) {
        co_return Result<void>{};
    }
    const Result<NodeCatalogPtr> parsed = co_await cache.refresh(std::move(*bytes), catalog);
    if (!parsed) {
        co_return fail(parsed.error());
    }
    if (alive && *parsed != catalog) {
        catalog = *parsed;
        log::info(log::Category::Comfy, QStringLiteral("the server has %1 nodes").arg(catalog->size()));
        Q_EMIT q.catalogChanged();
    }
    co_return Result<void>{};
}

QCoro::Task<void> ServerSession::Private::loadCachedCatalog()
{
    const QPointer<QObject> alive(guard.get());
    if (catalog->size() > 0) {
        co_return;
    }
    const NodeCatalogPtr cached = co_await cache.load();
    if (alive && cached && catalog->size() == 0) {
        catalog = cached;
        Q_EMIT q.catalogChanged();
    }
}

ServerSession::ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(profile), clock, std::move(cacheFolder), nullptr,
                                  Unfinished::Leave, SessionTuning()))
{
}

ServerSession::ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder,
                             RunHistory& history, Unfinished unfinished, QObject* parent)
    : ServerSession(std::move(profile), clock, std::move(cacheFolder), history, unfinished, SessionTuning(),
                    parent)
{
}

ServerSession::ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder,
                             RunHistory& history, Unfinished unfinished, const SessionTuning& tuning,
                             QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, std::move(profile), clock, std::move(cacheFolder), &history,
                                  unfinished, tuning))
{
}

ServerSession::~ServerSession() = default;

QCoro::Task<Result<void>> ServerSession::open(CancelToken cancel)
{
    return d->open(cancel);
}

QCoro::Task<Result<void>> ServerSession::refreshCatalog(CancelToken cancel)
{
    return d->refreshCatalog(cancel);
}

void ServerSession::setTap(std::shared_ptr<TrafficTap> tap)
{
    d->client.setTap(tap);
    d->socket.setTap(std::move(tap));
}

void ServerSession::takeOverRuns()
{
    d->takeOverRuns();
}

const ServerProfile& ServerSession::profile() const
{
    return d->profile;
}

ComfyApi& ServerSession::api()
{
    return d->client;
}

EventStream& ServerSession::events()
{
    return d->socket;
}

RunService& ServerSession::runs()
{
    return *d->runs;
}

NodeCatalogPtr ServerSession::catalog() const
{
    return d->catalog;
}

std::optional<SystemStats> ServerSession::stats() const
{
    return d->stats;
}

ConnectionState ServerSession::state() const
{
    return d->socket.state();
}

QString ServerSession::stateReason() const
{
    return d->status().loss.reason;
}

ConnectionStatus ServerSession::status() const
{
    return d->status();
}

int ServerSession::latencyMs() const
{
    const int ping = d->socket.latencyMs();
    return ping >= 0 ? ping : d->restLatencyMs;
}

int ServerSession::queueRemaining() const
{
    return d->queueRemaining;
}

} // namespace gesso
