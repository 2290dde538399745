// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/atomicwrite.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>

namespace gesso {

std::optional<WriteFailure> writeAtomically(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
        return std::nullopt;
    }
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    const bool isFull = disk.isValid() && disk.bytesAvailable() < bytes.size();
    return WriteFailure{isFull ? ErrorKind::DiskFull : ErrorKind::DiskError, file.errorString()};
}

} // namespace gesso
