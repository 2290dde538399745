// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/filesafety.h"

#ifdef Q_OS_WIN
#include <QDir>

#include <io.h>
#include <windows.h>
#else
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace gesso {

#ifdef Q_OS_WIN

namespace {

std::wstring nativePath(const QString& path)
{
    return QDir::toNativeSeparators(path).toStdWString();
}

} // namespace

RenameOutcome renameExclusively(const QString& from, const QString& to, QString* reason)
{
    if (MoveFileExW(nativePath(from).c_str(), nativePath(to).c_str(), MOVEFILE_WRITE_THROUGH)) {
        return RenameOutcome::Renamed;
    }
    const DWORD error = GetLastError();
    if (error == ERROR_ALREADY_EXISTS || error == ERROR_FILE_EXISTS) {
        return RenameOutcome::TargetExists;
    }
    *reason = qt_error_string(int(error));
    return RenameOutcome::Failed;
}

bool flushToDisk(QFile& file)
{
    return file.flush() && _commit(file.handle()) == 0;
}

void flushFolderToDisk(const QString&) { }

// An open file cannot be removed here, which is mark enough.
void markAsBeingWritten(QFile&) { }

bool isBeingWritten(const QString& path)
{
    const HANDLE handle =
        CreateFileW(nativePath(path).c_str(), DELETE, 0, nullptr, OPEN_EXISTING, 0, nullptr);
    if (handle == INVALID_HANDLE_VALUE) {
        return GetLastError() == ERROR_SHARING_VIOLATION;
    }
    CloseHandle(handle);
    return false;
}

#else

namespace {

// The target's name is taken first, by a file that must not exist, and then replaced. For file systems that
// know neither of the better ways (FAT, some network drives).
int renameOntoReservation(const QByteArray& from, const QByteArray& to)
{
    const int reservation = ::open(to.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (reservation < 0) {
        return errno;
    }
    ::close(reservation);
    if (::rename(from.constData(), to.constData()) == 0) {
        return 0;
    }
    const int error = errno;
    ::unlink(to.constData());
    return error;
}

int renameByLink(const QByteArray& from, const QByteArray& to)
{
    if (::link(from.constData(), to.constData()) != 0) {
        return errno;
    }
    ::unlink(from.constData());
    return 0;
}

int renameAtomically(const QByteArray& from, const QByteArray& to)
{
#if defined(Q_OS_LINUX) && defined(RENAME_NOREPLACE)
    return ::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0 ? 0
                                                                                                    : errno;
#elif defined(Q_OS_MACOS)
    return ::renamex_np(from.constData(), to.constData(), RENAME_EXCL) == 0 ? 0 : errno;
#else
    Q_UNUSED(from);
    Q_UNUSED(to);
    return ENOSYS;
#endif
}

bool isUnsupported(int error)
{
    return error == ENOSYS || error == EINVAL || error == EPERM || error == ENOTSUP || error == EOPNOTSUPP;
}

} // namespace

RenameOutcome renameExclusively(const QString& from, const QString& to, QString* reason)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    int error = renameAtomically(source, target);
    if (isUnsupported(error)) {
        error = renameByLink(source, target);
    }
    if (isUnsupported(error)) {
        error = renameOntoReservation(source, target);
    }
    if (error == 0) {
        return RenameOutcome::Renamed;
    }
    if (error == EEXIST || error == ENOTEMPTY) {
        return RenameOutcome::TargetExists;
    }
    *reason = qt_error_string(error);
    return RenameOutcome::Failed;
}

bool flushToDisk(QFile& file)
{
    return file.flush() && ::fsync(file.handle()) == 0;
}

void flushFolderToDisk(const QString& folder)
{
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

void markAsBeingWritten(QFile& file)
{
    ::flock(file.handle(), LOCK_EX | LOCK_NB);
}

bool isBeingWritten(const QString& path)
{
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (handle < 0) {
        return false;
    }
    const bool isLocked = ::flock(handle, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(handle);
    return isLocked;
}

#endif

} // namespace gesso
