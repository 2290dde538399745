// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/outputstore.h"

#include "core/store/diskerrors.h"
#include "core/store/filesafety.h"
#include "core/store/outputname.h"
#include "core/store/partnotes.h"

#include <QDateTime>
#include <QDir>
#include <QStorageInfo>

namespace gesso {

namespace {

qint64 systemSpace(const QString& folder)
{
    const QStorageInfo storage(folder);
    return storage.isValid() && storage.isReady() ? storage.bytesAvailable() : -1;
}

constexpr int resumableDays = 7;

bool canBeResumed(const QFileInfo& part)
{
    return part.size() > 0 && part.lastModified().daysTo(QDateTime::currentDateTime()) < resumableDays
        && readNote(part.absoluteFilePath());
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
    return resume(folder, fileName, {});
}

Result<std::unique_ptr<OutputFile>> OutputStore::resume(const QString& folder, const QString& fileName,
                                                        const QByteArray& source) const
{
    const QString absolute = QDir(folder).absolutePath();
    std::unique_ptr<OutputFile> file(new OutputFile(absolute, safeFileName(fileName), m_space));
    if (const Result<void> opened = file->open(source); !opened) {
        return fail(opened.error());
    }
    return file;
}

int OutputStore::sweep(const QString& folder) const
{
    int removed = 0;
    const QDir dir(folder);
    const auto entries = [&dir](const QString& pattern) {
        return dir.entryInfoList({pattern}, QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    };
    const QFileInfoList parts = entries(QStringLiteral(".gesso-*.part"));
    for (const QFileInfo& part : parts) {
        if (!canBeResumed(part) && removeUnlessWritten(part.absoluteFilePath())) {
            ++removed;
        }
    }
    const QFileInfoList notes = entries(QStringLiteral(".gesso-*.json"));
    for (const QFileInfo& note : notes) {
        if (!QFileInfo::exists(note.absolutePath() + u'/' + note.completeBaseName()
                               + QStringLiteral(".part"))) {
            QFile::remove(note.absoluteFilePath());
        }
    }
    return removed;
}

} // namespace gesso
