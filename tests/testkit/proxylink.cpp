// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/proxylink.h"

#include <QHostAddress>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace gesso::testkit {

using Direction = TcpProxy::Direction;

ProxyLink::ProxyLink(TcpProxy& proxy, QTcpSocket* client, quint16 serverPort)
    : QObject(&proxy)
    , m_proxy(proxy)
    , m_client(client)
    , m_server(new QTcpSocket(this))
{
    client->setParent(this);
    connect(client, &QTcpSocket::readyRead, this, [this] { forward(Direction::ToServer); });
    connect(m_server, &QTcpSocket::readyRead, this, [this] { forward(Direction::ToClient); });
    connect(client, &QTcpSocket::disconnected, this, [this] { endBy(m_server); });
    connect(m_server, &QTcpSocket::disconnected, this, [this] { endBy(m_client); });
    connect(m_server, &QTcpSocket::errorOccurred, this, [this] { endOf(m_client); });
    m_server->connectToHost(QHostAddress::LocalHost, serverPort);
}

void ProxyLink::write(Direction direction, const QByteArray& bytes)
{
    QTcpSocket* target = direction == Direction::ToServer ? m_server : m_client;
    if (target && !m_hasEnded) {
        target->write(bytes); // waits by itself until the server side is connected
    }
}

void ProxyLink::forward(Direction direction)
{
    QTcpSocket* source = direction == Direction::ToServer ? m_client : m_server;
    if (m_proxy.m_isFrozen || !source) {
        return;
    }
    const QByteArray bytes = source->readAll();
    if (m_proxy.faults(direction).isLosing || bytes.isEmpty()) {
        return;
    }
    const int delayMs = m_proxy.faults(direction).delayMs;
    if (delayMs > 0) {
        QTimer::singleShot(delayMs, this, [this, direction, bytes] { pass(direction, bytes); });
    } else {
        pass(direction, bytes);
    }
}

void ProxyLink::pass(Direction direction, QByteArray bytes)
{
    TcpProxy::Faults& faults = m_proxy.faults(direction);
    if (direction == Direction::ToServer && bytes.startsWith("GET ") && bytes.contains("Sec-WebSocket-Key")) {
        m_isWebSocket = true;
    }
    if (faults.rewrite) {
        bytes = faults.rewrite(bytes);
    }
    if (faults.bytesUntilCut >= 0 && bytes.size() >= faults.bytesUntilCut) {
        const QByteArray last = bytes.first(faults.bytesUntilCut);
        faults.bytesUntilCut = -1;
        faults.forwarded += last.size();
        write(direction, last);
        m_proxy.cutNow();
        return;
    }
    if (faults.bytesUntilCut >= 0) {
        faults.bytesUntilCut -= bytes.size();
    }
    faults.forwarded += bytes.size();
    write(direction, bytes);
}

void ProxyLink::goOn()
{
    forward(Direction::ToServer);
    forward(Direction::ToClient);
    if (m_endsLater && !m_proxy.m_isFrozen) {
        endOf(nullptr);
    }
}

// As a real program, one that is frozen reads what was sent before the end first.
void ProxyLink::endBy(QTcpSocket* other)
{
    if (m_proxy.m_isFrozen) {
        m_endsLater = true;
    } else {
        endOf(other);
    }
}

void ProxyLink::cut()
{
    endOf(nullptr);
}

void ProxyLink::reset()
{
#ifdef Q_OS_UNIX
    const linger none{1, 0}; // closing drops what waits and sends RST
    for (const QPointer<QTcpSocket>& socket : {m_client, m_server}) {
        if (socket && socket->socketDescriptor() >= 0) {
            ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        }
    }
#endif
    m_isAborted = true;
    endOf(nullptr);
}

// Ends both sides; what was written is still sent, unless half-open, where nobody may notice.
void ProxyLink::endOf(QTcpSocket* other)
{
    if (m_hasEnded || (m_proxy.isHalfOpen() && other)) {
        return;
    }
    m_hasEnded = true;
    for (const QPointer<QTcpSocket>& socket : {m_client, m_server}) {
        if (socket) {
            socket->disconnect(this);
            if (m_isAborted) {
                socket->abort();
            } else {
                socket->disconnectFromHost();
            }
        }
    }
    m_proxy.m_links.removeOne(this);
    Q_EMIT m_proxy.connectionClosed();
    deleteLater();
}

} // namespace gesso::testkit
