// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// How well `text` matches what was typed, letter by letter in order ("lthp" finds "Lighthouse, two passes");
// 0 if it does not, more for matches at word starts and in a row. Case, and spaces in `typed`, do not count.
int fuzzyScore(QStringView typed, QStringView text);

} // namespace gesso
