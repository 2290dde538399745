// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace gesso {

// The few things about files that Qt does not offer and each system does in its own way.

enum class RenameOutcome { Renamed, TargetExists, Failed };

// Renames within one folder and never overwrites, also when another program makes the target at the same
// moment (QFile::rename looks first and renames then). `error` gets the system's number on Failed.
RenameOutcome renameExclusively(const QString& from, const QString& to, int* error);

// Opens for reading and writing a new file, or one that is a plain file of ours with a single name: never
// what a link in the folder leads to. 0, or the system's error. The QFile does not know its name afterwards.
int openNewFile(QFile& file, const QString& path);
int openOwnFile(QFile& file, const QString& path);

int writeBytes(QFile& file, QByteArrayView bytes); // all of them; 0, or the system's error
int flushToDisk(QFile& file); // returns when the bytes are on the disk; 0, or the system's error
void flushFolderToDisk(const QString& folder); // the names in it, where the system can

// Marks an open file as being written, until it is closed or this process ends. False if another has marked
// it or has removed it meanwhile, or if the file system knows no marks: then others may write it too.
bool markAsBeingWritten(QFile& file, const QString& path);
bool isBeingWritten(const QString& path);
// Removes a file that nobody has marked, without a moment in which one could; false if it is still there.
bool removeUnlessWritten(const QString& path);

} // namespace gesso
