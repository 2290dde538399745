// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/widgets/showntext.h"

#include <QString>

namespace gesso {

// A tooltip guesses whether its text is markup. Names and messages of servers and files go through here, so
// that they are shown as they are.
inline QString plainToolTip(const QString& text)
{
    return text.isEmpty()
        ? QString()
        : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(shownText(text).toHtmlEscaped());
}

} // namespace gesso
