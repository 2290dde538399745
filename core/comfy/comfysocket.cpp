// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfysocket.h"

#include "core/base/log.h"
#include "core/comfy/framequeue.h"
#include "core/net/baseurl.h"
#include "core/net/httperrors.h"
#include "core/net/traffictap.h"
#include "core/net/websocketchannel.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace gesso {
namespace {

// Must be the first frame (protocol.md, section 1): another one would use up the chance.
constexpr QByteArrayView kFeatureFlags =
    R"({"type":"feature_flags","data":{"supports_preview_metadata":true}})";

// Frames of a running job. `status` also comes to sockets that get nothing else, and what follows a connect
// says only that the connection is new.
bool isSignOfRun(const ComfyEvent& event)
{
    if (const auto* executing = std::get_if<ExecutingEvent>(&event)) {
        return executing->promptId.has_value();
    }
    return !std::holds_alternative<StatusEvent>(event) && !std::holds_alternative<FeatureFlagsEvent>(event)
        && !std::holds_alternative<LogsEvent>(event) && !std::holds_alternative<UnknownEvent>(event);
}

} // namespace

class ComfySocket::Private
{
public:
    Private(ComfySocket* socket, QUrl server, QString id, QString token, ComfySocketTiming intervals)
        : q(socket)
        , base(std::move(server))
        , auth(token)
        , timing(intervals)
        , stallMs(intervals.stallMs)
    {
        setClientId(id);
    }

    void setClientId(const QString& id)
    {
        clientId = id;
        url = webSocketUrl(base, QStringLiteral("/ws"), QStringLiteral("clientId"), id);
    }

    void connectSoon();
    void connectChannel();
    void handleOpened();
    void handleFrame(const FrameQueue::Frame& frame);
    void handleEvent(const ComfyEvent& event);
    void handleClosed();
    int retryDelayMs(); // before the next attempt, which it counts
    void reconnect(const ConnectionLoss& why);
    void setState(ConnectionState next, const ConnectionLoss& why);
    QCoro::Task<void> checkAlive();
    ConnectionLoss silence(ConnectionTrouble trouble) const;
    void restartStallTimer();
    QCoro::Task<void> checkStall();

    ComfySocket* const q;
    const QUrl base;
    QString clientId;
    QUrl url;
    const Auth auth;
    const ComfySocketTiming timing;
    FrameQueue frames;
    QPointer<WebSocketChannel> channel; // at most one, until its closed()
    QTimer retry;
    QElapsedTimer sinceLast; // the end of the last channel
    QElapsedTimer sinceLoss; // of the last one that was open
    QTimer stall;
    int stallMs;
    quint64 framesSeen = 0;
    StallCheck stallCheck;
    AliveCheck aliveCheck;
    TrafficTapPtr tap;
    ConnectionState state = ConnectionState::Disconnected;
    ConnectionLoss loss;
    ConnectionLoss ownLoss; // why we closed the channel ourselves
    int attempts = 0; // since the last frame
    int latencyMs = -1;
    bool isWanted = false;
    bool skipsBackOff = false;
    bool isRunActive = false;
    bool isCheckingAlive = false;
    bool hasAnswered = false; // its REST, while the socket is silent
};

// Not before the server has noticed the end of the last socket.
void ComfySocket::Private::connectSoon()
{
    retry.start(sinceLast.isValid() ? int(std::max<qint64>(0, timing.settleMs - sinceLast.elapsed())) : 0);
}

void ComfySocket::Private::connectChannel()
{
    skipsBackOff = false;
    ownLoss = {};
    hasAnswered = false;
    channel = new WebSocketChannel(timing.channel, q);
    QObject::connect(channel, &WebSocketChannel::opened, q, [this] { handleOpened(); });
    QObject::connect(channel, &WebSocketChannel::closed, q, [this] { handleClosed(); });
    QObject::connect(channel, &WebSocketChannel::silent, q, [this] { checkAlive(); });
    QObject::connect(channel, &WebSocketChannel::answering, q, [this] {
        hasAnswered = false;
        if (state == ConnectionState::Connected) {
            setState(ConnectionState::Connected, {});
        }
    });
    QObject::connect(channel, &WebSocketChannel::textReceived, q, [this](const QByteArray& utf8) {
        handleFrame({true, auth.withoutTokenInData(utf8)}); // it ends in messages, logs and the history
    });
    QObject::connect(channel, &WebSocketChannel::binaryReceived, q, [this](const QByteArray& bytes) {
        handleFrame({false, bytes});
    });
    channel->open(url, auth);
}

void ComfySocket::Private::handleOpened()
{
    channel->sendText(kFeatureFlags.toByteArray());
    if (tap) {
        tap->socketOpened(url);
        tap->textSent(kFeatureFlags.toByteArray());
    }
    restartStallTimer();
    const QPointer<ComfySocket> self(q);
    setState(ConnectionState::Connected, {});
    if (self && state == ConnectionState::Connected) {
        Q_EMIT q->connected();
    }
}

void ComfySocket::Private::handleFrame(const FrameQueue::Frame& frame)
{
    attempts = 0;
    ++framesSeen;
    if (tap) {
        frame.isText ? tap->textReceived(frame.bytes) : tap->binaryReceived(frame.bytes);
    }
    latencyMs = channel ? channel->latencyMs() : latencyMs;
    restartStallTimer();
    if (!frames.push(frame)) {
        reconnect({ConnectionTrouble::TooMuch, tr("%1 sends more than can be read.").arg(hostText(url)),
                   tr("Runs go on; their results are fetched all the same.")});
    }
}

void ComfySocket::Private::handleEvent(const ComfyEvent& event)
{
    if (isSignOfRun(event)) {
        stallMs = timing.stallMs;
    }
    if (const auto* unknown = std::get_if<UnknownEvent>(&event)) {
        constexpr qsizetype kShownType = 80;
        log::debug(log::Category::Comfy,
                   QStringLiteral("unknown message: ") + unknown->type.left(kShownType));
    }
    Q_EMIT q->received(event);
}

void ComfySocket::Private::handleClosed()
{
    const ConnectionLoss why = ownLoss.reason.isEmpty() ? channel->loss() : ownLoss;
    if (tap) {
        tap->socketClosed(why.reason);
    }
    channel->deleteLater();
    channel = nullptr;
    sinceLast.start();
    stall.stop();
    if (!isWanted) {
        return;
    }
    if (skipsBackOff) {
        connectSoon();
        return;
    }
    log::info(log::Category::Comfy,
              QStringLiteral("socket lost (%1): %2").arg(nameOf(why.trouble), why.reason));
    if (state == ConnectionState::Connected) {
        retry.start(std::max(timing.settleMs, retryDelayMs()));
    } else {
        retry.start(retryDelayMs()); // there was no socket that the server could still hold
    }
    if (state == ConnectionState::Reconnecting && loss == why) {
        Q_EMIT q->stateChanged(); // at least the time of the next attempt is another
    } else {
        setState(ConnectionState::Reconnecting, why);
    }
}

int ComfySocket::Private::retryDelayMs()
{
    const int delay = timing.retry.delayMs(attempts++, QRandomGenerator::global()->generateDouble());
    const bool isFresh = state == ConnectionState::Connected // lost at this moment
        || (sinceLoss.isValid() && sinceLoss.elapsed() < timing.eagerForMs);
    return isRunActive && isFresh ? std::min(delay, timing.eagerRetryMs) : delay;
}

// The old socket is closed first and handleClosed() makes the new one: the server would silence the newer of
// two.
void ComfySocket::Private::reconnect(const ConnectionLoss& why)
{
    skipsBackOff = true;
    ownLoss = why;
    stall.stop();
    if (channel) {
        channel->close();
    } else {
        connectSoon();
    }
    setState(ConnectionState::Reconnecting, why);
}

void ComfySocket::Private::setState(ConnectionState next, const ConnectionLoss& why)
{
    if (state == next && loss == why) {
        return;
    }
    if (state == ConnectionState::Connected && next != ConnectionState::Connected) {
        sinceLoss.start();
    }
    state = next;
    loss = why;
    Q_EMIT q->stateChanged();
}

ConnectionLoss ComfySocket::Private::silence(ConnectionTrouble trouble) const
{
    const QString host = hostText(url);
    return trouble == ConnectionTrouble::Busy
        ? ConnectionLoss{trouble, tr("%1 is busy and does not answer.").arg(host),
                         tr("It may be loading a model. Runs go on there, and nothing is lost.")}
        : ConnectionLoss{trouble, tr("The connection to %1 is dead.").arg(host), {}};
}

QCoro::Task<void> ComfySocket::Private::checkAlive()
{
    const QPointer<ComfySocket> self(q);
    if (isCheckingAlive || state != ConnectionState::Connected) {
        co_return;
    }
    isCheckingAlive = true;
    setState(ConnectionState::Connected, silence(ConnectionTrouble::Busy));
    if (!self) {
        co_return;
    }
    const AliveCheck check = aliveCheck; // kept alive until its task has ended
    const QPointer<WebSocketChannel> channelBefore = channel;
    const Liveness found = check ? co_await check() : Liveness::Gone;
    if (!self) {
        co_return;
    }
    isCheckingAlive = false;
    if (!channel || channel != channelBefore || channel->silentMs() < 0) {
        co_return;
    }
    switch (found) {
    case Liveness::Busy:
        break; // asked again at the next silent()
    case Liveness::Answers:
        if (!std::exchange(hasAnswered, true)) {
            channel->check(timing.graceMs);
            break;
        }
        [[fallthrough]];
    case Liveness::Gone:
        reconnect(silence(ConnectionTrouble::Silent));
        break;
    }
}

void ComfySocket::Private::restartStallTimer()
{
    if (isRunActive && channel && channel->state() == WebSocketChannel::State::Open) {
        stall.start(stallMs);
    } else {
        stall.stop();
    }
}

QCoro::Task<void> ComfySocket::Private::checkStall()
{
    const QPointer<ComfySocket> self(q);
    const StallCheck check = stallCheck; // kept alive until its task has ended
    const quint64 seenBefore = framesSeen;
    const QPointer<WebSocketChannel> channelBefore = channel;
    const bool shouldHear = check ? co_await check() : true;
    if (!self || !isRunActive || framesSeen != seenBefore || !channel || channel != channelBefore) {
        co_return;
    }
    stallMs = std::min(stallMs * 2, timing.maxStallMs);
    if (shouldHear) {
        reconnect({ConnectionTrouble::Stalled,
                   tr("%1 sent nothing while it worked on a run.").arg(hostText(url)),
                   {}});
    } else {
        restartStallTimer();
    }
}

ComfySocket::ComfySocket(QUrl base, QString clientId, QString bearerToken, QObject* parent,
                         ComfySocketTiming timing)
    : EventStream(parent)
    , d(std::make_unique<Private>(this, std::move(base), std::move(clientId), std::move(bearerToken), timing))
{
    d->retry.setSingleShot(true);
    d->stall.setSingleShot(true);
    connect(&d->retry, &QTimer::timeout, this, [this] { d->connectChannel(); });
    connect(&d->stall, &QTimer::timeout, this, [this] { d->checkStall(); });
    connect(&d->frames, &FrameQueue::decoded, this,
            [this](const ComfyEvent& event) { d->handleEvent(event); });
}

ComfySocket::~ComfySocket()
{
    delete d->channel.data();
}

QString ComfySocket::clientId() const
{
    return d->clientId;
}

void ComfySocket::setClientId(const QString& id)
{
    if (!d->isWanted && !d->channel) {
        d->setClientId(id);
    }
}

ConnectionState ComfySocket::state() const
{
    return d->state;
}

QString ComfySocket::stateReason() const
{
    return d->loss.reason;
}

ConnectionStatus ComfySocket::status() const
{
    ConnectionStatus status{d->state, d->loss, -1, -1};
    if (d->state == ConnectionState::Reconnecting && d->retry.isActive()) {
        status.retryInMs = d->retry.remainingTime();
    }
    if (d->loss.trouble == ConnectionTrouble::Busy && d->channel) {
        status.silentMs = d->channel->silentMs();
    }
    return status;
}

QHostAddress ComfySocket::localAddress() const
{
    return d->channel ? d->channel->localAddress() : QHostAddress();
}

int ComfySocket::latencyMs() const
{
    return d->channel ? d->channel->latencyMs() : d->latencyMs;
}

void ComfySocket::setTap(std::shared_ptr<TrafficTap> tap)
{
    d->tap = std::move(tap);
}

void ComfySocket::open()
{
    if (d->isWanted) {
        return;
    }
    d->isWanted = true;
    d->attempts = 0;
    if (d->channel) {
        d->skipsBackOff = true; // still closing
    } else {
        d->connectSoon();
    }
    d->setState(ConnectionState::Connecting, {});
}

void ComfySocket::close()
{
    d->isWanted = false;
    d->retry.stop();
    d->stall.stop();
    if (d->channel) {
        d->channel->close();
    }
    d->setState(ConnectionState::Disconnected, {});
}

void ComfySocket::reconnectNow()
{
    if (d->isWanted) {
        d->reconnect({});
    } else {
        open();
    }
}

void ComfySocket::checkNow()
{
    if (!d->isWanted) {
        return;
    }
    if (d->channel && d->channel->state() == WebSocketChannel::State::Open) {
        d->channel->check(d->timing.graceMs);
    } else if (!d->channel) {
        d->attempts = 0;
        d->connectSoon();
    }
}

void ComfySocket::setAliveCheck(AliveCheck check)
{
    d->aliveCheck = std::move(check);
}

void ComfySocket::setRunActive(bool active)
{
    if (d->isRunActive == active) {
        return;
    }
    d->isRunActive = active;
    d->stallMs = d->timing.stallMs;
    d->restartStallTimer();
}

void ComfySocket::setStallCheck(StallCheck check)
{
    d->stallCheck = std::move(check);
}

} // namespace gesso
