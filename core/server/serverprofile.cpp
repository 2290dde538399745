// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/server/serverprofile.h"

#include <QHostAddress>
#include <QRegularExpression>

namespace gesso {

namespace {

constexpr int comfyPort = 8188;

// "::1" and "fe80::1%eth0" are addresses, not a host with a port.
QString withBrackets(const QString& text)
{
    QHostAddress address;
    const bool isBareIpv6 = address.setAddress(text) && address.protocol() == QAbstractSocket::IPv6Protocol;
    return isBareIpv6 ? u'[' + text + u']' : text;
}

bool isHostPort(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("^[^/?#@\\s]+:\\d{1,5}([/?#].*)?$"));
    return pattern.match(text).hasMatch();
}

} // namespace

QString historyKey(const ServerProfile& profile)
{
    if (profile.isDemo) {
        return QStringLiteral("demo");
    }
    return profile.url
        .adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash)
        .toString(QUrl::FullyEncoded);
}

QUrl serverUrlFromText(const QString& text)
{
    static const QRegularExpression scheme(QStringLiteral("^([a-zA-Z][a-zA-Z0-9+.-]*)://"));
    QString address = text.trimmed();
    const QRegularExpressionMatch match = scheme.match(address);
    const bool hasScheme = match.hasMatch();
    if (!hasScheme) {
        const QString bracketed = withBrackets(address);
        if (bracketed.isEmpty() || bracketed.startsWith(u'/') || bracketed.startsWith(u':')) {
            return {};
        }
        if (bracketed == address && address.count(u':') > 0 && !address.startsWith(u'[')
            && !isHostPort(address)) {
            return {}; // "mailto:somebody", "C:\\comfy", "host:port"
        }
        address = QStringLiteral("http://") + bracketed;
    }
    QUrl url(address, QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !isHttp || url.host().isEmpty() || url.port() == 0) {
        return {};
    }
    if (!hasScheme && url.port() < 0) {
        url.setPort(comfyPort);
    }
    url.setUserInfo({}); // secrets have their own place
    url.setQuery(QString());
    url.setFragment(QString());
    QString path = url.path();
    while (path.endsWith(u'/')) {
        path.chop(1);
    }
    url.setPath(path);
    return url;
}

} // namespace gesso
