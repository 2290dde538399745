// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/baseurl.h"
#include "core/net/websocketchannel.h"
#include "tests/testkit/scriptedserver.h"

#include <QCryptographicHash>

namespace gesso::testkit {

inline constexpr int kSoonMs = 100;
inline constexpr int kNeverMs = 60'000;
inline constexpr int kPatienceMs = 10'000;

inline WebSocketTiming patient()
{
    return {kNeverMs, kNeverMs, kNeverMs, kNeverMs};
}

inline WebSocketTiming pinging() // and expecting a pong soon
{
    WebSocketTiming timing = patient();
    timing.pingMs = kSoonMs;
    timing.pongMs = kSoonMs;
    return timing;
}

// What a server answers to the handshake, byte for byte (RFC 6455, section 4.2.2).
inline QByteArray handshakeAnswer(const ScriptedServer::Request& request)
{
    const QByteArray key =
        request.headers.value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
           "Upgrade\r\nSec-WebSocket-Accept: "
        + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n\r\n";
}

// A server that shakes hands and then says `bytes`.
inline ScriptedServer::Handler shakeAndSay(const QByteArray& bytes)
{
    return [bytes](const ScriptedServer::Request& request) {
        request.socket->write(handshakeAnswer(request) + bytes);
    };
}

inline QUrl socketUrl(const QUrl& server)
{
    return webSocketUrl(server, QStringLiteral("/ws"), QStringLiteral("clientId"), QStringLiteral("a b"));
}
inline QUrl socketUrl(const ScriptedServer& server)
{
    return socketUrl(server.url());
}

} // namespace gesso::testkit
