// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/faultydisk.h"

#include <QByteArray>
#include <QFile>

#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <linux/limits.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

namespace {

// What the calls below know. They come from any thread, also from the allocator's and the sanitizers' own, so
// nothing here allocates while no fault is set.
struct Disk {
    std::atomic<bool> isFaulty = false;
    std::atomic<int> refusals = 0;
    std::mutex mutex; // of what follows
    QByteArray folder; // with a slash at its end
    qint64 room = -1;
    int error = 0;
};

Disk& disk()
{
    static Disk made;
    return made;
}

bool liesOn(const Disk& faulty, int handle)
{
    char link[64] = {};
    char path[PATH_MAX] = {};
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    return ::readlink(link, path, sizeof path - 1) > 0
        && std::strncmp(path, faulty.folder.constData(), std::size_t(faulty.folder.size())) == 0;
}

// 0, or the error of writing to `handle` up to `end`.
int refusal(int handle, off_t end)
{
    Disk& faulty = disk();
    if (!faulty.isFaulty) {
        return 0;
    }
    const std::lock_guard lock(faulty.mutex);
    struct stat status = {};
    if (!liesOn(faulty, handle) || ::fstat(handle, &status) != 0) {
        return 0;
    }
    if (faulty.error != 0) {
        ++faulty.refusals;
        return faulty.error;
    }
    const qint64 growth = std::max<qint64>(0, end - status.st_size);
    if (faulty.room >= 0 && growth > faulty.room) {
        ++faulty.refusals;
        return ENOSPC;
    }
    faulty.room -= faulty.room >= 0 ? growth : 0;
    return 0;
}

int refusalOfFolder(const char* path)
{
    Disk& faulty = disk();
    if (!faulty.isFaulty) {
        return 0;
    }
    const std::lock_guard lock(faulty.mutex);
    if (!QByteArray(QByteArray(path) + '/').startsWith(faulty.folder)) {
        return 0;
    }
    const int error = faulty.error != 0 ? faulty.error : faulty.room == 0 ? ENOSPC : 0;
    faulty.refusals += error != 0 ? 1 : 0;
    return error;
}

template <typename Call> Call systemCall(const char* name)
{
    return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

ssize_t write(int handle, const void* bytes, size_t count)
{
    static const auto call = systemCall<ssize_t (*)(int, const void*, size_t)>("write");
    if (disk().isFaulty) {
        const off_t at = ::lseek(handle, 0, SEEK_CUR);
        if (const int error = at < 0 ? 0 : refusal(handle, at + off_t(count))) {
            errno = error;
            return -1;
        }
    }
    return call(handle, bytes, count);
}

ssize_t pwrite64(int handle, const void* bytes, size_t count, off64_t at)
{
    static const auto call = systemCall<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    if (const int error = refusal(handle, at + off64_t(count))) {
        errno = error;
        return -1;
    }
    return call(handle, bytes, count, at);
}

ssize_t pwrite(int handle, const void* bytes, size_t count, off_t at)
{
    return pwrite64(handle, bytes, count, at);
}

int mkdir(const char* path, mode_t mode)
{
    static const auto call = systemCall<int (*)(const char*, mode_t)>("mkdir");
    if (const int error = refusalOfFolder(path)) {
        errno = error;
        return -1;
    }
    return call(path, mode);
}

int fsync(int handle)
{
    static const auto call = systemCall<int (*)(int)>("fsync");
    if (const int error = refusal(handle, 0)) {
        errno = error;
        return -1;
    }
    return call(handle);
}

int fdatasync(int handle)
{
    static const auto call = systemCall<int (*)(int)>("fdatasync");
    if (const int error = refusal(handle, 0)) {
        errno = error;
        return -1;
    }
    return call(handle);
}

} // extern "C"

namespace gesso::testkit {

FaultyDisk::FaultyDisk(const QString& folder)
{
    const std::lock_guard lock(disk().mutex);
    disk().folder = QFile::encodeName(folder) + '/';
    disk().refusals = 0;
}

FaultyDisk::~FaultyDisk()
{
    disk().isFaulty = false;
    const std::lock_guard lock(disk().mutex);
    disk().room = -1;
    disk().error = 0;
}

void FaultyDisk::setFree(qint64 bytes)
{
    const std::lock_guard lock(disk().mutex);
    disk().room = bytes;
    disk().isFaulty = bytes >= 0 || disk().error != 0;
}

void FaultyDisk::breakDown(int error)
{
    const std::lock_guard lock(disk().mutex);
    disk().error = error;
    disk().isFaulty = error != 0 || disk().room >= 0;
}

int FaultyDisk::refusals() const
{
    return disk().refusals;
}

} // namespace gesso::testkit
