// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/picturefile.h"

#include "core/demo/picture.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>

#include <algorithm>
#include <array>

namespace gesso::demo {

namespace {

constexpr std::array formats{"png", "jpeg", "webp", "gif", "bmp", "avif", "jxl"};

Result<QImage> read(QIODevice* device, Orientation orientation)
{
    QImageReader reader(device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(orientation == Orientation::Upright);
    const QByteArray format = reader.format();
    if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
        return fail(ErrorKind::Unreadable, QStringLiteral("The picture cannot be read"));
    }
    const QSize size = reader.size();
    if (qAbs(qint64{size.width()} * size.height()) > maxBatchPixels) {
        return fail(ErrorKind::TooLarge, QStringLiteral("The picture is too large"));
    }
    const QImage image = reader.read();
    if (image.isNull()) {
        return fail(ErrorKind::Unreadable, QStringLiteral("The picture cannot be read"), {},
                    reader.errorString());
    }
    return image;
}

} // namespace

Result<QImage> readPictureFile(const QString& path, Orientation orientation)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Unreadable, QStringLiteral("The picture cannot be read"), {},
                    file.errorString());
    }
    return read(&file, orientation);
}

Result<QImage> decodePicture(const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return read(&buffer, Orientation::AsStored);
}

QStringList pictureNamePatterns()
{
    QStringList patterns;
    const QList<QByteArray> readable = QImageReader::supportedImageFormats();
    for (const char* suffix : {"png", "jpg", "jpeg", "webp", "gif", "bmp", "avif", "jxl"}) {
        if (readable.contains(suffix)) {
            patterns.append(QStringLiteral("*.") + QLatin1String(suffix));
        }
    }
    return patterns;
}

} // namespace gesso::demo
