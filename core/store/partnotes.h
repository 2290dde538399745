// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/fileversion.h"

#include <QString>

#include <optional>

namespace gesso {

// The name of the half written file for `source`, which says what is downloaded from where: the same for
// every attempt. Random for an empty one.
QString partFileName(const QByteArray& source);

// Beside a half written file lies a note saying which state of the server's file its bytes are of. Without
// one they are of no use. All of these block on the disk.
QString noteFileName(const QString& partPath);
bool writeNote(const QString& partPath, const FileVersion& version); // false: then there is none to read
void removeNote(const QString& partPath);

// Nothing if there is no note that can be read, or if it is from before the system was last started: after a
// power failure the last bytes of a file may never have reached the disk.
std::optional<FileVersion> readNote(const QString& partPath);

} // namespace gesso
