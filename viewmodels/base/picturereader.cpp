// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/base/picturereader.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

#include <algorithm>
#include <array>

namespace gesso {

namespace {

// The same as QImageReader's own default limit, so that both agree. 8192 × 8192 pixels of four bytes.
constexpr qint64 maxDecodedBytes = qint64{256} * 1024 * 1024;

// A file of more bytes holds more than that many pixels, or is none of the formats below. Some plugins read
// all of a file to tell its size.
constexpr qint64 maxFileBytes = 2 * maxDecodedBytes;

// What nodes write and people have. Qt knows more, among them formats that name other files (SVG) and plugins
// that few look after: what a server sends must not choose among all of them.
constexpr std::array formats{"png", "jpeg", "webp", "gif", "bmp", "avif", "jxl"};

bool isAllowed(const QByteArray& format)
{
    return std::find(formats.begin(), formats.end(), format) != formats.end();
}

QString text(const char* source)
{
    return QCoreApplication::translate("PictureReader", source);
}

Result<Picture> read(QIODevice* device, const QString& name, QSize box)
{
    if (device->size() > maxFileBytes) {
        return fail(ErrorKind::TooLarge, text("%1 is larger than any picture Gesso can show.").arg(name),
                    text("Open it in another program."));
    }
    QImageReader reader(device);
    reader.setDecideFormatFromContent(true); // a name may lie
    reader.setAutoTransform(true);
    if (const QByteArray format = reader.format(); !isAllowed(format)) {
        return fail(ErrorKind::Unreadable, text("%1 cannot be shown as a picture.").arg(name), {},
                    format.isEmpty() ? reader.errorString() : QString::fromLatin1(format));
    }
    const QSize declared = reader.size();
    // A negative height is a bitmap that begins below.
    if (qAbs(qint64{declared.width()} * declared.height()) * 4 > maxDecodedBytes) {
        return fail(ErrorKind::TooLarge,
                    text("%1 has %2 × %3 pixels, more than Gesso can show.")
                        .arg(name, QString::number(declared.width()), QString::number(declared.height())),
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
    const QByteArray suffix = QFileInfo(path).suffix().toLower().toLatin1();
    return isAllowed(suffix == "jpg" ? QByteArray("jpeg") : suffix)
        && QImageReader::supportedImageFormats().contains(suffix);
}

} // namespace gesso
