// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

namespace gesso::testkit {

// An HTTP server on a loopback port that says exactly the bytes a test wants, also wrong ones.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    struct Request {
        QByteArray method;
        QByteArray target; // "/queue?x=1", as it came
        QHash<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body;
        QPointer<QTcpSocket> socket; // to answer on
        int connection = 0; // counts from 1
    };
    using Handler = std::function<void(const Request& request)>;

    explicit ScriptedServer(Handler handler = {}, QObject* parent = nullptr);
    ~ScriptedServer() override;

    void setHandler(Handler handler);
    QUrl url(const QString& prefix = {}) const; // http://127.0.0.1:port
    quint16 port() const;
    const QList<Request>& requests() const;
    int connections() const;

    // A whole answer with its Content-Length.
    static QByteArray answer(int status, const QByteArray& body,
                             const QByteArray& contentType = "application/json",
                             const QByteArray& moreHeaders = {});

private:
    void accept();
    void read(QTcpSocket* socket, int connection);
    bool takeRequest(QByteArray& buffer, Request& request) const;

    QTcpServer m_listener;
    Handler m_handler;
    QList<Request> m_requests;
    QHash<QTcpSocket*, QByteArray> m_buffers;
    int m_connections = 0;
};

} // namespace gesso::testkit
