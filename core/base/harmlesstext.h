// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// Whether a character makes text around it read from the other side: it can make one name look like another.
bool turnsDirection(QChar character);

// Foreign text for a terminal: control characters (escape sequences begin with one) and characters that turn
// the direction of writing are replaced; line ends and tabs stay.
QString harmlessText(const QString& text);

// The same as one line, for a log: a line end becomes "⏎", so that no text can pretend to be a line of its
// own.
QString harmlessLine(const QString& text);

} // namespace gesso
