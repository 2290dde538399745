// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/connectiontrouble.h"

#include <QCoreApplication>

#include <array>

namespace gesso {
namespace {

struct Row {
    ConnectionTrouble trouble;
    const char* name;
    const char* reason; // %1: the host
    const char* hint;
};

// In the order of the enum. Those without a reason do not end an attempt to connect.
constexpr std::array kRows{
    Row{ConnectionTrouble::None, "none", "", ""},
    Row{ConnectionTrouble::Refused, "refused",
        QT_TRANSLATE_NOOP("gesso::Connection", "Nothing answers at %1."),
        QT_TRANSLATE_NOOP("gesso::Connection", "Check that ComfyUI runs there and that the port is right.")},
    Row{ConnectionTrouble::UnknownHost, "unknown-host",
        QT_TRANSLATE_NOOP("gesso::Connection", "No machine called %1 was found."),
        QT_TRANSLATE_NOOP("gesso::Connection", "Check the spelling of the address and the network.")},
    Row{ConnectionTrouble::NoWay, "no-way",
        QT_TRANSLATE_NOOP("gesso::Connection", "There is no way to %1 at the moment."),
        QT_TRANSLATE_NOOP("gesso::Connection", "Check the network: cable, Wi-Fi, VPN.")},
    Row{ConnectionTrouble::Timeout, "timeout",
        QT_TRANSLATE_NOOP("gesso::Connection", "%1 did not answer in time."),
        QT_TRANSLATE_NOOP("gesso::Connection", "It may be busy, switched off or behind a firewall.")},
    Row{ConnectionTrouble::Tls, "tls",
        QT_TRANSLATE_NOOP("gesso::Connection", "A safe connection to %1 was not possible."),
        QT_TRANSLATE_NOOP("gesso::Connection",
                          "Its certificate is not trusted, or it does not speak https: try the address with "
                          "http.")},
    Row{ConnectionTrouble::Proxy, "proxy",
        QT_TRANSLATE_NOOP("gesso::Connection", "The proxy on the way to %1 does not let Gesso through."),
        QT_TRANSLATE_NOOP("gesso::Connection", "Check the proxy settings of this machine.")},
    Row{ConnectionTrouble::NoWebSocket, "no-websocket",
        QT_TRANSLATE_NOOP("gesso::Connection", "%1 answers, but not as ComfyUI does."),
        QT_TRANSLATE_NOOP("gesso::Connection",
                          "Another program may have taken its place, or a proxy passes no WebSockets. If it "
                          "speaks https, the address must begin with https.")},
    Row{ConnectionTrouble::Unauthorized, "unauthorized", "", ""},
    Row{ConnectionTrouble::Ended, "ended",
        QT_TRANSLATE_NOOP("gesso::Connection", "%1 ended the connection before it answered."),
        QT_TRANSLATE_NOOP("gesso::Connection", "It may be starting just now.")},
    Row{ConnectionTrouble::Silent, "silent", "", ""},
    Row{ConnectionTrouble::Stalled, "stalled", "", ""},
    Row{ConnectionTrouble::TooMuch, "too-much", "", ""},
    Row{ConnectionTrouble::Busy, "busy", "", ""},
};

const Row& rowOf(ConnectionTrouble trouble)
{
    return kRows.at(std::size_t(trouble));
}

} // namespace

QString nameOf(ConnectionTrouble trouble)
{
    return QString::fromLatin1(rowOf(trouble).name);
}

ConnectionTrouble troubleOf(QAbstractSocket::SocketError error, bool hasSpoken)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: // also what Qt calls an answer that is no handshake
        return hasSpoken ? ConnectionTrouble::NoWebSocket : ConnectionTrouble::Refused;
    case QAbstractSocket::RemoteHostClosedError:
        return ConnectionTrouble::Ended;
    case QAbstractSocket::HostNotFoundError:
        return ConnectionTrouble::UnknownHost;
    case QAbstractSocket::SocketTimeoutError:
        return ConnectionTrouble::Timeout;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return ConnectionTrouble::Tls;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return ConnectionTrouble::Proxy;
    default:
        return hasSpoken ? ConnectionTrouble::NoWebSocket : ConnectionTrouble::NoWay;
    }
}

ConnectionLoss connectingFailed(const QString& host, ConnectionTrouble trouble, const QString& technical)
{
    const Row& row = rowOf(trouble);
    const auto tr = [](const char* text) { return QCoreApplication::translate("gesso::Connection", text); };
    if (*row.reason == '\0') {
        return {trouble, tr("No connection to %1: %2").arg(host, technical), {}};
    }
    return {trouble, tr(row.reason).arg(host), tr(row.hint)};
}

} // namespace gesso
