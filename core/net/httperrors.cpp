// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httperrors.h"

#include "core/net/connectiontrouble.h"
#include "core/net/httpclient.h"

#include <QCoreApplication>

#include <array>

namespace gesso {
namespace {

constexpr const char* kContext = "gesso::HttpErrors";

QString tr(const char* text)
{
    return QCoreApplication::translate(kContext, text);
}

struct TransportRow {
    HttpFault fault;
    ErrorKind kind;
    const char* message; // %1 is the host
    const char* hint;
};

constexpr std::array kTransport{
    TransportRow{
        HttpFault::Closed, ErrorKind::Unreachable,
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "%1 ended the connection before its answer was complete."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "The server may have been restarted. Try again.")},
    TransportRow{
        HttpFault::Damaged, ErrorKind::Protocol,
        QT_TRANSLATE_NOOP("gesso::HttpErrors",
                          "The answer of %1 is damaged, or far too large when unpacked."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors",
                          "Try again; if it stays so, look at what lies between you and the server.")},
    TransportRow{
        HttpFault::NotHttp, ErrorKind::Protocol,
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "%1 does not answer as a web server does."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "Check that the address is that of a ComfyUI server.")},
    TransportRow{HttpFault::BadAddress, ErrorKind::Usage,
                 QT_TRANSLATE_NOOP("gesso::HttpErrors", "The address of %1 is neither http nor https."),
                 QT_TRANSLATE_NOOP("gesso::HttpErrors", "Write it as http://host:8188.")},
};

// Those that the socket knows too have its words.
ConnectionTrouble troubleOf(HttpFault fault)
{
    switch (fault) {
    case HttpFault::Refused:
        return ConnectionTrouble::Refused;
    case HttpFault::UnknownHost:
        return ConnectionTrouble::UnknownHost;
    case HttpFault::Tls:
        return ConnectionTrouble::Tls;
    case HttpFault::Timeout:
        return ConnectionTrouble::Timeout;
    case HttpFault::NoWay:
        return ConnectionTrouble::NoWay;
    case HttpFault::Proxy:
        return ConnectionTrouble::Proxy;
    default:
        return ConnectionTrouble::None;
    }
}

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
    case 403:
        return ErrorKind::Unauthorized;
    case 404:
        return ErrorKind::NotFound;
    case 413:
        return ErrorKind::TooLarge;
    default:
        return ErrorKind::ServerError;
    }
}

QString messageOfStatus(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unauthorized:
        return tr("%1 does not let Gesso in (%2 %3).");
    case ErrorKind::NotFound:
        return tr("%1 does not have what was asked for (%2 %3).");
    case ErrorKind::TooLarge:
        return tr("%1 does not take that much at once (%2 %3).");
    default:
        return tr("%1 answered with an error (%2 %3).");
    }
}

QString hintOfStatus(int status)
{
    switch (status) {
    case 401:
    case 403:
        return tr("Check the server's access token.");
    case 404:
        return tr("Check that the address is that of a ComfyUI server.");
    case 413:
        return tr("Use smaller pictures, or have the limit of the server, or of a proxy before it, raised.");
    case 429:
    case 502:
    case 503:
    case 504:
        return tr("It may be starting or have too much to do. Try again in a while.");
    default:
        return tr("Look into the server's log.");
    }
}

} // namespace

QString hostText(const QUrl& url)
{
    const bool isIpV6 = url.host().contains(QLatin1Char(':'));
    const QString host = isIpV6 ? QLatin1Char('[') + url.host() + QLatin1Char(']') : url.host();
    return url.port() < 0 ? host : host + QLatin1Char(':') + QString::number(url.port());
}

Error transportError(const QString& host, HttpFault fault, const QString& technical)
{
    if (const ConnectionTrouble trouble = troubleOf(fault); trouble != ConnectionTrouble::None) {
        const ConnectionLoss loss = connectingFailed(host, trouble, technical);
        const bool isLate = trouble == ConnectionTrouble::Timeout;
        return {isLate ? ErrorKind::Timeout : ErrorKind::Unreachable, loss.reason, loss.hint, technical};
    }
    for (const TransportRow& row : kTransport) {
        if (row.fault == fault) {
            return {row.kind, tr(row.message).arg(host), tr(row.hint), technical};
        }
    }
    return {ErrorKind::Unreachable, tr("%1 cannot be reached.").arg(host),
            tr("Check that ComfyUI runs there and that the network works."), technical};
}

Error statusError(const QString& host, const QString& what, const HttpAnswer& answer)
{
    constexpr qsizetype kShownBytes = 4096;
    const ErrorKind kind = kindOfStatus(answer.status);
    return {kind, messageOfStatus(kind).arg(host, QString::number(answer.status), answer.reason),
            hintOfStatus(answer.status),
            what + QLatin1Char('\n')
                + QString::fromUtf8(answer.body.first(std::min(answer.body.size(), kShownBytes)))};
}

} // namespace gesso
