// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace gesso::cli {

// All of a file named on the command line, if it is not larger than `maxBytes`. Errors: Unreadable with the
// system's reason as detail, TooLarge.
Result<QByteArray> readBounded(const QString& path, qint64 maxBytes);

} // namespace gesso::cli
