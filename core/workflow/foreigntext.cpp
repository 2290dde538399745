// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/foreigntext.h"

#include <QUrl>

namespace gesso {

bool turnsDirection(QChar character)
{
    switch (character.direction()) {
    case QChar::DirLRE:
    case QChar::DirLRO:
    case QChar::DirRLE:
    case QChar::DirRLO:
    case QChar::DirPDF:
    case QChar::DirLRI:
    case QChar::DirRLI:
    case QChar::DirFSI:
    case QChar::DirPDI:
        return true;
    default:
        return false;
    }
}

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
