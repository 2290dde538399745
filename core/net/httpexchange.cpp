// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httpexchange.h"

#include "core/net/baseurl.h"
#include "core/net/curlengine.h"
#include "core/net/httperrors.h"
#include "core/net/httptransfer.h"

#include <algorithm>

namespace gesso {
namespace {

constexpr int kMaxRedirects = 5;
constexpr qint64 kMaxReserve = 32 * 1024 * 1024; // an announcement is not yet an answer
constexpr qsizetype kMaxErrorBytes = 64 * 1024; // of a streamed call's refusal

} // namespace

HttpExchange::HttpExchange(CurlEngine& engine, QUrl url, const Auth& auth, HttpRequest request,
                           HttpClient::ByteSink sink, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
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
    dropTransfer();
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

void HttpExchange::send()
{
    // Files do not shrink, and a range counts the bytes of the file.
    const bool isAsIs = bool(m_sink);
    m_transfer = new HttpTransfer(m_engine, m_url, m_request, m_auth, isAsIs, this);
    connect(m_transfer, &HttpTransfer::moved, this, &HttpExchange::restartIdle);
    connect(m_transfer, &HttpTransfer::headCame, this, &HttpExchange::readHead);
    connect(m_transfer, &HttpTransfer::bodyCame, this, &HttpExchange::take);
    connect(m_transfer, &HttpTransfer::ended, this, &HttpExchange::conclude);
    m_transfer->start();
    restartIdle();
}

void HttpExchange::restartIdle()
{
    if (m_request.limits.idleMs > 0 && !m_result) {
        m_idle.start();
    }
}

void HttpExchange::readHead()
{
    restartIdle();
    m_answer = m_transfer->head();
    if (!m_sink) { // at once, not by doubling: a catalogue has twenty megabytes
        const qint64 announced = m_answer.header("Content-Length").toLongLong();
        m_answer.body.reserve(
            std::clamp<qint64>(std::min(announced, m_request.limits.maxBytes), 0, kMaxReserve));
    }
}

// False when the call has ended.
bool HttpExchange::take(QByteArrayView piece)
{
    m_answer.bytes += piece.size();
    if (m_answer.bytes > m_request.limits.maxBytes) {
        end(fail(ErrorKind::TooLarge,
                 tr("The answer of %1 is larger than the limit of %2 MB.")
                     .arg(m_host, QString::number(double(m_request.limits.maxBytes) / 1e6, 'g', 4)),
                 tr("Check that the address is that of a ComfyUI server.")));
        return false;
    }
    if (isRedirect()) {
        return true;
    }
    if (!m_sink) {
        m_answer.body.append(piece);
        return true;
    }
    if (!m_answer.isSuccess()) {
        m_answer.body.append(piece.first(std::min(piece.size(), kMaxErrorBytes - m_answer.body.size())));
        return true;
    }
    if (!tellHead()) {
        return false;
    }
    const QPointer<HttpExchange> self(this);
    const bool wantsMore = m_sink(piece.toByteArray());
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
    if (const HttpFault fault = m_transfer->fault(); fault != HttpFault::None) {
        m_engine.forgetConnections();
        end(fail(transportError(m_host, fault, m_transfer->technical())));
    } else if (isRedirect()) {
        follow(m_url.resolved(QUrl::fromEncoded(m_answer.header("Location"))));
    } else if (m_sink && !m_answer.header("Content-Encoding").isEmpty()) { // although none was asked for
        end(fail(transportError(m_host, HttpFault::Damaged, {})));
    } else if (!m_sink || !m_answer.isSuccess() || tellHead()) {
        redact();
        end(std::move(m_answer));
    }
}

// A server that says the token back: what it says ends in messages, logs, recordings and the history. Larger
// answers than that are catalogues, and looking through them would take too long for this thread.
void HttpExchange::redact()
{
    constexpr qsizetype kSearchedBytes = 1024 * 1024;
    if (!m_answer.isSuccess()) {
        m_answer.body = m_auth.withoutToken(std::move(m_answer.body));
        m_answer.reason = QString::fromUtf8(m_auth.withoutToken(m_answer.reason.toUtf8()));
    } else if (m_answer.body.size() <= kSearchedBytes) {
        m_answer.body = m_auth.withoutTokenInData(std::move(m_answer.body));
    }
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
    const QString hint = tr("Check the path in the server's address.");
    if (m_request.method != "GET" && m_answer.status < 307) { // it would become a GET
        end(fail(ErrorKind::Protocol, tr("%1 sends this call elsewhere without what it carries.").arg(m_host),
                 hint));
        return;
    }
    if (++m_redirects > kMaxRedirects) {
        end(fail(ErrorKind::Protocol, tr("%1 sends this call in circles.").arg(m_host), hint));
        return;
    }
    dropTransfer();
    m_url = target;
    m_answer = {};
    send();
}

void HttpExchange::endWithTimeout(int milliseconds)
{
    m_engine.forgetConnections();
    end(fail(ErrorKind::Timeout,
             tr("%1 did not answer within %2 seconds.")
                 .arg(m_host, QString::number(double(milliseconds) / 1000.0, 'g', 3)),
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
    dropTransfer();
    QMetaObject::invokeMethod(this, &HttpExchange::resume, Qt::QueuedConnection);
}

// It may be in the middle of emitting: it is only ever deleted later.
void HttpExchange::dropTransfer()
{
    if (m_transfer) {
        m_transfer->disconnect(this);
        m_transfer->stop();
        m_transfer->deleteLater();
        m_transfer = nullptr;
    }
}

void HttpExchange::resume()
{
    if (const std::coroutine_handle<> waiter = std::exchange(m_waiter, {})) {
        waiter.resume();
    }
}

} // namespace gesso
