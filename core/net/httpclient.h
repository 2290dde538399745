// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/base/result.h"
#include "core/net/auth.h"

#include <QByteArray>
#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <utility>

namespace gesso {

class TrafficTap;

// Bounds of one call. Times in milliseconds; 0 is no bound.
struct HttpLimits {
    int totalMs = 30'000; // from start to the last byte
    int idleMs = 20'000; // longest silence, either direction
    qint64 maxBytes = 16 * 1024 * 1024; // of the answer's body, after decompression
};

struct HttpAnswer;

// One part of a multipart/form-data body.
struct HttpPart {
    QString name;
    QByteArray bytes;
    QString fileName; // empty: a plain form field
    QByteArray contentType; // empty: none
};

// One call. Values of a query and fields of a form are plain text; what goes into `path` is not.
struct HttpRequest {
    QByteArray method = QByteArrayLiteral("GET");
    QString path; // "/queue"; segments percent-encoded by the caller where a value stands in them
    QList<std::pair<QString, QString>> query; // plain text, percent-encoded here
    QByteArray body;
    QByteArray contentType;
    QList<HttpPart> parts; // instead of body
    QList<std::pair<QByteArray, QByteArray>> headers; // more of them: Range
    HttpLimits limits;
    // Of a streamed 2xx: called once, before its first byte; false ends the call with Error{Cancelled}.
    std::function<bool(const HttpAnswer&)> onHead;
};

// What came back, whatever its status. Unpacked; headers are the server's words and may say anything.
struct HttpAnswer {
    int status = 0;
    QString reason; // "Not Found"
    QByteArray contentType;
    QList<std::pair<QByteArray, QByteArray>> headers; // as sent
    QByteArray body; // of a streamed success: empty
    qint64 bytes = 0; // of the body

    bool isSuccess() const { return status >= 200 && status < 300; }
    QByteArray header(QByteArrayView name) const; // of any case; empty if there is none
};

// HTTP to one server (its base URL may have a path prefix). No cookies, no Origin, no cache; redirects are
// followed only inside the same origin (at most five), so credentials never travel. A body is never sent
// twice by itself: a lost POST is an Error of kind Unreachable or Timeout and the caller must look what
// became of it. Lives in one thread. Calls still under way when the client is destroyed end with
// Error{Cancelled}.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    explicit HttpClient(QUrl base, Auth auth = {}, QObject* parent = nullptr);
    ~HttpClient() override;

    const QUrl& base() const;
    QString host() const; // "gpu-box:8188", for messages

    // Any HTTP status is an answer. Errors: Unreachable, Timeout, TooLarge (body over the cap, found while
    // reading), Protocol, Cancelled.
    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, CancelToken cancel = {});

    // As send(), but the body of a 2xx goes to `sink` in pieces as it comes; the bodies of other statuses are
    // kept (and cut at 64 KiB). A sink that returns false ends the call with Error{Cancelled}.
    using ByteSink = std::function<bool(const QByteArray&)>;
    QCoro::Task<Result<HttpAnswer>> stream(HttpRequest request, ByteSink sink, CancelToken cancel = {});

    void setTap(std::shared_ptr<TrafficTap> tap); // sees every call; null: nobody does

    // Ends all calls with Error{Cancelled}, now: their coroutines have run on when this returns.
    void abortAll();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
