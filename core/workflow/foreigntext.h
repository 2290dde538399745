// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// Text from a file as part of a sentence: one line, without control characters and marks that turn the
// direction of writing, cut after `maxLength` characters.
QString foreignText(const QString& text, qsizetype maxLength = 120);

// An address from a file for a person to read and copy, never to be opened by itself: http or https with a
// host, without a password, in plain ASCII so that no letter looks like another. Empty for anything else.
QString foreignLink(const QString& text);

} // namespace gesso
