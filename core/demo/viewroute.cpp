// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/viewroute.h"

#include "core/demo/picturefile.h"

#include <QBuffer>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QImageWriter>
#include <QLocale>
#include <QMimeDatabase>

namespace gesso::demo {

namespace {

QByteArray httpDate(const QDateTime& time)
{
    return QLocale::c().toString(time.toUTC(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
}

QImage readImage(const QString& path)
{
    return readPictureFile(path, Orientation::AsStored).value_or(QImage());
}

HttpAnswer imageAnswer(const QImage& image, const QByteArray& format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    if (!writer.write(image)) {
        return HttpAnswer::empty(500);
    }
    return {200, "image/" + format, bytes, {}, 0};
}

HttpAnswer previewAnswer(const QString& path, const QString& wish)
{
    const QStringList parts = wish.split(QLatin1Char(';'));
    const QByteArray wanted = parts.value(0).toLatin1();
    const QByteArray format =
        wanted == "jpeg" || (wanted == "webp" && QImageWriter::supportedImageFormats().contains("webp"))
        ? wanted
        : QByteArray("jpeg");
    bool hasQuality = false;
    const int quality = parts.value(1).toInt(&hasQuality);
    QImage image = readImage(path);
    if (image.isNull()) {
        return HttpAnswer::empty(500);
    }
    if (format == "jpeg") {
        image = image.convertToFormat(QImage::Format_RGB888);
    }
    return imageAnswer(image, format, hasQuality ? std::clamp(quality, 1, 100) : 90);
}

HttpAnswer channelAnswer(const QString& path, const QString& channel)
{
    QImage image = readImage(path).convertToFormat(QImage::Format_RGBA8888);
    if (image.isNull()) {
        return HttpAnswer::empty(500);
    }
    if (channel == u"rgb") {
        return imageAnswer(image.convertToFormat(QImage::Format_RGB888), "png", -1);
    }
    for (int y = 0; y < image.height(); ++y) { // "a": black, with the alpha of the picture
        uchar* line = image.scanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            std::fill_n(line + x * 4, 3, uchar{0});
        }
    }
    return imageAnswer(image, "png", -1);
}

struct ByteRange {
    qint64 first = 0;
    qint64 last = 0;
};

// One range; several or none that can be read: the whole file.
std::optional<ByteRange> parseRange(const QByteArray& header, qint64 size, bool* isUnsatisfiable)
{
    if (!header.startsWith("bytes=") || header.contains(',')) {
        return std::nullopt;
    }
    const QList<QByteArray> ends = header.mid(6).split('-');
    bool hasFirst = false;
    bool hasLast = false;
    const qint64 first = ends.value(0).trimmed().toLongLong(&hasFirst);
    const qint64 last = ends.value(1).trimmed().toLongLong(&hasLast);
    if (ends.size() != 2 || (!hasFirst && !hasLast) || first < 0 || last < 0) {
        return std::nullopt;
    }
    ByteRange range{hasFirst ? first : std::max<qint64>(size - last, 0),
                    hasFirst && hasLast ? std::min(last, size - 1) : size - 1};
    *isUnsatisfiable = range.first >= size || range.first > range.last;
    return range;
}

HttpAnswer plainAnswer(const QString& path, const HttpRequest& request)
{
    const QFileInfo info(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return HttpAnswer::empty(404);
    }
    HttpAnswer answer;
    answer.contentType =
        QMimeDatabase().mimeTypeForFile(path, QMimeDatabase::MatchExtension).name().toLatin1();
    const QByteArray etag = '"' + QByteArray::number(info.lastModified().toMSecsSinceEpoch(), 16) + '-'
        + QByteArray::number(info.size(), 16) + '"';
    const QByteArray modified = httpDate(info.lastModified());
    answer.headers = {{"Etag", etag}, {"Last-Modified", modified}, {"Accept-Ranges", "bytes"}};
    if (request.header("if-none-match") == etag
        || (request.header("if-none-match").isEmpty() && request.header("if-modified-since") == modified)) {
        answer.status = 304;
        return answer;
    }
    bool isUnsatisfiable = false;
    const std::optional<ByteRange> range = parseRange(request.header("range"), info.size(), &isUnsatisfiable);
    if (isUnsatisfiable) {
        answer.status = 416;
        answer.headers.append({"Content-Range", "bytes */" + QByteArray::number(info.size())});
    } else if (range) {
        answer.status = 206;
        file.seek(range->first);
        answer.body = file.read(range->last - range->first + 1);
        answer.headers.append({"Content-Range",
                               "bytes " + QByteArray::number(range->first) + '-'
                                   + QByteArray::number(range->last) + '/'
                                   + QByteArray::number(info.size())});
    } else {
        answer.body = file.readAll();
    }
    return answer;
}

} // namespace

HttpAnswer viewFile(const Folders& folders, const HttpRequest& request)
{
    const QString name = request.parameter(QStringLiteral("filename"));
    const QString type = request.hasParameter(QStringLiteral("type"))
        ? request.parameter(QStringLiteral("type"))
        : QStringLiteral("output");
    const std::optional<QString> base = folders.byType(type);
    if (name.isEmpty()) {
        return HttpAnswer::empty(404);
    }
    if (!base || name.startsWith(QLatin1Char('/')) || name.contains(u"..")) {
        return HttpAnswer::empty(400);
    }
    const std::optional<QString> path =
        pathInside(*base, request.parameter(QStringLiteral("subfolder")), name);
    if (!path) {
        return HttpAnswer::empty(403);
    }
    if (!QFileInfo(*path).isFile()) {
        return HttpAnswer::empty(404);
    }
    const QString channel = request.parameter(QStringLiteral("channel"));
    HttpAnswer answer = request.hasParameter(QStringLiteral("preview"))
        ? previewAnswer(*path, request.parameter(QStringLiteral("preview")))
        : channel == u"rgb" || channel == u"a" ? channelAnswer(*path, channel)
                                               : plainAnswer(*path, request);
    // A name from a file system goes into a header: only what cannot break out of it.
    QByteArray shown = QFileInfo(*path).fileName().toUtf8();
    shown.replace('"', "").replace('\r', "").replace('\n', "");
    answer.headers.append({"Content-Disposition", "filename=\"" + shown + '"'});
    return answer;
}

} // namespace gesso::demo
