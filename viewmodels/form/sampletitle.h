// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// "text-to-picture" → "Text to picture": sample files have names for the command line.
QString sampleTitle(const QString& fileTitle);

} // namespace gesso
