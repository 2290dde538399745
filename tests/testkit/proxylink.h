// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/tcpproxy.h"

#include <QPointer>
#include <QTcpSocket>

namespace gesso::testkit {

// One client of a TcpProxy and its way to the server.
class ProxyLink : public QObject
{
    Q_OBJECT

public:
    ProxyLink(TcpProxy& proxy, QTcpSocket* client, quint16 serverPort);

    void write(TcpProxy::Direction direction, const QByteArray& bytes);
    void cut();
    void reset(); // with RST
    bool isWebSocket() const { return m_isWebSocket; }
    void goOn(); // after being frozen

private:
    void forward(TcpProxy::Direction direction);
    void pass(TcpProxy::Direction direction, QByteArray bytes);
    void endOf(QTcpSocket* other);
    void endBy(QTcpSocket* other);

    TcpProxy& m_proxy;
    QPointer<QTcpSocket> m_client;
    QPointer<QTcpSocket> m_server;
    bool m_hasEnded = false;
    bool m_isWebSocket = false; // its client has asked for one
    bool m_isAborted = false;
    bool m_endsLater = false; // an end came while frozen
};

} // namespace gesso::testkit
