// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/auth.h"
#include "core/net/connectiontrouble.h"

#include <QHostAddress>
#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>

namespace gesso {

// Intervals of a WebSocketChannel in milliseconds; tests shorten them.
struct WebSocketTiming {
    int connectMs = 10'000; // TCP, TLS and handshake together
    int pingMs = 10'000; // between own pings; servers here never ping
    int pongMs = 10'000; // silence after a ping until it is told, and again each time
    int closeMs = 3'000; // wait for the peer's close before the connection is cut
};

// One WebSocket connection, from open() to closed(); make another for the next. Sends no Origin header
// (loopback ComfyUI servers refuse a foreign one), follows no redirect. Frames and messages are limited to
// 64 MiB, what precedes them to 256 KiB. Lives in one thread.
class WebSocketChannel : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Connecting, Open, Closing, Closed };
    static constexpr quint64 kMaxMessageBytes = 64ULL * 1024 * 1024;

    explicit WebSocketChannel(WebSocketTiming timing = {}, QObject* parent = nullptr);
    ~WebSocketChannel() override; // cuts what is open

    void open(const QUrl& url, const Auth& auth = {}); // ws or wss; once per object
    void close(); // asks the peer to close; closed() follows within closeMs. Nothing is received any more.

    State state() const;
    int latencyMs() const; // of the last pong; -1 unknown
    QString closeReason() const; // why it ended, for a person; empty if close() was asked for
    ConnectionLoss loss() const; // the same in full
    int silentMs() const; // since the last sign of life, once silent() was told; else -1
    QHostAddress localAddress() const; // this machine's end

    // Pings at once and tells silent() after so many milliseconds: the machine has slept, or its network has
    // changed.
    void check(int withinMs);

    void sendText(const QByteArray& utf8); // ignored unless Open

Q_SIGNALS:
    void opened();
    void textReceived(const QByteArray& utf8);
    void binaryReceived(const QByteArray& bytes);
    // A ping is not answered: the line is cut, or the server works so hard that it answers nothing. This
    // class cannot tell and leaves the connection as it is.
    void silent();
    void answering(); // after silent(): it was slow, not dead
    void closed(); // exactly once after open(), also when it never opened

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
