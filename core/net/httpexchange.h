// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "core/net/httpfault.h"

#include <QPointer>
#include <QTimer>

#include <coroutine>
#include <optional>

namespace gesso {

class CurlEngine;
class HttpTransfer;

// One call of an HttpClient, from the request to its Result, over several transfers if it is redirected.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    // An empty `sink` keeps the body.
    HttpExchange(CurlEngine& engine, QUrl url, const Auth& auth, HttpRequest request,
                 HttpClient::ByteSink sink, QObject* parent);
    ~HttpExchange() override;

    void start(const CancelToken& cancel);
    void abort(); // resumes who waits before it returns

    // What a coroutine awaits; it is resumed from the event loop, never from inside a transfer's signal.
    struct Done {
        HttpExchange* exchange;
        bool await_ready() const noexcept { return exchange->m_result.has_value(); }
        void await_suspend(std::coroutine_handle<> waiter) noexcept { exchange->m_waiter = waiter; }
        Result<HttpAnswer> await_resume() { return std::move(*exchange->m_result); }
    };
    Done done() { return Done{this}; }

private:
    void send();
    void readHead();
    void restartIdle();
    bool take(QByteArrayView piece);
    bool tellHead();
    void conclude();
    void redact();
    void follow(const QUrl& target);
    bool isRedirect() const;
    void endWithTimeout(int milliseconds);
    void end(Result<HttpAnswer> result);
    void dropTransfer();
    void resume();

    CurlEngine& m_engine;
    QUrl m_url;
    Auth m_auth;
    HttpRequest m_request;
    HttpClient::ByteSink m_sink;
    QString m_host;
    QPointer<HttpTransfer> m_transfer;
    QTimer m_total;
    QTimer m_idle;
    HttpAnswer m_answer;
    int m_redirects = 0;
    bool m_isHeadTold = false;
    std::optional<Result<HttpAnswer>> m_result;
    std::coroutine_handle<> m_waiter;
};

} // namespace gesso
