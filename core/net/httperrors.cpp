// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httperrors.h"

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
    QNetworkReply::NetworkError error;
    ErrorKind kind;
    const char* message; // %1 is the host
    const char* hint;
};

constexpr std::array kTransport{
    TransportRow{
        QNetworkReply::ConnectionRefusedError, ErrorKind::Unreachable,
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "Nothing answers at %1."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "Check that ComfyUI runs there and that the port is right.")},
    TransportRow{
        QNetworkReply::HostNotFoundError, ErrorKind::Unreachable,
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "No machine called %1 was found."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "Check the spelling of the address and the network.")},
    TransportRow{
        QNetworkReply::RemoteHostClosedError, ErrorKind::Unreachable,
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "%1 ended the connection before its answer was complete."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "The server may have been restarted. Try again.")},
    // Qt asked for the body a second time, see SendOnceDevice.
    TransportRow{QNetworkReply::ContentReSendError, ErrorKind::Unreachable,
                 QT_TRANSLATE_NOOP("gesso::HttpErrors", "%1 ended the connection before it answered."),
                 QT_TRANSLATE_NOOP("gesso::HttpErrors", "The server may have been restarted. Try again.")},
    TransportRow{QNetworkReply::SslHandshakeFailedError, ErrorKind::Unreachable,
                 QT_TRANSLATE_NOOP("gesso::HttpErrors", "A safe connection to %1 was not possible."),
                 QT_TRANSLATE_NOOP("gesso::HttpErrors",
                                   "Its certificate is not trusted, or it does not speak https.")},
    TransportRow{QNetworkReply::UnknownContentError, ErrorKind::Protocol,
                 QT_TRANSLATE_NOOP("gesso::HttpErrors",
                                   "The answer of %1 is damaged, or far too large when unpacked."),
                 ""},
    TransportRow{
        QNetworkReply::ProtocolFailure, ErrorKind::Protocol,
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "%1 does not answer as a web server does."),
        QT_TRANSLATE_NOOP("gesso::HttpErrors", "Check that the address is that of a ComfyUI server.")},
    TransportRow{QNetworkReply::ProtocolUnknownError, ErrorKind::Usage,
                 QT_TRANSLATE_NOOP("gesso::HttpErrors", "The address of %1 is neither http nor https."), ""},
};

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
        return tr("%1 says that this is too large (%2 %3).");
    default:
        return tr("%1 answered with an error (%2 %3).");
    }
}

} // namespace

QString hostText(const QUrl& url)
{
    const bool isIpV6 = url.host().contains(QLatin1Char(':'));
    const QString host = isIpV6 ? QLatin1Char('[') + url.host() + QLatin1Char(']') : url.host();
    return url.port() < 0 ? host : host + QLatin1Char(':') + QString::number(url.port());
}

Error transportError(const QString& host, QNetworkReply::NetworkError error, const QString& technical)
{
    for (const TransportRow& row : kTransport) {
        if (row.error == error) {
            return {row.kind, tr(row.message).arg(host), *row.hint ? tr(row.hint) : QString(), technical};
        }
    }
    return {ErrorKind::Unreachable, tr("%1 cannot be reached.").arg(host),
            tr("Check that ComfyUI runs there and that the network works."), technical};
}

Error statusError(const QString& host, const QString& what, const HttpAnswer& answer)
{
    constexpr qsizetype kShownBytes = 4096;
    const ErrorKind kind = kindOfStatus(answer.status);
    const QString hint = kind == ErrorKind::Unauthorized ? tr("Check the server's access token.") : QString();
    return {kind, messageOfStatus(kind).arg(host, QString::number(answer.status), answer.reason), hint,
            what + QLatin1Char('\n')
                + QString::fromUtf8(answer.body.first(std::min(answer.body.size(), kShownBytes)))};
}

} // namespace gesso
