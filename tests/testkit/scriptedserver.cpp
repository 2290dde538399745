// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/scriptedserver.h"

#include <QHostAddress>

namespace gesso::testkit {

ScriptedServer::ScriptedServer(Handler handler, QObject* parent)
    : QObject(parent)
    , m_handler(std::move(handler))
{
    connect(&m_listener, &QTcpServer::newConnection, this, &ScriptedServer::accept);
    if (!m_listener.listen(QHostAddress::LocalHost)) {
        qFatal("cannot listen: %s", qPrintable(m_listener.errorString()));
    }
}

ScriptedServer::~ScriptedServer()
{
    for (QTcpSocket* socket : m_listener.findChildren<QTcpSocket*>()) {
        socket->disconnect(this);
    }
}

void ScriptedServer::setHandler(Handler handler)
{
    m_handler = std::move(handler);
}

QUrl ScriptedServer::url(const QString& prefix) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(QString::number(port()), prefix));
}

quint16 ScriptedServer::port() const
{
    return m_listener.serverPort();
}

const QList<ScriptedServer::Request>& ScriptedServer::requests() const
{
    return m_requests;
}

int ScriptedServer::connections() const
{
    return m_connections;
}

QByteArray ScriptedServer::answer(int status, const QByteArray& body, const QByteArray& contentType,
                                  const QByteArray& moreHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: " + contentType
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + moreHeaders + "\r\n" + body;
}

void ScriptedServer::accept()
{
    while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
        const int connection = ++m_connections;
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, connection] { read(socket, connection); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
    }
}

void ScriptedServer::read(QTcpSocket* socket, int connection)
{
    QByteArray& buffer = m_buffers[socket];
    buffer += socket->readAll();
    Request request;
    while (takeRequest(buffer, request)) {
        request.socket = socket;
        request.connection = connection;
        m_requests += request;
        if (m_handler) {
            m_handler(request);
        }
        if (!m_buffers.contains(socket)) {
            return; // the handler ended the connection
        }
    }
}

bool ScriptedServer::takeRequest(QByteArray& buffer, Request& request) const
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        return false;
    }
    request = {};
    const QList<QByteArray> lines = buffer.first(headEnd).split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.first(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype bodyStart = headEnd + 4;
    const qsizetype length = request.headers.value("content-length", "0").toLongLong();
    if (buffer.size() - bodyStart < length) {
        return false;
    }
    request.body = buffer.mid(bodyStart, length);
    buffer.remove(0, bodyStart + length);
    return true;
}

} // namespace gesso::testkit
