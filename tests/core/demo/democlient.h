// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QList>
#include <QNetworkAccessManager>
#include <QUrl>
#include <QWebSocket>

#include <functional>

namespace gesso::testkit {

// A raw client for tests of the demo server: it knows nothing of Gesso's own, so that it can show what goes
// over the wire.
class DemoClient
{
public:
    struct Reply {
        int status = 0; // 0: no answer
        QByteArray body;
        QByteArray contentType;
        QHash<QByteArray, QByteArray> headers;
        Json json() const;
    };

    struct Frame {
        Json text; // null for a binary one
        QByteArray binary;
        QString type() const; // of a text frame; "preview" for a binary one
        Json data() const;
    };

    explicit DemoClient(QUrl server, QString clientId = {});
    ~DemoClient();

    Reply get(const QString& path, const QList<std::pair<QByteArray, QByteArray>>& headers = {});
    Reply post(const QString& path, const QByteArray& body,
               const QByteArray& contentType = "application/json",
               const QList<std::pair<QByteArray, QByteArray>>& headers = {});
    Reply postJson(const QString& path, const Json& body);
    Reply submit(const Json& prompt, const Json& more = Json::object()); // POST /prompt with the client's id
    Reply upload(const QString& name, const QByteArray& content,
                 const QList<std::pair<QByteArray, QByteArray>>& fields = {},
                 const QString& route = QStringLiteral("/upload/image"));

    bool open(bool wantsMetadata,
              const QByteArray& origin = {}); // the socket, with feature_flags as the first message
    void closeSocket();
    bool isOpen() const;
    const QList<Frame>& frames() const { return m_frames; }
    void clearFrames() { m_frames.clear(); }
    QStringList types() const; // of all frames
    // Waits for "executing null" of the job; false after ten seconds.
    bool waitForEnd(const QString& promptId);
    bool waitFor(const std::function<bool()>& condition);
    Json history(const QString& promptId); // the entry, or null

private:
    Reply await(QNetworkReply* reply);

    QUrl m_server;
    QString m_clientId;
    QNetworkAccessManager m_network;
    QWebSocket m_socket;
    QList<Frame> m_frames;
};

// Prompts that the tests share.
Json textToPicture(std::uint64_t seed = 7, int steps = 4, int size = 64,
                   const QString& text = QStringLiteral("a lighthouse by the sea"));
Json emptyImageTo(const char* outputClass, int color = 0x336699, int size = 64);

} // namespace gesso::testkit
