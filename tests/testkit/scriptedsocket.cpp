// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/scriptedsocket.h"

#include <QCryptographicHash>

namespace gesso::testkit {

QByteArray socketAccepted(const ScriptedServer::Request& handshake)
{
    const QByteArray key = handshake.headers.value("sec-websocket-key");
    const QByteArray accept =
        QCryptographicHash::hash(QByteArray(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
                                 QCryptographicHash::Sha1)
            .toBase64();
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: "
        + accept + "\r\n\r\n";
}

QByteArray textFrame(const QByteArray& utf8)
{
    const bool isShort = utf8.size() < 126;
    const int bytes = isShort ? 1 : utf8.size() < 65536 ? 2 : 8;
    QByteArray frame(1, '\x81');
    if (!isShort) {
        frame += bytes == 2 ? '\x7E' : '\x7F';
    }
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        frame += char((quint64(utf8.size()) >> unsigned(shift)) & 0xFFU);
    }
    return frame + utf8;
}

QByteArray closeFrame(quint16 code, const QByteArray& reason)
{
    const QByteArray shown = reason.left(123);
    QByteArray frame(1, '\x88');
    frame += char(shown.size() + 2);
    frame += char(code >> 8U);
    frame += char(code & 0xFFU);
    return frame + shown;
}

} // namespace gesso::testkit
