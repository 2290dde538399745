// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/partnotes.h"
#include "tests/fuzz/fuzztarget.h"

#include <QSysInfo>
#include <QTemporaryDir>

using namespace gesso;

// The note beside a half written download; "BOOT" stands for what nobody can guess. What is believed can be
// written, and is then read as the same.
void fuzz(const QByteArray& bytes)
{
    static const QTemporaryDir folder;
    const QString part = folder.filePath(partFileName("fuzzed"));
    QByteArray note = bytes;
    note.replace("BOOT", QSysInfo::bootUniqueId());
    fuzzing::writeFile(noteFileName(part), note);
    if (const std::optional<FileVersion> version = readNote(part)) {
        fuzzing::require(version->canBeResumed());
        fuzzing::require(!writeNote(part, *version) || readNote(part) == version);
    }
    removeNote(part);
}
