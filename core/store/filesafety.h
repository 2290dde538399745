// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace gesso {

// The few things about files that Qt does not offer and each system does in its own way.

enum class RenameOutcome { Renamed, TargetExists, Failed };

// Renames within one folder and never overwrites, also when another program makes the target at the same
// moment (QFile::rename looks first and renames then). `reason` gets the system's words on Failed.
RenameOutcome renameExclusively(const QString& from, const QString& to, QString* reason);

bool flushToDisk(QFile& file); // returns when the bytes are on the disk
void flushFolderToDisk(const QString& folder); // the names in it, where the system can

// Marks an open file as being written, until it is closed or this process ends. Other processes see it by
// isBeingWritten().
void markAsBeingWritten(QFile& file);
bool isBeingWritten(const QString& path);

} // namespace gesso
