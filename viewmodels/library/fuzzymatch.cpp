// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/fuzzymatch.h"

namespace gesso {

namespace {

constexpr int pointsPerLetter = 1;
constexpr int pointsInARow = 4;
constexpr int pointsAtWordStart = 6;
constexpr int pointsForWhole = 40; // what was typed stands there as it is

} // namespace

int fuzzyScore(QStringView typed, QStringView text)
{
    int score = 1;
    qsizetype from = 0;
    qsizetype last = -2;
    for (const QChar letter : typed) {
        if (letter.isSpace()) {
            continue;
        }
        const qsizetype at = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (at < 0) {
            return 0;
        }
        const bool wordStart = at == 0 || !text.at(at - 1).isLetterOrNumber();
        score += pointsPerLetter + (at == last + 1 ? pointsInARow : 0) + (wordStart ? pointsAtWordStart : 0);
        last = at;
        from = at + 1;
    }
    const QStringView whole = typed.trimmed();
    return !whole.isEmpty() && text.contains(whole, Qt::CaseInsensitive) ? score + pointsForWhole : score;
}

} // namespace gesso
