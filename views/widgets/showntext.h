// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/harmlesstext.h"

#include <QString>

namespace gesso {

// The longest text that somebody reads where it stands; more than that only makes layouts slow.
inline constexpr qsizetype longestLine = 400;
inline constexpr qsizetype longestMessage = 2000;
inline constexpr qsizetype longestDetail = 256 * 1024;

// Text of a server or a file as a widget shows it: cut, without control characters and without marks that
// turn the direction of what stands around it. For widgets that do not guess markup.
inline QString shownText(const QString& text, qsizetype longest = longestMessage)
{
    return harmlessText(text.size() > longest ? QString(text.left(longest - 1) + u'…') : text);
}

// The same for a button or a menu, where & would make a shortcut of what follows.
inline QString shownLabel(const QString& text)
{
    return shownText(text, longestLine).replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace gesso
