// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/auth.h"

#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>

namespace gesso {

// Intervals of a WebSocketChannel in milliseconds; tests shorten them.
struct WebSocketTiming {
    int connectMs = 10'000; // TCP, TLS and handshake together
    int pingMs = 10'000; // between own pings; servers here never ping
    int pongMs = 30'000; // silence after a ping until it counts as dead; a server loading a model is slow
    int closeMs = 3'000; // wait for the peer's close before the connection is cut
};

// One WebSocket connection, from open() to closed(); make another for the next. Sends no Origin header
// (loopback ComfyUI servers refuse a foreign one). Frames and messages are limited to 64 MiB. Lives in one
// thread.
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

    void sendText(const QByteArray& utf8); // ignored unless Open

Q_SIGNALS:
    void opened();
    void textReceived(const QByteArray& utf8);
    void binaryReceived(const QByteArray& bytes);
    void closed(); // exactly once after open(), also when it never opened

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
