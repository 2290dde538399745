// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/outputstore.h"

#include "core/store/diskerrors.h"
#include "core/store/filesafety.h"
#include "core/store/outputname.h"

#include <QDir>
#include <QStorageInfo>

namespace gesso {

namespace {

qint64 systemSpace(const QString& folder)
{
    const QStorageInfo storage(folder);
    return storage.isValid() && storage.isReady() ? storage.bytesAvailable() : -1;
}

} // namespace

OutputStore::OutputStore(SpaceProbe space)
    : m_space(space ? std::move(space) : systemSpace)
{
}

Result<std::unique_ptr<OutputFile>> OutputStore::create(const QString& folder, const QString& fileName,
                                                        qint64 expectedBytes) const
{
    const QString absolute = QDir(folder).absolutePath();
    const qint64 available = m_space(absolute);
    if (expectedBytes > 0 && available >= 0 && expectedBytes + disk::reservedBytes > available) {
        return fail(disk::full(absolute));
    }
    std::unique_ptr<OutputFile> file(new OutputFile(absolute, safeFileName(fileName), m_space));
    if (const Result<void> opened = file->open(); !opened) {
        return fail(opened.error());
    }
    return file;
}

int OutputStore::sweep(const QString& folder) const
{
    int removed = 0;
    const QDir dir(folder);
    const QStringList parts =
        dir.entryList({QStringLiteral(".gesso-*.part")}, QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QString& part : parts) {
        const QString path = dir.absoluteFilePath(part);
        if (!isBeingWritten(path) && QFile::remove(path)) {
            ++removed;
        }
    }
    return removed;
}

} // namespace gesso
