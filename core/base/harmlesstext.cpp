// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/harmlesstext.h"

#include <algorithm>

namespace gesso {
namespace {

bool endsLine(QChar c)
{
    return c == u'\n' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool isHarmful(QChar c)
{
    return (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t') || turnsDirection(c);
}

} // namespace

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

QString harmlessText(const QString& text)
{
    QString clean = text;
    std::replace_if(clean.begin(), clean.end(), isHarmful, QChar(QChar::ReplacementCharacter));
    return clean;
}

QString harmlessLine(const QString& text)
{
    QString clean = text;
    clean.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    clean = harmlessText(clean);
    std::replace_if(clean.begin(), clean.end(), endsLine, QChar(u'⏎'));
    return clean;
}

} // namespace gesso
