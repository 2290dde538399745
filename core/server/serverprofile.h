// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace gesso {

// How to reach one server.
struct ServerProfile {
    QString name; // shown; host:port if the user gave none
    QUrl url; // http or https, maybe with a path prefix
    QString bearerToken; // never written to files or logs
    bool isDemo = false;

    bool operator==(const ServerProfile&) const = default;
};

// How the history of runs calls a server: the same in every process, without credentials. All demo servers
// are one: their ports come and go.
QString historyKey(const ServerProfile& profile);

// "gpu-box", "gpu-box:8188", "https://farm/comfy" → a URL (default scheme http, default port 8188 when
// neither scheme nor port is given); invalid QUrl if it cannot be one.
QUrl serverUrlFromText(const QString& text);

} // namespace gesso
