// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/serverevent.h"

#include <QHash>
#include <QObject>

class QWebSocket;

namespace gesso::demo {

// The open WebSockets. One per client id gets events: the newest.
class SocketFront : public QObject
{
    Q_OBJECT

public:
    explicit SocketFront(QObject* parent = nullptr);
    ~SocketFront() override;

    void add(QWebSocket* socket); // takes it over
    void dropAll(); // without a closing handshake, as a server that goes down

    void sendToAll(const TextEvent& event);
    void sendTo(const QString& clientId, const TextEvent& event); // nobody, if the id is not here
    void sendPreviewTo(const QString& clientId,
                       const PreviewEvent& event); // in the framing that the client asked for
    void sendPreviewToAll(const PreviewEvent& event); // old framing

Q_SIGNALS:
    void connected(const QString& clientId);

private:
    struct Client {
        QString id;
        bool mayNegotiate = true; // until the first valid JSON message
        bool wantsMetadata = false;
    };

    void readText(QWebSocket* socket, const QString& text);
    void remove(QWebSocket* socket);

    QHash<QWebSocket*, Client> m_clients;
    QHash<QString, QWebSocket*> m_newest;
};

Json serverFeatures(); // also GET /features

} // namespace gesso::demo
