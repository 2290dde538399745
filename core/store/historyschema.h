// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSqlDatabase>
#include <QSqlError>

namespace gesso::history {

inline constexpr int schemaVersion = 1;
inline constexpr int applicationId = 0x47455353; // "GESS": whose file it is, in SQLite's header

// Makes the tables, or brings those of an older Gesso up to date. DiskError for a file of a newer Gesso or of
// another program; that file is not touched.
Result<void> prepareSchema(QSqlDatabase& database);

// What SQLite says, in the artist's words. Damage is Unreadable.
Error errorFrom(const QSqlError& error);

// The same of an error of this file, after looking at its disk: SQLite has several names for a disk that is
// full, and none for a quota that is used up. DiskFull names the folder. Blocks on the disk.
Error explained(const Error& error, const QString& file);

Error newerSchema(int version);
Error foreignFile();
Error cannotMake(const QString& file, const QString& reason);
Error damagedFile(const QString& keptAs); // told after it was moved aside

} // namespace gesso::history
