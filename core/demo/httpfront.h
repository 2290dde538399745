// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/demo/httpmessage.h"

#include <QObject>

#include <memory>

class QHttpServer;
class QWebSocket;

namespace gesso::demo {

// One loopback port for REST and WebSocket. The only file that knows QHttpServer, whose API differs between
// Qt 6.4 and 6.8.
class HttpFront : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 maxBodyBytes = 100 * 1024 * 1024; // "max_upload_size" of /features

    explicit HttpFront(HttpHandler handler, QObject* parent = nullptr);
    ~HttpFront() override;

    Result<quint16> listen(quint16 port); // 0: any free one

Q_SIGNALS:
    void socketConnected(QWebSocket* socket); // the receiver owns it

private:
    void takeSockets();

    HttpHandler m_handler;
    std::unique_ptr<QHttpServer> m_server;
};

// Whether a browser page of another origin sent this, or one whose name leads to this machine (it listens on
// loopback only, so that no other name is meant); ComfyUI answers those 403 on loopback.
bool isForeignOrigin(const QByteArray& origin, const QByteArray& host);

} // namespace gesso::demo
