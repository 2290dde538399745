// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace gesso::disk {

// Space left alone, so that the last file does not bring the whole system to a halt.
inline constexpr qint64 reservedBytes = 16 * 1024 * 1024;

Error folderGone(const QString& folder); // DiskError
Error notWritable(const QString& folder, const QString& reason); // DiskError; `reason` in the system's words
Error full(const QString& folder); // DiskFull

// What the system's error (errno, on Windows GetLastError) means for somebody who wants a file in `folder`,
// and the way out: no space or quota left are DiskFull, the others DiskError.
Error fromSystem(const QString& folder, int error);

} // namespace gesso::disk
