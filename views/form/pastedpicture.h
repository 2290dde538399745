// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QImage>

namespace gesso {

// Writes a pasted picture as PNG into `folder` under a name of its content, and returns the path. Blocking:
// call it off the GUI thread. Errors: Unreadable, DiskError.
Result<QString> keepPastedPicture(const QImage& picture, const QString& folder);

} // namespace gesso
