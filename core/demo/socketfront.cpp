// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/socketfront.h"

#include "core/demo/httpfront.h"

#include <QUrlQuery>
#include <QUuid>
#include <QWebSocket>

namespace gesso::demo {

Json serverFeatures()
{
    return Json{{"supports_preview_metadata", true},
                {"max_upload_size", HttpFront::maxBodyBytes},
                {"extension", {{"manager", {{"supports_v4", false}}}}}};
}

SocketFront::SocketFront(QObject* parent)
    : QObject(parent)
{
}

SocketFront::~SocketFront()
{
    dropAll();
}

void SocketFront::add(QWebSocket* socket)
{
    socket->setParent(this);
    socket->setMaxAllowedIncomingMessageSize(1024 * 1024);
    socket->setMaxAllowedIncomingFrameSize(1024 * 1024);
    QString id =
        QUrlQuery(socket->requestUrl()).queryItemValue(QStringLiteral("clientId"), QUrl::FullyDecoded);
    if (id.isEmpty()) {
        id = QUuid::createUuid().toString(QUuid::Id128);
    }
    m_clients.insert(socket, {id, true, false});
    m_newest.insert(id, socket);
    connect(socket, &QWebSocket::textMessageReceived, this,
            [this, socket](const QString& text) { readText(socket, text); });
    connect(socket, &QWebSocket::disconnected, this, [this, socket] { remove(socket); });
    Q_EMIT connected(id);
}

void SocketFront::readText(QWebSocket* socket, const QString& text)
{
    Client& client = m_clients[socket];
    const Result<Json> message = parseJson(text.toUtf8(), {1024 * 1024, 32, 10'000});
    if (!client.mayNegotiate || !message) {
        return;
    }
    client.mayNegotiate = false;
    if (stringMember(*message, "type") != u"feature_flags") {
        return;
    }
    const Json* data = member(*message, "data");
    client.wantsMetadata = data && boolMember(*data, "supports_preview_metadata");
    socket->sendTextMessage(
        QString::fromUtf8(textFrame({QStringLiteral("feature_flags"), serverFeatures()})));
}

void SocketFront::remove(QWebSocket* socket)
{
    const Client client = m_clients.take(socket);
    if (m_newest.value(client.id) == socket) {
        m_newest.remove(client.id);
    }
    socket->disconnect(this);
    socket->deleteLater();
}

void SocketFront::dropAll()
{
    const QList<QWebSocket*> sockets = m_clients.keys();
    m_clients.clear();
    m_newest.clear();
    for (QWebSocket* socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        delete socket;
    }
}

void SocketFront::sendToAll(const TextEvent& event)
{
    const QString frame = QString::fromUtf8(textFrame(event));
    for (QWebSocket* socket : std::as_const(m_newest)) {
        socket->sendTextMessage(frame);
    }
}

void SocketFront::sendTo(const QString& clientId, const TextEvent& event)
{
    if (QWebSocket* socket = m_newest.value(clientId)) {
        socket->sendTextMessage(QString::fromUtf8(textFrame(event)));
    }
}

void SocketFront::sendPreviewTo(const QString& clientId, const PreviewEvent& event)
{
    if (QWebSocket* socket = m_newest.value(clientId)) {
        socket->sendBinaryMessage(m_clients.value(socket).wantsMetadata ? metadataPreviewFrame(event)
                                                                        : legacyPreviewFrame(event));
    }
}

void SocketFront::sendPreviewToAll(const PreviewEvent& event)
{
    const QByteArray frame = legacyPreviewFrame(event);
    for (QWebSocket* socket : std::as_const(m_newest)) {
        socket->sendBinaryMessage(frame);
    }
}

} // namespace gesso::demo
