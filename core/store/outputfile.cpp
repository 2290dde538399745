// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/outputfile.h"

#include "core/store/diskerrors.h"
#include "core/store/filesafety.h"
#include "core/store/outputname.h"

#include <QDir>
#include <QUuid>

namespace gesso {

namespace {

constexpr qint64 spaceCheckInterval = 8 * 1024 * 1024;
constexpr int maxNumber = 100'000; // of files with one name

QString partName()
{
    return QStringLiteral(".gesso-") + QUuid::createUuid().toString(QUuid::Id128) + QStringLiteral(".part");
}

} // namespace

OutputFile::OutputFile(QString folder, QString fileName, SpaceProbe space)
    : m_folder(std::move(folder))
    , m_fileName(std::move(fileName))
    , m_space(std::move(space))
    , m_file(m_folder + u'/' + partName())
{
}

OutputFile::~OutputFile()
{
    discard();
}

Result<void> OutputFile::open()
{
    if (!QFileInfo(m_folder).isDir()) {
        return fail(disk::folderGone(m_folder));
    }
    // Unbuffered, so that a full disk is noticed by the write that fills it.
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered)) {
        return fail(writeError());
    }
    markAsBeingWritten(m_file);
    return {};
}

Result<void> OutputFile::write(QByteArrayView piece)
{
    if (m_bytes + piece.size() > m_nextSpaceCheck) {
        const qint64 available = m_space(m_folder);
        if (available >= 0 && available < piece.size() + disk::reservedBytes) {
            return fail(disk::full(m_folder));
        }
        m_nextSpaceCheck = m_bytes + piece.size() + spaceCheckInterval;
    }
    if (m_file.write(piece.data(), piece.size()) != piece.size()) {
        return fail(writeError());
    }
    m_bytes += piece.size();
    return {};
}

Result<QString> OutputFile::commit()
{
    if (!flushToDisk(m_file)) {
        return fail(writeError());
    }
    const QString part = m_file.fileName();
#ifdef Q_OS_WIN
    m_file.close(); // an open file cannot be renamed there
#endif
    for (int number = 1; number <= maxNumber; ++number) {
        const QString path = QDir(m_folder).absoluteFilePath(numberedFileName(m_fileName, number));
        QString reason;
        switch (renameExclusively(part, path, &reason)) {
        case RenameOutcome::Renamed:
            m_file.close();
            m_file.setFileName({});
            flushFolderToDisk(m_folder);
            return path;
        case RenameOutcome::TargetExists:
            continue;
        case RenameOutcome::Failed:
            return fail(QFileInfo(m_folder).isDir() ? disk::notWritable(m_folder, reason)
                                                    : disk::folderGone(m_folder));
        }
    }
    return fail(disk::notWritable(m_folder, QStringLiteral("%1 names are taken").arg(maxNumber)));
}

void OutputFile::discard()
{
    if (!m_file.fileName().isEmpty()) {
        m_file.close();
        m_file.remove();
        m_file.setFileName({});
    }
}

Error OutputFile::writeError() const
{
    if (!QFileInfo(m_folder).isDir()) {
        return disk::folderGone(m_folder);
    }
    const qint64 available = m_space(m_folder);
    const bool isFull =
        m_file.error() == QFileDevice::ResourceError || (available >= 0 && available < disk::reservedBytes);
    return isFull ? disk::full(m_folder) : disk::notWritable(m_folder, m_file.errorString());
}

} // namespace gesso
