// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "tests/testkit/scriptedserver.h"

namespace gesso::testkit {

using Request = ScriptedServer::Request;

// What a test uses where a deadline must pass, and where none may.
inline constexpr int kSoonMs = 150;
inline constexpr int kNeverMs = 60'000;

inline ScriptedServer::Handler say(const QByteArray& bytes)
{
    return [bytes](const Request& request) { request.socket->write(bytes); };
}

inline ScriptedServer::Handler sayAndClose(const QByteArray& bytes)
{
    return [bytes](const Request& request) {
        request.socket->write(bytes);
        request.socket->disconnectFromHost();
    };
}

inline HttpRequest get(const QString& path = QStringLiteral("/x"))
{
    HttpRequest request;
    request.path = path;
    request.limits.totalMs = kNeverMs;
    request.limits.idleMs = kNeverMs;
    return request;
}

inline HttpRequest post(const QByteArray& body)
{
    HttpRequest request = get();
    request.method = "POST";
    request.body = body;
    request.contentType = "application/json";
    return request;
}

// A task that waits no longer than the test's own patience.
inline Result<HttpAnswer> send(HttpClient& client, const HttpRequest& request, const CancelToken& cancel = {})
{
    return QCoro::waitFor(client.send(request, cancel));
}

inline QByteArray deflated(const QByteArray& bytes)
{
    // qCompress gives 4 bytes of length and a zlib stream; "deflate" is just that stream.
    return qCompress(bytes, 9).mid(4);
}

// So many zero bytes as gzip, about a thousandth of their number. The checksum is wrong: nobody gets so far.
inline QByteArray gzipBomb(qsizetype zeros)
{
    const QByteArray zlib = deflated(QByteArray(zeros, '\0'));
    return QByteArray("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10) + zlib.sliced(2, zlib.size() - 6)
        + QByteArray(8, '\0');
}

} // namespace gesso::testkit
