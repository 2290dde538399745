// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/outputstore.h"

#include "core/store/diskerrors.h"
#include "core/store/filesafety.h"
#include "core/store/outputname.h"
#include "core/store/partnotes.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace gesso {

namespace {

std::filesystem::path systemPath(const QString& path)
{
#ifdef Q_OS_WIN
    return path.toStdWString();
#else
    return QFile::encodeName(path).toStdString();
#endif
}

qint64 systemSpace(const QString& folder)
{
    // Not QStorageInfo: it reads the list of all mounts, for every file that is saved.
    std::error_code error;
    const auto space = std::filesystem::space(systemPath(folder), error);
    return error ? -1 : qint64(std::min<std::uintmax_t>(space.available, std::numeric_limits<qint64>::max()));
}

constexpr int resumableDays = 7;

bool canBeResumed(const QFileInfo& part)
{
    return part.size() > 0 && part.lastModified().daysTo(QDateTime::currentDateTime()) < resumableDays
        && readNote(part.absoluteFilePath());
}

} // namespace

OutputStore::OutputStore(SpaceProbe space, qint64 resumableFrom)
    : m_space(space ? std::move(space) : systemSpace)
    , m_resumableFrom(resumableFrom)
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
    std::unique_ptr<OutputFile> file(
        new OutputFile(absolute, safeFileName(fileName), m_space, m_resumableFrom));
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
