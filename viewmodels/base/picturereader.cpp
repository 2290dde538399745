// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/base/picturereader.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

namespace gesso {

namespace {

// The same as QImageReader's own default limit, so that both agree. 8192 × 8192 pixels of four bytes.
constexpr qint64 maxDecodedBytes = qint64{256} * 1024 * 1024;

QString text(const char* source)
{
    return QCoreApplication::translate("PictureReader", source);
}

Result<Picture> read(QIODevice* device, const QString& name, QSize box)
{
    QImageReader reader(device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize declared = reader.size();
    if (qint64{declared.width()} * declared.height() * 4 > maxDecodedBytes) {
        return fail(ErrorKind::TooLarge,
                    text("%1 has %2 × %3 pixels, more than Gesso can show.")
                        .arg(name)
                        .arg(declared.width())
                        .arg(declared.height()),
                    text("Open it in another program."));
    }
    Picture picture;
    if (!reader.read(&picture.image)) {
        return fail(ErrorKind::Unreadable, text("%1 cannot be shown as a picture.").arg(name), {},
                    reader.errorString());
    }
    picture.fullSize = picture.image.size();
    const QSize shown = picture.fullSize.scaled(box, Qt::KeepAspectRatio);
    if (!box.isEmpty() && shown.width() < picture.fullSize.width()) {
        picture.image = picture.image.scaled(shown, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    return picture;
}

} // namespace

Result<Picture> readPicture(const QString& path, QSize box)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Unreadable, text("%1 cannot be read.").arg(name), {}, file.errorString());
    }
    return read(&file, name, box);
}

Result<Picture> decodePicture(const QByteArray& bytes, QSize box)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return read(&buffer, text("The picture"), box);
}

bool isPictureFile(const QString& path)
{
    return QImageReader::supportedImageFormats().contains(QFileInfo(path).suffix().toLower().toLatin1());
}

} // namespace gesso
