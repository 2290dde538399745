// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QUrl>

namespace gesso {

// A server's URL as routes are appended to it: without user name, password, query, fragment and trailing
// slashes.
QUrl cleanedBase(QUrl base);

// One scheme, one host, one port: only there may a server's credentials go. "http" and "https" differ also in
// the direction in which a redirect would make things safer.
bool isSameOrigin(const QUrl& a, const QUrl& b);

// The same server's WebSocket route: ws for http, wss for https. `query` is plain text, key to value.
QUrl webSocketUrl(const QUrl& base, const QString& path, const QString& key, const QString& value);

} // namespace gesso
