// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "viewmodels/diagnostics/anonymizer.h"
#include "viewmodels/diagnostics/checkresult.h"

#include <QDateTime>

namespace gesso {

// The checks for people, aligned, one topic after another.
QString reportText(const CheckResults& results);

// One readable file to attach to a report of a fault: the checks, the settings and the end of the newest
// logs, all passed through `anonymizer`. Plain text on purpose: whoever sends it can read what they send.
// Blocks on the disk.
QString diagnosticsBundle(const CheckResults& results, const QString& settingsFile, const QString& logFolder,
                          Anonymizer anonymizer, const QDateTime& now);

// Written whole or not at all. Errors: DiskError, DiskFull.
Result<void> writeBundle(const QString& path, const QString& text);

} // namespace gesso
