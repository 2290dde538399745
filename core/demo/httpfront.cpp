// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/httpfront.h"

#include "core/demo/boundedtcpserver.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QHttpServer>
#include <QHttpServerResponse>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

namespace gesso::demo {

namespace {

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return "GET";
    case QHttpServerRequest::Method::Head:
        return "HEAD";
    case QHttpServerRequest::Method::Post:
        return "POST";
    case QHttpServerRequest::Method::Put:
        return "PUT";
    case QHttpServerRequest::Method::Delete:
        return "DELETE";
    case QHttpServerRequest::Method::Patch:
        return "PATCH";
    case QHttpServerRequest::Method::Options:
        return "OPTIONS";
    default:
        return {};
    }
}

HttpRequest toRequest(const QHttpServerRequest& from)
{
    HttpRequest request;
    request.method = methodName(from.method());
    request.path = from.url().path(QUrl::FullyEncoded);
    // As in forms, a plus is a space.
    request.query =
        QUrlQuery(from.url().query(QUrl::FullyEncoded).replace(QLatin1Char('+'), QStringLiteral("%20")));
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    const auto headers = from.headers().toListOfPairs();
#else
    const auto headers = from.headers();
#endif
    for (const auto& [name, value] : headers) {
        request.headers.append({name.toLower(), value});
    }
    request.body = from.body();
    return request;
}

QHttpServerResponse toResponse(const HttpAnswer& answer)
{
    QHttpServerResponse response(answer.contentType, answer.body,
                                 static_cast<QHttpServerResponse::StatusCode>(answer.status));
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders headers = response.headers();
    for (const auto& [name, value] : answer.headers) {
        headers.append(name, value);
    }
    response.setHeaders(std::move(headers));
#else
    for (const auto& [name, value] : answer.headers) {
        response.addHeader(name, value);
    }
#endif
    return response;
}

// Writes now or later; later only if the connection is still there.
class LateReply
{
public:
    explicit LateReply(QHttpServerResponder&& responder)
        : m_responder(std::make_shared<QHttpServerResponder>(std::move(responder)))
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
        , m_socket(m_responder->socket())
#endif
    {
    }

    void send(const HttpAnswer& answer) const
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        m_responder->sendResponse(toResponse(answer));
#else
        if (m_socket && m_socket->state() == QAbstractSocket::ConnectedState) {
            toResponse(answer).write(std::move(*m_responder));
        }
#endif
    }

private:
    std::shared_ptr<QHttpServerResponder> m_responder;
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    QPointer<QTcpSocket> m_socket; // 6.4 keeps a bare pointer
#endif
};

// A page may have turned its own name to this machine: it then is its own origin, and its name is the Host.
bool isThisMachine(const QByteArray& host)
{
    const QString name = QUrl::fromEncoded("http://" + host).host();
    return name == u"localhost" || name.endsWith(u".localhost") || QHostAddress(name).isLoopback();
}

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
// Upgrades need a matching route in Qt 6.4. This one matches the socket's paths, unless a foreign page asks.
class UpgradeRule final : public QHttpServerRouterRule
{
public:
    using QHttpServerRouterRule::QHttpServerRouterRule;

protected:
    bool matches(const QHttpServerRequest& request, QRegularExpressionMatch* match) const override
    {
        return !isForeignOrigin(request.value("Origin"), request.value("Host"))
            && request.value("Upgrade").compare("websocket", Qt::CaseInsensitive) == 0
            && QHttpServerRouterRule::matches(request, match);
    }
};
#endif

} // namespace

bool isForeignOrigin(const QByteArray& origin, const QByteArray& host)
{
    if (!host.isEmpty() && !isThisMachine(host)) {
        return true;
    }
    if (origin.isEmpty() || host.isEmpty()) {
        return false;
    }
    const QUrl url = QUrl::fromEncoded(origin);
    const QString authority = url.authority();
    return authority.compare(QString::fromLatin1(host), Qt::CaseInsensitive) != 0;
}

HttpFront::HttpFront(HttpHandler handler, QObject* parent)
    : QObject(parent)
    , m_handler(std::move(handler))
    , m_server(std::make_unique<QHttpServer>())
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    m_server->addWebSocketUpgradeVerifier(this, [](const QHttpServerRequest& request) {
        const QString path = request.url().path();
        if (path != u"/ws" && path != u"/api/ws") {
            return QHttpServerWebSocketUpgradeResponse::passToNext();
        }
        return isForeignOrigin(request.value("Origin"), request.value("Host"))
            ? QHttpServerWebSocketUpgradeResponse::deny(403, "Forbidden")
            : QHttpServerWebSocketUpgradeResponse::accept();
    });
#else
    for (const QString& path : {QStringLiteral("/ws"), QStringLiteral("/api/ws")}) {
        // The handler writes nothing: the connection is handed to the WebSocket server.
        m_server->route<UpgradeRule>(path, [](QHttpServerResponder&&) {});
    }
#endif
    connect(m_server.get(), &QHttpServer::newWebSocketConnection, this, &HttpFront::takeSockets);
    const auto answer = [this](const QHttpServerRequest& request, QHttpServerResponder&& responder) {
        const LateReply reply(std::move(responder));
        const HttpAnswer content = m_handler(toRequest(request));
        if (content.delayMs > 0) {
            QTimer::singleShot(content.delayMs, this, [reply, content] { reply.send(content); });
        } else {
            reply.send(content);
        }
    };
    // Everything else goes through one handler, so that paths stay as they were sent (routes may see them
    // decoded).
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    m_server->setMissingHandler(this,
                                [answer](const QHttpServerRequest& request, QHttpServerResponder& responder) {
                                    answer(request, std::move(responder));
                                });
#else
    m_server->setMissingHandler(answer);
#endif
}

HttpFront::~HttpFront() = default;

Result<quint16> HttpFront::listen(quint16 port)
{
    // A little more than a body: so that one just over the limit is answered and not cut.
    auto tcp = std::make_unique<BoundedTcpServer>(maxBodyBytes + maxBodyBytes / 10);
    if (!tcp->listen(QHostAddress::LocalHost, port)) {
        return fail(
            ErrorKind::Unreachable,
            QCoreApplication::translate("gesso::demo", "The demo server cannot listen on port %1.").arg(port),
            QCoreApplication::translate("gesso::demo", "Choose another port, or 0 for any free one."),
            tcp->errorString());
    }
    const quint16 actual = tcp->serverPort();
    m_server->bind(tcp.release());
    return actual;
}

void HttpFront::takeSockets()
{
    while (m_server->hasPendingWebSocketConnections()) {
        Q_EMIT socketConnected(m_server->nextPendingWebSocketConnection().release());
    }
}

} // namespace gesso::demo
