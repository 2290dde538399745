// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/baseurl.h"

namespace gesso {

QUrl cleanedBase(QUrl base)
{
    base.setUserInfo({}); // the only credential is Auth's
    base.setQuery(QString());
    base.setFragment({});
    QString path = base.path(QUrl::FullyEncoded);
    while (path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    base.setPath(path);
    return base;
}

bool isSameOrigin(const QUrl& a, const QUrl& b)
{
    constexpr int kHttp = 80;
    constexpr int kHttps = 443;
    const auto port = [](const QUrl& url) {
        return url.port(url.scheme() == QLatin1String("https") ? kHttps : kHttp);
    };
    return a.isValid() && b.isValid() && !a.host().isEmpty() && a.scheme() == b.scheme()
        && a.host() == b.host() && port(a) == port(b);
}

QUrl webSocketUrl(const QUrl& base, const QString& path, const QString& key, const QString& value)
{
    QUrl url = cleanedBase(base);
    url.setScheme(url.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    url.setPath(url.path(QUrl::FullyEncoded) + path, QUrl::TolerantMode);
    url.setQuery(key + QLatin1Char('=') + QString::fromLatin1(QUrl::toPercentEncoding(value)),
                 QUrl::TolerantMode);
    return url;
}

} // namespace gesso
