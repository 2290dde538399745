// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/pastedpicture.h"

#include "core/store/atomicwrite.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace gesso {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(gesso::PastedPicture)
};

} // namespace

Result<QString> keepPastedPicture(const QImage& picture, const QString& folder)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (picture.isNull() || !picture.save(&buffer, "PNG"))
        return fail(ErrorKind::Unreadable, Tr::tr("What was pasted is not a picture."));
    const QByteArray hash = QCryptographicHash::hash(png, QCryptographicHash::Sha1).toHex().left(12);
    const QString path =
        QDir(folder).filePath(QStringLiteral("pasted-%1.png").arg(QString::fromLatin1(hash)));
    if (QFileInfo::exists(path))
        return path;
    QDir().mkpath(folder);
    if (const auto failure = writeAtomically(path, png))
        return fail(ErrorKind::DiskError,
                    Tr::tr("The pasted picture cannot be kept in %1: %2.").arg(folder, failure->reason),
                    Tr::tr("Save it to a file and choose that."));
    return path;
}

} // namespace gesso
