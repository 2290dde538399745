// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/boundedfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

} // namespace

Result<QByteArray> readBounded(const QString& path, qint64 maxBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Unreadable, tr("%1 cannot be read.").arg(path), {}, file.errorString());
    }
    // One byte more than allowed: a pipe has no size to ask for.
    QByteArray bytes = file.read(maxBytes + 1);
    if (bytes.size() > maxBytes) {
        return fail(
            ErrorKind::TooLarge,
            tr("%1 is too large: at most %2 are read.").arg(path, QLocale::c().formattedDataSize(maxBytes)));
    }
    return bytes;
}

} // namespace gesso::cli
