// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/diagnostics/checkresult.h"
#include "viewmodels/shell/standardplaces.h"

#include <QString>

#include <utility>

namespace gesso {

// Versions of Gesso, Qt and the system; the plugins Qt has (picture formats, SQLite, TLS); variables of the
// environment that change what Gesso does, secrets as "set".
CheckResults systemChecks(const QString& gessoVersion);

// Whether each place can be read and written, and how much room its disk has. Writes a small file and
// removes it again. Blocks on the disk.
CheckResults placeChecks(const UsedPlaces& places);

// What `freeBytes` on a disk mean, with the way out; negative: not known. Less than what results leave alone
// is a problem, whether or not a small file can still be written.
std::pair<CheckState, QString> roomLeft(qint64 freeBytes);

} // namespace gesso
