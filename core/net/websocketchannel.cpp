// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/websocketchannel.h"

#include "core/net/httperrors.h"

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketProtocol>

namespace gesso {

namespace {

constexpr qint64 kMaxHandshakeBytes = 256 * 1024; // a line without end must not fill the memory
constexpr qint64 kMaxHeaderBytes = 64 * 1024; // of a frame, and what came with it

} // namespace

class WebSocketChannel::Private
{
public:
    Private(WebSocketChannel* channel, WebSocketTiming intervals)
        : q(channel)
        , timing(intervals)
    {
    }

    void watchSocket();
    void watchTimers();
    void handleOpened();
    void handleAlive();
    void handleTextMessage(const QString& text);
    void tellSilence();
    void end(const ConnectionLoss& why);
    ConnectionLoss lossOf(QWebSocketProtocol::CloseCode code) const;
    ConnectionLoss lossNow(QAbstractSocket::SocketError error) const;

    WebSocketChannel* const q;
    const WebSocketTiming timing;
    // An empty origin sends no Origin header.
    QWebSocket socket{QString()};
    QTimer deadline; // of connecting, later of closing
    QTimer ping;
    QTimer pong;
    State state = State::Idle;
    QString host;
    ConnectionLoss loss;
    QElapsedTimer sinceLife;
    int latencyMs = -1;
    bool hasSpoken = false; // TCP, and TLS if asked for, are there and the handshake is sent
    bool isSilent = false;
    bool hasEnded = false;
};

void WebSocketChannel::Private::watchSocket()
{
    socket.setMaxAllowedIncomingFrameSize(kMaxMessageBytes);
    socket.setMaxAllowedIncomingMessageSize(kMaxMessageBytes);
    socket.setReadBufferSize(kMaxHandshakeBytes);
    connect(&socket, &QWebSocket::bytesWritten, q, [this] { hasSpoken = true; });
    connect(&socket, &QWebSocket::connected, q, [this] { handleOpened(); });
    connect(&socket, &QWebSocket::textMessageReceived, q,
            [this](const QString& text) { handleTextMessage(text); });
    connect(&socket, &QWebSocket::binaryMessageReceived, q, [this](const QByteArray& bytes) {
        handleAlive();
        if (state == State::Open) {
            Q_EMIT q->binaryReceived(bytes);
        }
    });
    connect(&socket, &QWebSocket::pong, q, [this](quint64 elapsedMs) {
        handleAlive();
        latencyMs = int(std::min<quint64>(elapsedMs, INT_MAX));
    });
    // A failed attempt reports an error before, after or without disconnected(). QWebSocket::error() does not
    // know what the signal says.
    connect(&socket, &QWebSocket::disconnected, q, [this] {
        if (state == State::Connecting) {
            QMetaObject::invokeMethod(
                q, [this] { end(lossNow(socket.error())); }, Qt::QueuedConnection);
        } else {
            end(lossNow(socket.error()));
        }
    });
    connect(&socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), q,
            [this](QAbstractSocket::SocketError error) { end(lossNow(error)); });
}

void WebSocketChannel::Private::watchTimers()
{
    for (auto [timer, interval] :
         {std::pair(&deadline, timing.connectMs), {&ping, timing.pingMs}, {&pong, timing.pongMs}}) {
        timer->setInterval(interval);
    }
    deadline.setSingleShot(true);
    pong.setSingleShot(true);
    connect(&deadline, &QTimer::timeout, q,
            [this] { end(connectingFailed(host, ConnectionTrouble::Timeout, {})); });
    connect(&ping, &QTimer::timeout, q, [this] {
        if (!pong.isActive()) {
            pong.start(timing.pongMs);
            socket.ping();
        }
    });
    connect(&pong, &QTimer::timeout, q, [this] { tellSilence(); });
}

void WebSocketChannel::Private::tellSilence()
{
    isSilent = true;
    pong.start(timing.pongMs);
    socket.ping();
    Q_EMIT q->silent();
}

void WebSocketChannel::Private::handleOpened()
{
    if (state != State::Connecting) {
        return;
    }
    deadline.stop();
    ping.start();
    sinceLife.start();
    socket.setReadBufferSize(qint64(kMaxMessageBytes) + kMaxHeaderBytes); // a frame is read as a whole
    state = State::Open;
    Q_EMIT q->opened();
}

// Any sign of life will do: the pong waits its turn behind large frames.
void WebSocketChannel::Private::handleAlive()
{
    pong.stop();
    sinceLife.restart();
    if (std::exchange(isSilent, false)) {
        Q_EMIT q->answering();
    }
}

void WebSocketChannel::Private::handleTextMessage(const QString& text)
{
    handleAlive();
    if (state == State::Open) {
        Q_EMIT q->textReceived(text.toUtf8());
    }
}

// QWebSocket closes by itself what it cannot read, with the code that says why.
ConnectionLoss WebSocketChannel::Private::lossOf(QWebSocketProtocol::CloseCode code) const
{
    switch (code) {
    case QWebSocketProtocol::CloseCodeTooMuchData:
        return {ConnectionTrouble::TooMuch, tr("%1 sends more at once than can be read.").arg(host),
                tr("Runs go on; a node with huge results or previews may be the cause.")};
    case QWebSocketProtocol::CloseCodeProtocolError:
    case QWebSocketProtocol::CloseCodeDatatypeNotSupported:
    case QWebSocketProtocol::CloseCodeWrongDatatype:
        return {ConnectionTrouble::Ended, tr("%1 sent what cannot be read.").arg(host),
                tr("Runs go on; a proxy on the way may damage the connection.")};
    default:
        return {ConnectionTrouble::Ended, tr("%1 ended the connection.").arg(host),
                tr("It may have been restarted.")};
    }
}

ConnectionLoss WebSocketChannel::Private::lossNow(QAbstractSocket::SocketError error) const
{
    switch (state) {
    case State::Open:
        return lossOf(socket.closeCode());
    case State::Connecting:
        return connectingFailed(host, troubleOf(error, hasSpoken), socket.errorString());
    default:
        return {};
    }
}

void WebSocketChannel::Private::end(const ConnectionLoss& why)
{
    if (hasEnded || state == State::Idle) {
        return;
    }
    hasEnded = true;
    loss = state == State::Closing ? ConnectionLoss() : why;
    state = State::Closed;
    deadline.stop();
    ping.stop();
    pong.stop();
    socket.disconnect(q);
    socket.abort();
    QMetaObject::invokeMethod(q, &WebSocketChannel::closed, Qt::QueuedConnection);
}

WebSocketChannel::WebSocketChannel(WebSocketTiming timing, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, timing))
{
    d->watchSocket();
    d->watchTimers();
}

WebSocketChannel::~WebSocketChannel()
{
    d->socket.disconnect(this);
    d->socket.abort();
}

void WebSocketChannel::open(const QUrl& url, const Auth& auth)
{
    if (d->state != State::Idle) {
        return;
    }
    d->state = State::Connecting;
    d->host = hostText(url);
    d->deadline.start();
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Gesso/" GESSO_VERSION));
    auth.applyTo(request);
    d->socket.open(request);
}

void WebSocketChannel::close()
{
    if (d->state == State::Connecting) {
        d->state = State::Closing;
        d->end({});
    } else if (d->state == State::Open) {
        d->state = State::Closing;
        d->ping.stop();
        d->deadline.start(d->timing.closeMs);
        d->socket.close();
    }
}

WebSocketChannel::State WebSocketChannel::state() const
{
    return d->state;
}

int WebSocketChannel::latencyMs() const
{
    return d->latencyMs;
}

QString WebSocketChannel::closeReason() const
{
    return d->loss.reason;
}

ConnectionLoss WebSocketChannel::loss() const
{
    return d->loss;
}

int WebSocketChannel::silentMs() const
{
    return d->isSilent ? int(d->sinceLife.elapsed()) : -1;
}

QHostAddress WebSocketChannel::localAddress() const
{
    return d->socket.localAddress();
}

void WebSocketChannel::check(int withinMs)
{
    if (d->state == State::Open) {
        d->pong.start(withinMs);
        d->socket.ping();
    }
}

void WebSocketChannel::sendText(const QByteArray& utf8)
{
    if (d->state == State::Open) {
        d->socket.sendTextMessage(QString::fromUtf8(utf8));
    }
}

} // namespace gesso
