// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/servers/connectionwords.h"

#include <QCoreApplication>
#include <QStringList>

namespace gesso {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::ConnectionWords)
};

constexpr int msPerSecond = 1000;

int secondsUp(int milliseconds)
{
    return (milliseconds + msPerSecond - 1) / msPerSecond;
}

bool isSoon(const ConnectionStatus& status)
{
    return status.retryInMs < msPerSecond;
}

} // namespace

QString shortWords(const ConnectionStatus& status)
{
    const bool isBusy = status.loss.trouble == ConnectionTrouble::Busy;
    switch (status.state) {
    case ConnectionState::Connected:
        return isBusy ? Text::tr("busy") : QString();
    case ConnectionState::Connecting:
        return Text::tr("connecting …");
    case ConnectionState::Reconnecting:
        if (status.loss.trouble == ConnectionTrouble::Unauthorized) {
            return Text::tr("needs a token");
        }
        return isSoon(status) ? Text::tr("reconnecting …")
                              : Text::tr("reconnecting in %1 s").arg(secondsUp(status.retryInMs));
    case ConnectionState::Disconnected:
        break;
    }
    return Text::tr("not connected");
}

QString fullWords(const ConnectionStatus& status)
{
    QStringList lines{status.loss.reason};
    if (status.loss.trouble == ConnectionTrouble::Busy && status.silentMs >= msPerSecond) {
        lines.append(Text::tr("No answer for %1 s.").arg(status.silentMs / msPerSecond));
    }
    lines.append(status.loss.hint);
    if (status.state == ConnectionState::Reconnecting && !isSoon(status)) {
        lines.append(Text::tr("Gesso tries again in %1 s.").arg(secondsUp(status.retryInMs)));
    }
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

bool countsSeconds(const ConnectionStatus& status)
{
    return status.retryInMs >= 0 || status.silentMs >= 0;
}

} // namespace gesso
