// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

class QNetworkRequest;

namespace gesso {

// The secret a server asks for. Sent as `Authorization: Bearer …` with every request and handshake to that
// server and to no other; never logged, never part of a message or a URL.
class Auth
{
public:
    Auth() = default;
    // Control characters (a pasted line end would end the header) and outer spaces are dropped.
    explicit Auth(const QString& bearerToken);

    bool isEmpty() const { return m_headerValue.isEmpty(); }
    const QByteArray& headerValue() const { return m_headerValue; } // "Bearer …"
    void applyTo(QNetworkRequest& request) const; // of a WebSocket's handshake

    // What a server said, without the secret where it says it back. For what is only shown.
    QByteArray withoutToken(QByteArray text) const;
    // The same for what is read as data: only a token of 16 characters or more, as a shorter one may be a
    // word of its own there ("node").
    QByteArray withoutTokenInData(QByteArray data) const;

private:
    QByteArray without(QByteArray text, qsizetype shortest) const;

    QByteArray m_headerValue; // "Bearer …", or empty
};

} // namespace gesso
