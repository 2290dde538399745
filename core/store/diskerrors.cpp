// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/diskerrors.h"

#include <QCoreApplication>
#include <QDir>

namespace gesso::disk {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::OutputStore)
};

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

} // namespace gesso::disk
