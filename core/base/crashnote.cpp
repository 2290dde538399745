// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/crashnote.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>

#ifdef Q_OS_UNIX
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace gesso {
namespace {

const QLatin1String kNewNote("crash-note.txt");
const QLatin1String kToldNote("crash-last.txt");

#ifdef Q_OS_UNIX

// Prepared before anything goes wrong: a signal handler may neither allocate nor lock.
struct PreparedNote {
    std::array<char, 4096> path{};
    std::array<char, 64> version{};
};

PreparedNote& preparedNote()
{
    static PreparedNote note; // a signal handler takes no context
    return note;
}

template <std::size_t Size> bool keep(std::array<char, Size>& place, const QByteArray& text)
{
    if (std::size_t(text.size()) >= Size) {
        return false;
    }
    std::copy(text.begin(), text.end(), place.begin());
    place.at(std::size_t(text.size())) = '\0';
    return true;
}

void put(int file, const char* text)
{
    const ssize_t written = ::write(file, text, std::strlen(text));
    (void)written; // nothing can be done about it here
}

void put(int file, long number)
{
    std::array<char, 24> digits{};
    std::size_t at = digits.size() - 1;
    do {
        digits[--at] = char('0' + number % 10);
        number /= 10;
    } while (number > 0 && at > 0);
    put(file, &digits[at]);
}

// Only what POSIX allows in a signal handler: open, write, close, time, raise.
void writeNote(int signal)
{
    const PreparedNote& note = preparedNote();
    const int file = ::open(note.path.data(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file >= 0) {
        put(file, "version ");
        put(file, note.version.data());
        put(file, "\nsignal ");
        put(file, long(signal));
        put(file, "\ntime ");
        put(file, long(::time(nullptr)));
        put(file, "\n");
        ::close(file);
    }
    ::raise(signal); // SA_RESETHAND: now it ends the process as it would have
}

#endif

} // namespace

void leaveNoteOfCrash(const QString& folder, const QString& version)
{
#ifdef Q_OS_UNIX
    PreparedNote& note = preparedNote(); // made here, never in the handler
    if (!QDir().mkpath(folder) || !keep(note.path, QFile::encodeName(QDir(folder).filePath(kNewNote)))
        || !keep(note.version, version.toUtf8())) {
        return;
    }
    struct sigaction action = {};
    action.sa_handler = writeNote;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    // An exception that nobody catches ends in abort.
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
        ::sigaction(signal, &action, nullptr);
    }
#else
    Q_UNUSED(folder)
    Q_UNUSED(version)
#endif
}

QString takeNoteOfCrash(const QString& folder)
{
    constexpr qint64 kMostBytes = 1024;
    const QString path = QDir(folder).filePath(kNewNote);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QString note = QString::fromUtf8(file.read(kMostBytes)).trimmed();
    file.close();
    const QString told = QDir(folder).filePath(kToldNote);
    QFile::remove(told);
    if (!QFile::rename(path, told)) {
        QFile::remove(path); // told once, also where it cannot be kept
    }
    return note;
}

} // namespace gesso
