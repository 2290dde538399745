// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/boundedtcpserver.h"

#include <QTcpSocket>

#include <memory>

namespace gesso::demo {

namespace {

// Counts what comes in between two answers. Connected before QHttpServer reads, which then reads all there
// is.
void bound(QTcpSocket& socket, qint64 maxBytes)
{
    const auto received = std::make_shared<qint64>(0);
    QObject::connect(&socket, &QIODevice::bytesWritten, &socket, [received] { *received = 0; });
    QObject::connect(&socket, &QIODevice::readyRead, &socket, [&socket, received, maxBytes] {
        *received += socket.bytesAvailable();
        if (*received > maxBytes) {
            // Not while others are about to read.
            QMetaObject::invokeMethod(
                &socket, [&socket] { socket.abort(); }, Qt::QueuedConnection);
        }
    });
}

} // namespace

BoundedTcpServer::BoundedTcpServer(qint64 maxBytes, QObject* parent)
    : QTcpServer(parent)
    , m_maxBytes(maxBytes)
{
}

void BoundedTcpServer::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QTcpSocket>(this); // as QTcpServer does: gone with the server
    if (socket->setSocketDescriptor(descriptor)) {
        bound(*socket, m_maxBytes);
        addPendingConnection(socket.release());
    }
}

} // namespace gesso::demo
