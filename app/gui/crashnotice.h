// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

class NoticeList;

// If an earlier Gesso crashed, tells so once, with a way to the log. `logFolder` is where crashes leave their
// notes (crashnote.h).
void tellOfCrash(NoticeList& notices, const QString& logFolder);

} // namespace gesso
