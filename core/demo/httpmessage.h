// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrlQuery>

#include <functional>

namespace gesso::demo {

// A request and its answer, free of the HTTP server's own types.
struct HttpRequest {
    QByteArray method; // "GET", "POST" …
    QString path; // percent-encoded, as sent
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> headers; // names in lower case
    QByteArray body;

    QByteArray header(const QByteArray& lowerCaseName) const;
    QString parameter(const QString& name) const; // decoded; "" if absent
    bool hasParameter(const QString& name) const { return query.hasQueryItem(name); }
};

struct HttpAnswer {
    int status = 200;
    QByteArray contentType = "application/octet-stream";
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers; // besides Content-Type and Content-Length
    int delayMs = 0; // sent this much later

    static HttpAnswer json(const Json& value, int status = 200);
    static HttpAnswer text(const QByteArray& text, int status);
    static HttpAnswer empty(int status = 200);
};

using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

} // namespace gesso::demo
