// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfysocket.h"

#include "core/base/log.h"
#include "core/comfy/framequeue.h"
#include "core/net/baseurl.h"
#include "core/net/websocketchannel.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

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
    Private(ComfySocket* socket, QUrl webSocketUrl, QString id, QString token, ComfySocketTiming intervals)
        : q(socket)
        , url(std::move(webSocketUrl))
        , clientId(std::move(id))
        , auth(token)
        , timing(intervals)
        , stallMs(intervals.stallMs)
    {
    }

    void connectSoon();
    void connectChannel();
    void handleOpened();
    void handleFrame(const FrameQueue::Frame& frame);
    void handleEvent(const ComfyEvent& event);
    void handleClosed();
    void reconnect(const QString& why);
    void setState(ConnectionState next, const QString& why);
    void restartStallTimer();
    QCoro::Task<void> checkStall();

    ComfySocket* const q;
    const QUrl url;
    const QString clientId;
    const Auth auth;
    const ComfySocketTiming timing;
    FrameQueue frames;
    QPointer<WebSocketChannel> channel; // at most one, until its closed()
    QTimer retry;
    QElapsedTimer sinceLast; // the end of the last channel
    QTimer stall;
    int stallMs;
    quint64 framesSeen = 0;
    StallCheck stallCheck;
    ConnectionState state = ConnectionState::Disconnected;
    QString reason;
    QString channelReason; // why we closed the channel ourselves
    int attempts = 0; // since the last frame
    int latencyMs = -1;
    bool isWanted = false;
    bool skipsBackOff = false;
    bool isRunActive = false;
};

// Not before the server has noticed the end of the last socket.
void ComfySocket::Private::connectSoon()
{
    retry.start(sinceLast.isValid() ? int(std::max<qint64>(0, timing.settleMs - sinceLast.elapsed())) : 0);
}

void ComfySocket::Private::connectChannel()
{
    skipsBackOff = false;
    channelReason.clear();
    channel = new WebSocketChannel(timing.channel, q);
    QObject::connect(channel, &WebSocketChannel::opened, q, [this] { handleOpened(); });
    QObject::connect(channel, &WebSocketChannel::closed, q, [this] { handleClosed(); });
    QObject::connect(channel, &WebSocketChannel::textReceived, q, [this](const QByteArray& utf8) {
        handleFrame({true, utf8});
    });
    QObject::connect(channel, &WebSocketChannel::binaryReceived, q, [this](const QByteArray& bytes) {
        handleFrame({false, bytes});
    });
    channel->open(url, auth);
}

void ComfySocket::Private::handleOpened()
{
    channel->sendText(kFeatureFlags.toByteArray());
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
    latencyMs = channel ? channel->latencyMs() : latencyMs;
    restartStallTimer();
    if (!frames.push(frame)) {
        reconnect(tr("The server sends more than can be read."));
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
    const QString why = channelReason.isEmpty() ? channel->closeReason() : channelReason;
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
    log::info(log::Category::Comfy, QStringLiteral("socket lost: ") + why);
    retry.start(timing.retry.delayMs(attempts++, QRandomGenerator::global()->generateDouble()));
    setState(ConnectionState::Reconnecting, why);
}

// The old socket is closed first and handleClosed() makes the new one: the server would silence the newer of
// two.
void ComfySocket::Private::reconnect(const QString& why)
{
    skipsBackOff = true;
    channelReason = why;
    stall.stop();
    if (channel) {
        channel->close();
    } else {
        connectSoon();
    }
    setState(ConnectionState::Reconnecting, why);
}

void ComfySocket::Private::setState(ConnectionState next, const QString& why)
{
    if (state == next && reason == why) {
        return;
    }
    state = next;
    reason = why;
    Q_EMIT q->stateChanged();
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
        reconnect(tr("The server fell silent during a run."));
    } else {
        restartStallTimer();
    }
}

ComfySocket::ComfySocket(QUrl base, QString clientId, QString bearerToken, QObject* parent,
                         ComfySocketTiming timing)
    : EventStream(parent)
    , d(std::make_unique<Private>(
          this, webSocketUrl(base, QStringLiteral("/ws"), QStringLiteral("clientId"), clientId), clientId,
          bearerToken, timing))
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

ConnectionState ComfySocket::state() const
{
    return d->state;
}

QString ComfySocket::stateReason() const
{
    return d->reason;
}

int ComfySocket::latencyMs() const
{
    return d->channel ? d->channel->latencyMs() : d->latencyMs;
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
