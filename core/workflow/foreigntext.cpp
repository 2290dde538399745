// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/foreigntext.h"

#include "core/base/harmlesstext.h"

#include <QUrl>

namespace gesso {

QString foreignText(const QString& text, qsizetype maxLength)
{
    QString shown;
    for (const QChar character : text.left(maxLength * 4).simplified()) {
        if (character.category() != QChar::Other_Control && !turnsDirection(character)) {
            shown.append(character);
        }
    }
    return shown.size() > maxLength ? QString(shown.left(maxLength - 1) + u'…') : shown;
}

QString foreignLink(const QString& text)
{
    constexpr qsizetype maxLength = 2048;
    const QUrl url(text.trimmed(), QUrl::TolerantMode);
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    if (text.size() > maxLength || !url.isValid() || !isWeb || url.host().isEmpty()
        || !url.userInfo().isEmpty()) {
        return {};
    }
    return QString::fromLatin1(url.toEncoded());
}

} // namespace gesso
