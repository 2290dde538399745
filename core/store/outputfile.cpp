// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/outputfile.h"

#include "core/store/diskerrors.h"
#include "core/store/filesafety.h"
#include "core/store/outputname.h"
#include "core/store/partnotes.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace gesso {

namespace {

constexpr qint64 spaceCheckInterval = 8 * 1024 * 1024;
constexpr int maxNumber = 100'000; // of files with one name

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::OutputStore)
};

} // namespace

OutputFile::OutputFile(QString folder, QString fileName, SpaceProbe space, qint64 resumableFrom)
    : m_folder(std::move(folder))
    , m_fileName(std::move(fileName))
    , m_space(std::move(space))
    , m_resumableFrom(resumableFrom)
{
}

OutputFile::~OutputFile()
{
    if (m_isResumable && m_bytes > 0) {
        m_file.close();
    } else {
        discard();
    }
}

Result<void> OutputFile::open(const QByteArray& source)
{
    if (!QFileInfo(m_folder).isDir()) {
        return fail(disk::folderGone(m_folder));
    }
    m_part = m_folder + u'/' + partFileName(source);
    m_hasSource = !source.isEmpty();
    if (m_hasSource && openExisting()) {
        return {};
    }
    int error = openNewFile(m_file, m_part);
    if (m_hasSource && (error != 0 || !markAsBeingWritten(m_file, m_part))) {
        // Another process downloads the same, or something lies in its place: each has its own file then.
        m_file.close();
        m_hasSource = false;
        m_part = m_folder + u'/' + partFileName({});
        error = openNewFile(m_file, m_part);
    }
    if (error != 0) {
        m_part.clear();
        return fail(systemError(error));
    }
    markAsBeingWritten(m_file, m_part);
    return {};
}

// True if what an earlier attempt left can be written on, from its beginning or from where it stopped.
bool OutputFile::openExisting()
{
    if (openOwnFile(m_file, m_part) != 0) {
        return false;
    }
    if (!markAsBeingWritten(m_file, m_part)) {
        m_file.close();
        return false;
    }
    const std::optional<FileVersion> version = readNote(m_part);
    // The last byte is always fetched again: only an answer tells that the file is still the same.
    const qint64 usable = version ? std::min(m_file.size(), version->totalBytes - 1) : 0;
    if (!m_file.resize(usable) || !m_file.seek(usable)) {
        m_file.close();
        return false;
    }
    m_bytes = usable;
    m_isResumable = version.has_value();
    m_version = version.value_or(FileVersion());
    return true;
}

Result<void> OutputFile::startOver(const FileVersion& version)
{
    m_isResumable = false;
    if (!m_file.resize(0) || !m_file.seek(0)) {
        return fail(disk::notWritable(m_folder, m_file.errorString()));
    }
    m_bytes = 0;
    m_nextSpaceCheck = 0;
    m_version = version;
    removeNote(m_part);
    if (version.totalBytes > 0) {
        if (Result<void> fits = checkSpace(version.totalBytes); !fits) {
            return fits;
        }
    }
    m_isResumable = m_hasSource && version.canBeResumed() && version.totalBytes >= m_resumableFrom
        && writeNote(m_part, version);
    return {};
}

Result<void> OutputFile::checkSpace(qint64 more) const
{
    const qint64 available = m_space(m_folder);
    if (available >= 0 && available < more + disk::reservedBytes) {
        return fail(disk::full(m_folder));
    }
    return {};
}

Result<void> OutputFile::write(QByteArrayView piece)
{
    if (m_version.totalBytes >= 0 && m_bytes + piece.size() > m_version.totalBytes) {
        m_isResumable = false;
        return fail(ErrorKind::Protocol,
                    Text::tr("More of %1 came than the server had announced.").arg(m_fileName));
    }
    if (m_bytes + piece.size() > m_nextSpaceCheck) {
        if (Result<void> fits = checkSpace(piece.size()); !fits) {
            return fits;
        }
        m_nextSpaceCheck = m_bytes + piece.size() + spaceCheckInterval;
    }
    if (const int error = writeBytes(m_file, piece); error != 0) {
        return fail(systemError(error));
    }
    m_bytes += piece.size();
    return {};
}

Result<QString> OutputFile::commit()
{
    if (m_version.totalBytes >= 0 && m_bytes != m_version.totalBytes) {
        return fail(ErrorKind::Unreachable,
                    Text::tr("%1 came incomplete: %2 of %3 bytes.")
                        .arg(m_fileName, QString::number(m_bytes), QString::number(m_version.totalBytes)),
                    Text::tr("Save it again: the result is still on the server."));
    }
    if (const int error = flushToDisk(m_file); error != 0) {
        return fail(systemError(error));
    }
#ifdef Q_OS_WIN
    m_file.close(); // an open file cannot be renamed there
#endif
    for (int number = 1; number <= maxNumber; ++number) {
        const QString path = QDir(m_folder).absoluteFilePath(numberedFileName(m_fileName, number));
        int error = 0;
        switch (renameExclusively(m_part, path, &error)) {
        case RenameOutcome::Renamed:
            m_file.close();
            removeNote(m_part);
            m_part.clear();
            flushFolderToDisk(m_folder);
            return path;
        case RenameOutcome::TargetExists:
            continue;
        case RenameOutcome::Failed:
            return fail(systemError(error));
        }
    }
    return fail(disk::notWritable(m_folder, QStringLiteral("%1 names are taken").arg(maxNumber)));
}

void OutputFile::discard()
{
    if (!m_part.isEmpty()) {
        removeNote(m_part);
#ifdef Q_OS_WIN
        m_file.close();
#endif
        QFile::remove(m_part); // while it is still marked: nobody else can have taken it
        m_file.close();
        m_part.clear();
    }
    m_isResumable = false;
}

Error OutputFile::systemError(int error) const
{
    return QFileInfo(m_folder).isDir() ? disk::fromSystem(m_folder, error) : disk::folderGone(m_folder);
}

} // namespace gesso
