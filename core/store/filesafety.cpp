// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/filesafety.h"

#ifdef Q_OS_WIN
#include <QDir>
#include <QFileInfo>

#include <io.h>
#include <windows.h>
#else
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
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

RenameOutcome renameExclusively(const QString& from, const QString& to, int* error)
{
    if (MoveFileExW(nativePath(from).c_str(), nativePath(to).c_str(), MOVEFILE_WRITE_THROUGH)) {
        return RenameOutcome::Renamed;
    }
    *error = int(GetLastError());
    return *error == ERROR_ALREADY_EXISTS || *error == ERROR_FILE_EXISTS ? RenameOutcome::TargetExists
                                                                         : RenameOutcome::Failed;
}

int openNewFile(QFile& file, const QString& path)
{
    file.setFileName(path);
    const bool isOpen = file.open(QIODevice::ReadWrite | QIODevice::NewOnly | QIODevice::Unbuffered);
    return isOpen ? 0 : int(GetLastError());
}

int openOwnFile(QFile& file, const QString& path)
{
    if (QFileInfo(path).isSymLink()) { // making one needs rights that programs do not have here
        return ERROR_ACCESS_DENIED;
    }
    file.setFileName(path);
    const bool isOpen = file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered);
    return isOpen ? 0 : int(GetLastError());
}

int writeBytes(QFile& file, QByteArrayView bytes)
{
    return file.write(bytes.data(), bytes.size()) == bytes.size() ? 0 : int(GetLastError());
}

int flushToDisk(QFile& file)
{
    return file.flush() && _commit(file.handle()) == 0 ? 0 : int(GetLastError());
}

void flushFolderToDisk(const QString&) { }

// An open file cannot be removed here, which is mark enough.
bool markAsBeingWritten(QFile&, const QString&)
{
    return true;
}

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

bool removeUnlessWritten(const QString& path)
{
    return QFile::remove(path);
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

int openAs(QFile& file, const QString& path, int howToMake)
{
    constexpr mode_t kEverybodyByUmask = 0666;
    // O_NONBLOCK: a pipe of that name must not stop us; it means nothing for plain files.
    const int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | howToMake;
    const int handle = ::open(QFile::encodeName(path).constData(), flags, kEverybodyByUmask);
    if (handle < 0) {
        return errno;
    }
    if (!file.open(handle, QIODevice::ReadWrite | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle)) {
        ::close(handle);
        return EIO;
    }
    return 0;
}

// Locks an open file. Between opening and locking another process may have locked, removed and closed it:
// then the lock is on a file that has no name any more.
bool lockNamed(int handle, const QByteArray& name)
{
    if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
        return false; // locked by another, or on a file system without locks
    }
    struct stat opened {
    };
    struct stat named {
    };
    return ::fstat(handle, &opened) == 0 && ::lstat(name.constData(), &named) == 0
        && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

} // namespace

RenameOutcome renameExclusively(const QString& from, const QString& to, int* error)
{
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    *error = renameAtomically(source, target);
    if (isUnsupported(*error)) {
        *error = renameByLink(source, target);
    }
    if (isUnsupported(*error)) {
        *error = renameOntoReservation(source, target);
    }
    if (*error == 0) {
        return RenameOutcome::Renamed;
    }
    return *error == EEXIST || *error == ENOTEMPTY ? RenameOutcome::TargetExists : RenameOutcome::Failed;
}

int openNewFile(QFile& file, const QString& path)
{
    return openAs(file, path, O_CREAT | O_EXCL);
}

int openOwnFile(QFile& file, const QString& path)
{
    const int error = openAs(file, path, 0);
    if (error != 0) {
        return error;
    }
    struct stat info {
    };
    const bool isOwn = ::fstat(file.handle(), &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink == 1
        && info.st_uid == ::geteuid();
    if (!isOwn) {
        file.close();
        return EACCES;
    }
    return 0;
}

int writeBytes(QFile& file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(file.handle(), bytes.data(), std::size_t(bytes.size()));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return errno;
        }
        bytes = bytes.sliced(written);
    }
    return 0;
}

int flushToDisk(QFile& file)
{
    return ::fsync(file.handle()) == 0 ? 0 : errno;
}

void flushFolderToDisk(const QString& folder)
{
    const int handle = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

bool markAsBeingWritten(QFile& file, const QString& path)
{
    return lockNamed(file.handle(), QFile::encodeName(path));
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

bool removeUnlessWritten(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    const int handle = ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (handle < 0) {
        return false;
    }
    const bool isRemoved = lockNamed(handle, name) && ::unlink(name.constData()) == 0;
    ::close(handle);
    return isRemoved;
}

#endif

} // namespace gesso
