// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QAbstractSocket>
#include <QString>

namespace gesso {

// Why a connection is not there, or is there and of no use. A closed set; nameOf() is stable and shown to
// programs.
enum class ConnectionTrouble {
    None,
    Refused, // nothing listens there
    UnknownHost, // no machine of that name
    NoWay, // no network, or none that leads there
    Timeout, // nobody answered while connecting
    Tls, // no safe connection
    Proxy, // a proxy on the way
    NoWebSocket, // somebody answers, but not as ComfyUI's socket does
    Unauthorized, // a token is needed, or another one
    Ended, // the other end closed it: a restart, a cut line
    Silent, // open at this end only
    Stalled, // frames should come and do not (protocol.md, section 1)
    TooMuch, // more came than can be read
    Busy, // the machine takes connections, but the program does not answer: it loads a model, say
};

// Why a connection ended, for a program and for a person.
struct ConnectionLoss {
    ConnectionTrouble trouble = ConnectionTrouble::None;
    QString reason; // one plain sentence naming the server
    QString hint; // the way out; may be empty

    bool operator==(const ConnectionLoss&) const = default;
};

QString nameOf(ConnectionTrouble trouble); // "unknown-host"

// `hasSpoken`: the connection was made and the handshake sent before this happened.
ConnectionTrouble troubleOf(QAbstractSocket::SocketError error, bool hasSpoken);

// The words for an attempt at `host` ("gpu-box:8188") that ended with `trouble`; `technical` are the
// system's.
ConnectionLoss connectingFailed(const QString& host, ConnectionTrouble trouble, const QString& technical);

} // namespace gesso
