// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/server/serverchoice.h"

#include <QCoreApplication>

namespace gesso {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::ServerChoice)
};

QString hostAndPort(const QUrl& url)
{
    return url.port() < 0 ? url.host() : QString(url.host() + u':' + QString::number(url.port()));
}

} // namespace

Result<std::optional<ServerProfile>> namedServer(const ServerWishes& wishes)
{
    for (const QString& wish : {wishes.flag, wishes.environment, wishes.lastUsed}) {
        if (wish.trimmed().isEmpty()) {
            continue;
        }
        ServerProfile profile;
        profile.url = serverUrlFromText(wish);
        if (!profile.url.isValid()) {
            return fail(ErrorKind::Usage, Text::tr("\"%1\" is not a server address.").arg(wish),
                        Text::tr("Write it as gpu-box:8188 or https://farm.example/comfy."));
        }
        profile.name = hostAndPort(profile.url);
        profile.bearerToken = wishes.token;
        return std::optional(profile);
    }
    return std::optional<ServerProfile>();
}

} // namespace gesso
