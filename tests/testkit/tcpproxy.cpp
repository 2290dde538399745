// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/tcpproxy.h"

#include "tests/testkit/proxylink.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QtEndian>

namespace gesso::testkit {

TcpProxy::TcpProxy(quint16 serverPort, QObject* parent)
    : QObject(parent)
    , m_serverPort(serverPort)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &TcpProxy::accept);
    if (!m_listener.listen(QHostAddress::LocalHost)) {
        qFatal("cannot listen: %s", qPrintable(m_listener.errorString()));
    }
    m_port = m_listener.serverPort();
}

TcpProxy::~TcpProxy()
{
    setHalfOpen(false);
    cutNow();
}

quint16 TcpProxy::port() const
{
    return m_port;
}

QUrl TcpProxy::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

int TcpProxy::acceptedConnections() const
{
    return m_accepted;
}

int TcpProxy::openConnections() const
{
    return int(m_links.size());
}

qint64 TcpProxy::forwardedBytes(Direction direction) const
{
    return m_faults.at(std::size_t(direction)).forwarded;
}

void TcpProxy::setServerPort(quint16 port)
{
    m_serverPort = port;
}

void TcpProxy::setAccepting(bool accepting)
{
    if (!accepting) {
        m_listener.close();
    } else if (!m_listener.isListening() && !m_listener.listen(QHostAddress::LocalHost, m_port)) {
        qFatal("cannot listen again: %s", qPrintable(m_listener.errorString()));
    }
}

void TcpProxy::cutAfter(Direction direction, qint64 bytes)
{
    faults(direction).bytesUntilCut = bytes;
}

void TcpProxy::cutNow()
{
    const QList<ProxyLink*> links = m_links;
    for (ProxyLink* link : links) {
        link->cut();
    }
}

void TcpProxy::resetNow()
{
    const QList<ProxyLink*> links = m_links;
    for (ProxyLink* link : links) {
        link->reset();
    }
}

void TcpProxy::setHalfOpen(bool halfOpen)
{
    setHalfOpen(Direction::ToServer, halfOpen);
    setHalfOpen(Direction::ToClient, halfOpen);
}

void TcpProxy::setHalfOpen(Direction direction, bool halfOpen)
{
    faults(direction).isLosing = halfOpen;
}

void TcpProxy::setFrozen(bool frozen)
{
    m_isFrozen = frozen;
    const QList<ProxyLink*> links = m_links;
    for (ProxyLink* link : links) {
        link->goOn();
    }
}

void TcpProxy::setDelay(Direction direction, int milliseconds)
{
    faults(direction).delayMs = milliseconds;
}

void TcpProxy::setRewrite(Direction direction, Rewrite rewrite)
{
    faults(direction).rewrite = std::move(rewrite);
}

void TcpProxy::inject(Direction direction, const QByteArray& bytes)
{
    const QList<ProxyLink*> links = m_links;
    for (ProxyLink* link : links) {
        link->write(direction, bytes);
    }
}

void TcpProxy::injectIntoWebSockets(Direction direction, const QByteArray& bytes)
{
    const QList<ProxyLink*> links = m_links;
    for (ProxyLink* link : links) {
        if (link->isWebSocket()) {
            link->write(direction, bytes);
        }
    }
}

void TcpProxy::setImpostor(const QByteArray& answer)
{
    m_impostor = answer;
}

TcpProxy::Faults& TcpProxy::faults(Direction direction)
{
    return m_faults.at(std::size_t(direction));
}

void TcpProxy::accept()
{
    while (QTcpSocket* client = m_listener.nextPendingConnection()) {
        ++m_accepted;
        if (!m_impostor.isEmpty()) {
            client->setParent(this);
            connect(client, &QTcpSocket::readyRead, client, [client, answer = m_impostor] {
                client->write(answer);
                client->disconnectFromHost();
            });
            connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
            continue;
        }
        m_links += new ProxyLink(*this, client, m_serverPort);
        Q_EMIT connectionOpened();
    }
}

QByteArray WebSocketFrame::bytes() const
{
    constexpr quint8 kFinal = 0x80;
    constexpr quint64 kLongest7Bit = 125;
    constexpr char kLength16Bit = 126;
    constexpr char kLength64Bit = 127;

    const quint64 length = claimedLength < 0 ? quint64(payload.size()) : quint64(claimedLength);
    QByteArray frame;
    frame += char((isFinal ? kFinal : 0) | reservedBits | opcode);
    if (length <= kLongest7Bit) {
        frame += char(length);
    } else if (length <= UINT16_MAX) {
        QByteArray big(2, '\0');
        qToBigEndian(quint16(length), big.data());
        frame += kLength16Bit + big;
    } else {
        QByteArray big(8, '\0');
        qToBigEndian(length, big.data());
        frame += kLength64Bit + big;
    }
    return frame + (sentBytes < 0 ? payload : payload.first(sentBytes));
}

} // namespace gesso::testkit
