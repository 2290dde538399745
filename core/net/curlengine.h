// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <curl/curl.h>

#include <QHash>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace gesso {

class HttpTransfer;
class SocketWatch;

// libcurl's multi interface, driven by Qt's event loop: sockets and its timer wake it, nothing waits
// (https://curl.se/libcurl/c/libcurl-multi.html, "multi_socket"). Keeps connections alive between transfers,
// at most six at a time to one server. Lives in one thread.
//
// libcurl must not be called from inside its own callbacks, and what listens to a transfer may do anything.
// So callbacks only gather, and transfers tell what they gathered when libcurl has returned.
class CurlEngine final : public QObject
{
    Q_OBJECT

public:
    explicit CurlEngine(QObject* parent = nullptr);
    ~CurlEngine() override;

    void start(HttpTransfer& transfer);
    void stop(HttpTransfer& transfer); // running or not; its connection is closed if it is
    void noteNews(HttpTransfer& transfer); // from inside libcurl: it has something to tell

    // Connections that are kept for later are used no more: after a failure the others may be dead too, and
    // a dead one shows only when something is sent. The proxy is asked for anew as well.
    void forgetConnections();

    // The one that Qt knows for `url`, as for the WebSocket: the application's or the system's.
    QNetworkProxy proxyFor(const QUrl& url);

private:
    struct MultiDeleter {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };

    static int watchSocket(CURL* easy, curl_socket_t socket, int what, void* engine, void* unused);
    static int setTimer(CURLM* multi, long milliseconds, void* engine);
    void renew();
    void act(curl_socket_t socket, int events);
    void takeEnded();
    void tellNews();

    QHash<curl_socket_t, SocketWatch*> m_watches; // kept when idle: the same numbers come again
    QTimer m_timer;
    QList<QPointer<HttpTransfer>> m_news;
    QHash<QString, QNetworkProxy> m_proxies; // by scheme, host and port
    int m_running = 0;
    bool m_distrustsIdle = false;
    std::unique_ptr<CURLM, MultiDeleter> m_multi; // goes first: it calls back for its sockets
};

} // namespace gesso
