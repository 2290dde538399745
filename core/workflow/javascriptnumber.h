// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// Number.prototype.toString of JavaScript: the shortest digits that read back, 1e21 and above as "1e+21".
QString javaScriptNumber(double value);

} // namespace gesso
