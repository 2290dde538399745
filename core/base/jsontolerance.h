// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace gesso {

// Python writes NaN, Infinity and -Infinity, which are not JSON, and some tools write numbers beyond a
// double (1e999). Returns the text with each replaced by null, padded with spaces so that positions in error
// messages stay true (but for NaN, which is one byte shorter); a null QByteArray if there is nothing to
// replace (the usual case, no copy).
QByteArray replaceNonFiniteNumbers(QByteArrayView json);

} // namespace gesso
