// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httpexchange.h"

#include "core/net/baseurl.h"
#include "core/net/httperrors.h"
#include "core/net/sendoncedevice.h"

#include <QHttpMultiPart>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>

namespace gesso {
namespace {

constexpr int kMaxRedirects = 5;
constexpr qint64 kMaxReserve = 32 * 1024 * 1024; // an announcement is not yet an answer
constexpr qsizetype kPieceBytes = 64 * 1024;
constexpr qsizetype kMaxErrorBytes = 64 * 1024; // of a streamed call's refusal
constexpr qint64 kStreamBufferBytes = 1024 * 1024; // what Qt reads ahead of the sink

// Inside a quoted string of a header: no line ends, quotes or backslashes.
QByteArray quoted(const QString& text)
{
    QByteArray safe;
    for (const char c : text.toUtf8()) {
        const bool isControl = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        safe += isControl || c == '"' || c == '\\' ? '_' : c;
    }
    return '"' + safe + '"';
}

QHttpMultiPart* multiPart(const QList<HttpPart>& parts)
{
    auto* whole = new QHttpMultiPart(QHttpMultiPart::FormDataType);
    for (const HttpPart& part : parts) {
        QHttpPart one;
        QByteArray disposition = "form-data; name=" + quoted(part.name);
        if (!part.fileName.isEmpty()) {
            disposition += "; filename=" + quoted(part.fileName);
        }
        one.setRawHeader("Content-Disposition", disposition);
        if (!part.contentType.isEmpty()) {
            one.setRawHeader("Content-Type", part.contentType);
        }
        one.setBody(part.bytes);
        whole->append(one);
    }
    return whole;
}

} // namespace

HttpExchange::HttpExchange(QNetworkAccessManager& manager, QUrl url, const Auth& auth, HttpRequest request,
                           HttpClient::ByteSink sink, QObject* parent)
    : QObject(parent)
    , m_manager(manager)
    , m_url(std::move(url))
    , m_auth(auth)
    , m_request(std::move(request))
    , m_sink(std::move(sink))
    , m_host(hostText(m_url))
{
    for (auto [timer, interval] :
         {std::pair(&m_total, m_request.limits.totalMs), {&m_idle, m_request.limits.idleMs}}) {
        timer->setSingleShot(true);
        timer->setInterval(interval);
        connect(timer, &QTimer::timeout, this, [this, interval = interval] { endWithTimeout(interval); });
    }
}

HttpExchange::~HttpExchange()
{
    dropReply();
}

void HttpExchange::start(const CancelToken& cancel)
{
    if (cancel.isCancelled()) {
        end(fail(ErrorKind::Cancelled, tr("The call to %1 was cancelled.").arg(m_host)));
        return;
    }
    cancel.onCancelled(
        this, [this] { end(fail(ErrorKind::Cancelled, tr("The call to %1 was cancelled.").arg(m_host))); });
    if (m_request.limits.totalMs > 0) {
        m_total.start();
    }
    send();
}

void HttpExchange::abort()
{
    end(fail(ErrorKind::Cancelled, tr("The call to %1 was cancelled.").arg(m_host)));
    resume();
}

QNetworkRequest HttpExchange::networkRequest() const
{
    QNetworkRequest request(m_url);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Gesso/" GESSO_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Qt refuses well-compressed answers above this size; below our own cap they are welcome, above it
    // readBody() stops.
    request.setDecompressedSafetyCheckThreshold(m_request.limits.maxBytes);
    for (const auto& [name, value] : m_request.headers) {
        request.setRawHeader(name, value);
    }
    m_auth.applyTo(request);
    if (m_sink) { // files do not shrink, and Qt does not notice when a compressed body is cut short
        request.setRawHeader("Accept-Encoding", "identity");
    }
    if (!m_request.contentType.isEmpty()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, m_request.contentType);
    }
    return request;
}

void HttpExchange::send()
{
    QNetworkRequest request = networkRequest();
    if (!m_request.parts.isEmpty()) {
        QHttpMultiPart* body = multiPart(m_request.parts);
        m_reply = m_manager.sendCustomRequest(request, m_request.method, body);
        body->setParent(m_reply);
    } else if (m_request.method == "GET") {
        m_reply = m_manager.get(request);
    } else {
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        auto* body = new SendOnceDevice(m_request.body);
        m_reply = m_manager.sendCustomRequest(request, m_request.method, body);
        body->setParent(m_reply);
    }
    if (m_sink) {
        m_reply->setReadBufferSize(kStreamBufferBytes);
    }
    const auto restartIdle = [this] {
        if (m_request.limits.idleMs > 0 && !m_result) {
            m_idle.start();
        }
    };
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::readBody);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, restartIdle);
    connect(m_reply, &QNetworkReply::readyRead, this, restartIdle);
    connect(m_reply, &QNetworkReply::uploadProgress, this, restartIdle);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::conclude);
    restartIdle();
}

void HttpExchange::readHead()
{
    m_answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_answer.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    m_answer.contentType = m_reply->rawHeader("Content-Type");
    const QList<QNetworkReply::RawHeaderPair>& headers = m_reply->rawHeaderPairs();
    m_answer.headers = {headers.cbegin(), headers.cend()};
    if (!m_sink && m_answer.body.isEmpty()) { // at once, not by doubling: a catalogue has twenty megabytes
        const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        m_answer.body.reserve(
            std::clamp<qint64>(announced, 0, std::min(m_request.limits.maxBytes, kMaxReserve)));
    }
}

void HttpExchange::readBody()
{
    // The reply is let go of as soon as the call has ended: by the cap, by the sink, or by what the sink did.
    const QPointer<HttpExchange> self(this);
    while (self && m_reply && m_reply->bytesAvailable() > 0) {
        const QByteArray piece = m_reply->read(kPieceBytes);
        if (piece.isEmpty() || !take(piece)) {
            return;
        }
    }
}

// False when the call has ended.
bool HttpExchange::take(const QByteArray& piece)
{
    m_answer.bytes += piece.size();
    if (m_answer.bytes > m_request.limits.maxBytes) {
        end(fail(ErrorKind::TooLarge,
                 tr("The answer of %1 is larger than the limit of %2 MB.")
                     .arg(m_host)
                     .arg(double(m_request.limits.maxBytes) / 1e6, 0, 'g', 4)));
        return false;
    }
    if (isRedirect()) {
        return true;
    }
    if (!m_sink) {
        m_answer.body += piece;
        return true;
    }
    if (!m_answer.isSuccess()) {
        m_answer.body += piece.first(std::min(piece.size(), kMaxErrorBytes - m_answer.body.size()));
        return true;
    }
    if (!tellHead()) {
        return false;
    }
    const QPointer<HttpExchange> self(this);
    const bool wantsMore = m_sink(piece);
    if (self && !wantsMore) {
        end(fail(ErrorKind::Cancelled, tr("The download from %1 was stopped.").arg(m_host)));
    }
    return wantsMore;
}

// False when the call has ended.
bool HttpExchange::tellHead()
{
    if (m_isHeadTold || !m_request.onHead) {
        return true;
    }
    m_isHeadTold = true;
    const QPointer<HttpExchange> self(this);
    const bool wantsMore = m_request.onHead(m_answer);
    if (self && !wantsMore) {
        end(fail(ErrorKind::Cancelled, tr("The download from %1 was stopped.").arg(m_host)));
    }
    return self && wantsMore;
}

void HttpExchange::conclude()
{
    const QPointer<HttpExchange> self(this);
    readHead();
    readBody();
    if (!self || m_result) {
        return;
    }
    const QNetworkReply::NetworkError error = m_reply->error();
    // Qt reports statuses from 400 as errors too; for us they are answers.
    // The same goes for a redirect of a body that cannot be sent again.
    const bool isOnlyStatus = isRedirect()
        || (m_answer.status >= 400 && error != QNetworkReply::ContentReSendError
            && error >= QNetworkReply::ContentAccessDenied && error != QNetworkReply::ProtocolFailure);
    if (error != QNetworkReply::NoError && !isOnlyStatus) {
        end(fail(transportError(m_host, error, m_reply->errorString())));
    } else if (isCutShort()) {
        end(fail(transportError(m_host, QNetworkReply::RemoteHostClosedError, {})));
    } else if (m_sink && m_reply->hasRawHeader("Content-Encoding")) {
        end(fail(transportError(m_host, QNetworkReply::UnknownContentError, {})));
    } else if (isRedirect()) {
        follow(m_url.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location"))));
    } else if (!m_sink || !m_answer.isSuccess() || tellHead()) {
        if (!m_answer.isSuccess()) { // it ends in messages, logs and recordings
            m_answer.body = m_auth.withoutToken(std::move(m_answer.body));
            m_answer.reason = QString::fromUtf8(m_auth.withoutToken(m_answer.reason.toUtf8()));
        }
        end(std::move(m_answer));
    }
}

// Whether fewer bytes came than announced. Qt lets some of these pass. It also hides whether a chunked body
// was cut; there the JSON parser is the judge, and files come with their length.
bool HttpExchange::isCutShort() const
{
    if (m_reply->hasRawHeader("Content-Encoding") || !m_reply->hasRawHeader("Content-Length")) {
        return false;
    }
    const bool hasNoBody = m_answer.status == 204 || m_answer.status == 304;
    return !hasNoBody && m_answer.bytes < m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
}

bool HttpExchange::isRedirect() const
{
    switch (m_answer.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return true;
    default:
        return false;
    }
}

void HttpExchange::follow(const QUrl& target)
{
    if (!isSameOrigin(m_url, target)) {
        const QString address =
            target
                .adjusted(QUrl::RemovePath | QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment)
                .toString();
        end(fail(ErrorKind::Protocol, tr("%1 points to another server: %2.").arg(m_host, address),
                 tr("If you trust it, use that as the server's address.")));
        return;
    }
    // 301 to 303 would turn a POST into a GET, which is not what was asked.
    const bool keepsMethod = m_request.method == "GET" || m_answer.status >= 307;
    if (!keepsMethod || ++m_redirects > kMaxRedirects) {
        end(fail(ErrorKind::Protocol, tr("%1 sends this call in circles.").arg(m_host),
                 tr("Check the path in the server's address.")));
        return;
    }
    dropReply();
    m_url = target;
    m_answer = {};
    send();
}

void HttpExchange::endWithTimeout(int milliseconds)
{
    end(fail(
        ErrorKind::Timeout,
        tr("%1 did not answer within %2 seconds.").arg(m_host).arg(double(milliseconds) / 1000.0, 0, 'g', 3),
        tr("The server may be busy or gone. Try again.")));
}

void HttpExchange::end(Result<HttpAnswer> result)
{
    if (m_result) {
        return;
    }
    m_result = std::move(result);
    m_total.stop();
    m_idle.stop();
    dropReply();
    QMetaObject::invokeMethod(this, &HttpExchange::resume, Qt::QueuedConnection);
}

// A reply may be in the middle of emitting: it is only ever deleted later.
void HttpExchange::dropReply()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
}

void HttpExchange::resume()
{
    if (const std::coroutine_handle<> waiter = std::exchange(m_waiter, {})) {
        waiter.resume();
    }
}

} // namespace gesso
