// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// From now on a crash of this process leaves a short note in `folder` (made if it does not exist): the
// version, the signal and the time. Nothing of what was being worked on: a note may be shown to strangers.
// Call once, from main. Does nothing on systems without POSIX signals.
void leaveNoteOfCrash(const QString& folder, const QString& version);

// The note an earlier process left, which is kept beside the logs as "crash-last.txt" and told only once.
// Empty if there is none.
QString takeNoteOfCrash(const QString& folder);

} // namespace gesso
