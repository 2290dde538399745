// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comfy/comfysocket.h"

#include <QCoroTask>
#include <QUrlQuery>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>

namespace gesso::testkit {

inline constexpr int kSoonMs = 50;
inline constexpr int kNeverMs = 60'000;

inline ComfySocketTiming quick()
{
    ComfySocketTiming timing;
    timing.channel = {kNeverMs, kNeverMs, kNeverMs, 1000};
    timing.retry = {10, 1, 10, 0.5};
    timing.settleMs = 20;
    timing.stallMs = kNeverMs;
    timing.maxStallMs = kNeverMs;
    return timing;
}

inline ComfySocketTiming pinging() // and expecting a pong soon
{
    ComfySocketTiming timing = quick();
    timing.channel.pingMs = kSoonMs;
    timing.channel.pongMs = kSoonMs;
    return timing;
}

// A check that always says the same, and counts how often it was asked.
template <typename T> std::function<QCoro::Task<T>()> countedAnswer(T answer, int& asked)
{
    return [answer, &asked]() -> QCoro::Task<T> { // no coroutine itself: it captures
        ++asked;
        return [](T said) -> QCoro::Task<T> { co_return said; }(answer);
    };
}

// As ComfyUI keeps them: a table from client id to socket, where the end of an older socket removes the newer
// one's entry.
class FakeSocketServer : public QObject
{
public:
    FakeSocketServer()
        : m_server(QStringLiteral("fake"), QWebSocketServer::NonSecureMode)
    {
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] { accept(); });
        if (!m_server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }

    quint16 port() const { return m_server.serverPort(); }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port())); }

    void say(const QByteArray& text)
    {
        if (current) {
            current->sendTextMessage(QString::fromUtf8(text));
        }
    }

    QPointer<QWebSocket> current;
    QList<QString> firstFrames;
    QStringList ids;
    int open = 0;
    int mostOpen = 0;
    bool isMute = false; // as after the trap of protocol.md, section 1

private:
    void accept()
    {
        QWebSocket* socket = m_server.nextPendingConnection();
        socket->setParent(this);
        current = socket;
        mostOpen = std::max(mostOpen, ++open);
        ids += QUrlQuery(socket->requestUrl()).queryItemValue(QStringLiteral("clientId"));
        const qsizetype index = firstFrames.size();
        firstFrames += QString();
        connect(socket, &QWebSocket::textMessageReceived, this, [this, index](const QString& text) {
            if (firstFrames[index].isEmpty()) {
                firstFrames[index] = text;
            }
        });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            --open;
            socket->deleteLater();
        });
        if (!isMute) {
            say(R"({"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}},"sid":"me"}})");
        }
    }

    QWebSocketServer m_server;
};

inline QByteArray progress(int value)
{
    return R"({"type":"progress","data":{"value":)" + QByteArray::number(value)
        + R"(,"max":9,"prompt_id":"p"}})";
}

} // namespace gesso::testkit
