// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/curlengine.h"

#include "core/net/httptransfer.h"
#include "core/net/socketwatch.h"

#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QUrl>

#include <utility>

namespace gesso {
namespace {

constexpr long kMaxHostConnections = 6; // as browsers do
constexpr long kMaxIdleConnections = 6;

// Once for the program, and never undone: others may use libcurl too.
bool initializeCurl()
{
    static const bool isReady = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return isReady;
}

} // namespace

CurlEngine::CurlEngine(QObject* parent)
    : QObject(parent)
{
    initializeCurl();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    renew();
}

CurlEngine::~CurlEngine() = default;

void CurlEngine::renew()
{
    m_multi.reset();
    m_multi.reset(curl_multi_init());
    CURLM* multi = m_multi.get();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlEngine::watchSocket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlEngine::setTimer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, kMaxHostConnections);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kMaxIdleConnections);
    m_distrustsIdle = false;
}

void CurlEngine::start(HttpTransfer& transfer)
{
    if (m_distrustsIdle && m_running == 0) {
        renew();
    }
    curl_easy_setopt(transfer.easy(), CURLOPT_FRESH_CONNECT, long(m_distrustsIdle));
    if (curl_multi_add_handle(m_multi.get(), transfer.easy()) == CURLM_OK) {
        ++m_running;
        transfer.setRunning(true);
    }
}

void CurlEngine::stop(HttpTransfer& transfer)
{
    m_news.removeOne(&transfer);
    if (transfer.isRunning()) {
        --m_running;
        transfer.setRunning(false);
        curl_multi_remove_handle(m_multi.get(), transfer.easy());
    }
}

void CurlEngine::noteNews(HttpTransfer& transfer)
{
    if (!m_news.contains(&transfer)) {
        m_news += &transfer;
    }
}

void CurlEngine::forgetConnections()
{
    m_distrustsIdle = true;
    m_proxies.clear();
}

QNetworkProxy CurlEngine::proxyFor(const QUrl& url)
{
    const QString key = url.scheme() + QStringLiteral("://") + url.authority(QUrl::FullyEncoded);
    auto found = m_proxies.constFind(key);
    if (found == m_proxies.cend()) { // the system may have to be asked, which takes its time
        const QList<QNetworkProxy> all = QNetworkProxyFactory::proxyForQuery(QNetworkProxyQuery(url));
        found = m_proxies.insert(key, all.value(0, QNetworkProxy(QNetworkProxy::NoProxy)));
    }
    return *found;
}

int CurlEngine::watchSocket(CURL*, curl_socket_t socket, int what, void* engine, void*)
{
    auto* self = static_cast<CurlEngine*>(engine);
    SocketWatch*& watch = self->m_watches[socket];
    if (!watch) {
        watch = new SocketWatch(socket, self);
        connect(watch, &SocketWatch::ready, self, [self, socket](int events) { self->act(socket, events); });
    }
    watch->watch(what);
    return 0;
}

int CurlEngine::setTimer(CURLM*, long milliseconds, void* engine)
{
    QTimer& timer = static_cast<CurlEngine*>(engine)->m_timer;
    if (milliseconds < 0) {
        timer.stop();
    } else {
        timer.start(int(milliseconds));
    }
    return 0;
}

void CurlEngine::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi.get(), socket, events, &running);
    takeEnded();
    tellNews();
}

void CurlEngine::takeEnded()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        const CURLcode code = message->data.result; // the message goes with its handle
        char* owner = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        HttpTransfer& transfer = *reinterpret_cast<HttpTransfer*>(owner);
        stop(transfer);
        transfer.finish(code);
        noteNews(transfer);
    }
}

// What is told may start and stop transfers, and even end this engine.
void CurlEngine::tellNews()
{
    const QPointer<CurlEngine> self(this);
    while (self && !m_news.isEmpty()) {
        if (const QPointer<HttpTransfer> transfer = m_news.takeFirst()) {
            transfer->tell();
        }
    }
}

} // namespace gesso
