// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httpclient.h"

#include "core/net/baseurl.h"
#include "core/net/curlengine.h"
#include "core/net/httperrors.h"
#include "core/net/httpexchange.h"
#include "core/net/traffictap.h"

#include <QElapsedTimer>
#include <QPointer>

namespace gesso {
namespace {

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QUrl urlOf(const QUrl& base, const HttpRequest& request)
{
    QUrl url = base;
    url.setPath(base.path(QUrl::FullyEncoded) + request.path, QUrl::TolerantMode);
    QStringList pairs;
    for (const auto& [key, value] : request.query) {
        pairs += encoded(key) + QLatin1Char('=') + encoded(value);
    }
    if (!pairs.isEmpty()) {
        url.setQuery(pairs.join(QLatin1Char('&')), QUrl::TolerantMode);
    }
    return url;
}

} // namespace

QByteArray HttpAnswer::header(QByteArrayView name) const
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value.trimmed();
        }
    }
    return {};
}

class HttpClient::Private
{
public:
    QUrl base;
    Auth auth;
    CurlEngine engine;
    QList<QPointer<HttpExchange>> running;
    TrafficTapPtr tap;
};

HttpClient::HttpClient(QUrl base, Auth auth, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->base = cleanedBase(std::move(base));
    d->auth = std::move(auth);
}

HttpClient::~HttpClient()
{
    abortAll();
    // Exchanges hold transfers, which run in the engine.
    for (const QPointer<HttpExchange>& exchange : std::as_const(d->running)) {
        delete exchange.data();
    }
}

const QUrl& HttpClient::base() const
{
    return d->base;
}

QString HttpClient::host() const
{
    return hostText(d->base);
}

void HttpClient::setTap(std::shared_ptr<TrafficTap> tap)
{
    d->tap = std::move(tap);
}

void HttpClient::abortAll()
{
    d->engine.forgetConnections();
    const QList<QPointer<HttpExchange>> running = d->running; // a resumed coroutine may start or end others
    for (const QPointer<HttpExchange>& exchange : running) {
        if (exchange) {
            exchange->abort();
        }
    }
}

QCoro::Task<Result<HttpAnswer>> HttpClient::send(HttpRequest request, CancelToken cancel)
{
    return stream(std::move(request), {}, std::move(cancel));
}

QCoro::Task<Result<HttpAnswer>> HttpClient::stream(HttpRequest request, ByteSink sink, CancelToken cancel)
{
    const QUrl url = urlOf(d->base, request);
    const TrafficTapPtr tap = d->tap;
    const HttpRequest seen = tap ? request : HttpRequest();
    QElapsedTimer sinceStart;
    sinceStart.start();
    auto* exchange = new HttpExchange(d->engine, url, d->auth, std::move(request), std::move(sink), this);
    d->running.removeAll(nullptr);
    d->running += exchange;
    exchange->start(cancel);
    Result<HttpAnswer> result = co_await exchange->done();
    exchange->deleteLater();
    if (tap) {
        tap->exchanged(seen, result, sinceStart.elapsed());
    }
    co_return result;
}

} // namespace gesso
