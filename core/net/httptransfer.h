// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "core/net/httpfault.h"
#include "core/net/httphead.h"

#include <curl/curl.h>

#include <QByteArray>
#include <QObject>
#include <QPointer>

#include <array>
#include <memory>

namespace gesso {

class CurlEngine;

// One request and its answer over libcurl, without opinions: no redirect is followed, no deadline kept,
// nothing capped but the head (256 KiB). A request other than GET goes out at most once: libcurl would repeat
// it on a fresh connection when a kept one turns out to be dead, and a prompt could run twice.
//
// Signals come from the event loop, in the order head, body, ended; nothing comes after stop(). A listener
// may stop the transfer, or delete it later.
class HttpTransfer final : public QObject
{
    Q_OBJECT

public:
    // `request` must outlive the transfer's run: its body is not copied (parts are). `isAsIs`: no encoding is
    // asked for or undone.
    HttpTransfer(CurlEngine& engine, const QUrl& url, const HttpRequest& request, const Auth& auth,
                 bool isAsIs, QObject* parent);
    ~HttpTransfer() override;

    void start();
    void stop();

    const HttpAnswer& head() const { return m_head.answer(); }
    HttpFault fault() const { return m_fault; } // None: the answer is whole
    QString technical() const; // libcurl's words

    // For the engine.
    CURL* easy() const { return m_easy.get(); }
    bool isRunning() const { return m_isRunning; }
    void setRunning(bool isRunning) { m_isRunning = isRunning; }
    void finish(CURLcode code); // nothing more will come from libcurl
    void tell();

Q_SIGNALS:
    void headCame();
    void bodyCame(QByteArrayView piece); // whose memory serves the next piece
    void moved(); // bytes of a body went or came
    void ended();

private:
    struct EasyDeleter {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    struct ListDeleter {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    struct MimeDeleter {
        void operator()(curl_mime* mime) const { curl_mime_free(mime); }
    };

    static std::size_t takeHeadLine(char* bytes, std::size_t one, std::size_t size, void* self);
    static std::size_t takeBody(char* bytes, std::size_t one, std::size_t size, void* self);
    static int noteProgress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up);
    static int allowSending(void* self, char*, char*, int, int);

    void setAddress(const QUrl& url);
    void setCallbacks(bool isAsIs);
    void addHeader(QByteArray line);
    void setHeaders(const HttpRequest& request, const Auth& auth);
    void setBody(const HttpRequest& request);
    void setParts(const QList<HttpPart>& parts);
    void noteNews();

    const QPointer<CurlEngine> m_engine;
    std::unique_ptr<curl_slist, ListDeleter> m_headers;
    std::unique_ptr<curl_mime, MimeDeleter> m_mime;
    std::unique_ptr<CURL, EasyDeleter> m_easy; // goes first: it uses the others
    std::array<char, CURL_ERROR_SIZE> m_words{};
    const bool m_isRepeatable;
    const qint64 m_maxBytes;
    bool m_hasProxy = false;
    bool m_isRunning = false;
    bool m_wasSent = false;

    HttpHead m_head;
    bool m_isHeadTold = false;
    qint64 m_bodyBytes = 0;
    QByteArray m_untold; // of the body
    curl_off_t m_moved = 0;
    bool m_hasMoved = false;
    bool m_hasEnded = false;
    HttpFault m_fault = HttpFault::None;
    CURLcode m_code = CURLE_OK;
};

} // namespace gesso
