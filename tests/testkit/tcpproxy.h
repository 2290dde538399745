// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <array>
#include <functional>

class QTcpSocket;

namespace gesso::testkit {

class ProxyLink;

// A TCP proxy on a loopback port between a client and a server, with faults on the wire that a test switches
// on and off. Faults hold for connections that exist and for those to come. Lives in one thread.
class TcpProxy : public QObject
{
    Q_OBJECT

public:
    enum class Direction { ToServer, ToClient };

    explicit TcpProxy(quint16 serverPort, QObject* parent = nullptr);
    ~TcpProxy() override;

    quint16 port() const;
    QUrl url() const; // http://127.0.0.1:port
    int acceptedConnections() const; // since the start
    int openConnections() const; // of clients
    qint64 forwardedBytes(Direction direction) const;

    void setServerPort(quint16 port); // for connections to come
    void setAccepting(bool accepting); // false: new connections are refused

    // After `bytes` more bytes in this direction, all connections are cut in the middle. -1: never.
    void cutAfter(Direction direction, qint64 bytes);
    void cutNow(); // all connections, at once
    void resetNow(); // the same without a goodbye: RST, and what was under way is lost

    // Half-open: bytes in both directions, or in one, vanish, no end is ever told.
    void setHalfOpen(bool halfOpen);
    void setHalfOpen(Direction direction, bool halfOpen);

    // As a program that is blocked: connections are taken, and nothing is read. What was written in the
    // meantime comes through when it goes on.
    void setFrozen(bool frozen);

    // Holds each piece back. Order is kept.
    void setDelay(Direction direction, int milliseconds);

    // Changes what passes: garbage, a false Content-Length, a flipped bit. Empty: nothing changes.
    using Rewrite = std::function<QByteArray(const QByteArray&)>;
    void setRewrite(Direction direction, Rewrite rewrite);

    // Puts bytes into the stream of every open connection, between two pieces.
    void inject(Direction direction, const QByteArray& bytes);
    void injectIntoWebSockets(Direction direction, const QByteArray& bytes);

    // Another program on the port: new connections get this answer to whatever they say, and are ended.
    // Empty: the server again.
    void setImpostor(const QByteArray& answer);

Q_SIGNALS:
    void connectionOpened();
    void connectionClosed();

private:
    friend class ProxyLink;
    struct Faults {
        qint64 bytesUntilCut = -1;
        int delayMs = 0;
        Rewrite rewrite;
        qint64 forwarded = 0;
        bool isLosing = false;
    };
    Faults& faults(Direction direction);

    void accept();

    QTcpServer m_listener;
    quint16 m_serverPort;
    quint16 m_port = 0;
    int m_accepted = 0;
    bool m_isFrozen = false;
    QByteArray m_impostor;
    bool isHalfOpen() const { return m_faults[0].isLosing || m_faults[1].isLosing; }
    std::array<Faults, 2> m_faults;
    QList<ProxyLink*> m_links;
};

// A WebSocket frame as a server sends it (unmasked), which may lie: `claimedLength` is written instead of the
// true length, and only the first `sentBytes` of the payload follow. Opcodes: 1 text, 2 binary, 8 close, 9
// ping, 10 pong.
struct WebSocketFrame {
    quint8 opcode = 2;
    QByteArray payload;
    bool isFinal = true;
    qint64 claimedLength = -1; // -1: the true one
    qint64 sentBytes = -1; // -1: all
    quint8 reservedBits = 0;

    QByteArray bytes() const;
};

} // namespace gesso::testkit
