// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/diskerrors.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <array>
#include <cerrno>

namespace gesso::disk {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::OutputStore)
};

struct SystemRow {
    int error;
    ErrorKind kind;
    const char* message; // %1: the folder
    const char* hint;
};

constexpr const char* kRoom = QT_TRANSLATE_NOOP(
    "gesso::OutputStore",
    "Make room or choose another folder, then save again: the result is still on the server.");
constexpr const char* kOther = QT_TRANSLATE_NOOP(
    "gesso::OutputStore", "Choose another folder, then save again: the result is still on the server.");

#ifndef Q_OS_WIN
constexpr std::array kSystemErrors{
    SystemRow{ENOSPC, ErrorKind::DiskFull, QT_TRANSLATE_NOOP("gesso::OutputStore", "The disk of %1 is full."),
              kRoom},
    SystemRow{EDQUOT, ErrorKind::DiskFull,
              QT_TRANSLATE_NOOP("gesso::OutputStore", "Your share of the disk of %1 is used up."), kRoom},
    SystemRow{EROFS, ErrorKind::DiskError,
              QT_TRANSLATE_NOOP("gesso::OutputStore", "The disk of %1 can only be read."), kOther},
    SystemRow{EACCES, ErrorKind::DiskError,
              QT_TRANSLATE_NOOP("gesso::OutputStore", "You have no right to write to %1."), kOther},
    SystemRow{EPERM, ErrorKind::DiskError,
              QT_TRANSLATE_NOOP("gesso::OutputStore", "You have no right to write to %1."), kOther},
    SystemRow{
        EIO, ErrorKind::DiskError, QT_TRANSLATE_NOOP("gesso::OutputStore", "The disk of %1 reports a fault."),
        QT_TRANSLATE_NOOP("gesso::OutputStore",
                          "Check the disk and its cable, or choose another folder, then save again: the "
                          "result is still on the server.")},
    SystemRow{
        ENAMETOOLONG, ErrorKind::DiskError,
        QT_TRANSLATE_NOOP("gesso::OutputStore", "The names in %1 get too long for its disk."),
        QT_TRANSLATE_NOOP("gesso::OutputStore",
                          "Choose a folder with a shorter path, then save again: the result is still on "
                          "the server.")},
    SystemRow{EFBIG, ErrorKind::DiskError,
              QT_TRANSLATE_NOOP("gesso::OutputStore", "The file is larger than the disk of %1 allows."),
              QT_TRANSLATE_NOOP("gesso::OutputStore",
                                "Disks formatted with FAT32 hold files of up to 4 GB. Choose another folder, "
                                "then save again: the result is still on the server.")},
    SystemRow{EMFILE, ErrorKind::DiskError,
              QT_TRANSLATE_NOOP("gesso::OutputStore", "Too many files are open to write to %1."),
              QT_TRANSLATE_NOOP("gesso::OutputStore",
                                "Close other programs, then save again: the result is still on the server.")},
};
#endif

} // namespace

Error folderGone(const QString& folder)
{
    return {
        ErrorKind::DiskError,
        Text::tr("The folder %1 does not exist.").arg(QDir::toNativeSeparators(folder)),
        Text::tr("Create it or choose another folder, then save again: the result is still on the server."),
        {}};
}

Error notWritable(const QString& folder, const QString& reason)
{
    return {ErrorKind::DiskError,
            Text::tr("Nothing can be written to %1.").arg(QDir::toNativeSeparators(folder)),
            Text::tr("Choose another folder, then save again: the result is still on the server."), reason};
}

Error full(const QString& folder)
{
    return {
        ErrorKind::DiskFull,
        Text::tr("The disk of %1 is full.").arg(QDir::toNativeSeparators(folder)),
        Text::tr("Make room or choose another folder, then save again: the result is still on the server."),
        {}};
}

Error fromSystem(const QString& folder, int error)
{
#ifndef Q_OS_WIN
    const auto row = std::find_if(kSystemErrors.begin(), kSystemErrors.end(),
                                  [error](const SystemRow& known) { return known.error == error; });
    if (row != kSystemErrors.end()) {
        return {row->kind, Text::tr(row->message).arg(QDir::toNativeSeparators(folder)), Text::tr(row->hint),
                qt_error_string(error)};
    }
#endif
    return notWritable(folder, qt_error_string(error));
}

} // namespace gesso::disk
