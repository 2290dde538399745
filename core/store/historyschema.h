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

Error newerSchema(int version);
Error foreignFile();
Error cannotMake(const QString& file, const QString& reason);
Error damagedFile(const QString& keptAs); // told after it was moved aside

} // namespace gesso::history
