// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

namespace gesso::demo {

// Hands out connections that are cut when a client sends more than `maxBytes` without having been answered:
// QHttpServer 6.4 keeps bodies in memory whole and knows no limit of its own.
class BoundedTcpServer : public QTcpServer
{
public:
    explicit BoundedTcpServer(qint64 maxBytes, QObject* parent = nullptr);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    qint64 m_maxBytes;
};

} // namespace gesso::demo
