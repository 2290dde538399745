// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/uploadroute.h"

#include "core/demo/multipart.h"
#include "core/demo/picturefile.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QSaveFile>

namespace gesso::demo {

namespace {

struct Upload {
    QString fileName;
    QByteArray content;
    QString subfolder;
    QString type = QStringLiteral("input");
    bool overwrites = false;
    QByteArray originalRef;
};

std::optional<Upload> readUpload(const HttpRequest& request)
{
    const Result<QList<FormPart>> parts = parseMultipart(request.header("content-type"), request.body);
    if (!parts) {
        return std::nullopt;
    }
    Upload upload;
    for (const FormPart& part : *parts) {
        if (part.name == u"image") {
            upload.fileName = part.fileName;
            upload.content = part.content;
        } else if (part.name == u"subfolder") {
            upload.subfolder = QString::fromUtf8(part.content);
        } else if (part.name == u"type" && !part.content.isEmpty()) {
            upload.type = QString::fromUtf8(part.content);
        } else if (part.name == u"overwrite") {
            upload.overwrites = part.content == "true" || part.content == "1";
        } else if (part.name == u"original_ref") {
            upload.originalRef = part.content;
        }
    }
    return upload.fileName.isEmpty() ? std::nullopt : std::optional(upload);
}

bool holds(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.size() == content.size() && file.open(QIODevice::ReadOnly) && file.readAll() == content;
}

QString freeName(const QString& path, const QByteArray& content)
{
    const QFileInfo info(path);
    const QString suffix = info.suffix().isEmpty() ? QString() : QLatin1Char('.') + info.suffix();
    QString candidate = path;
    for (int number = 1; QFileInfo::exists(candidate) && !holds(candidate, content); ++number) {
        candidate = QStringLiteral("%1/%2 (%3)%4")
                        .arg(info.path(), info.completeBaseName(), QString::number(number), suffix);
    }
    return candidate;
}

HttpAnswer store(const Folders& folders, const Upload& upload)
{
    const std::optional<QString> base = folders.byType(upload.type);
    const std::optional<QString> wanted =
        base ? pathInside(*base, upload.subfolder, upload.fileName) : std::nullopt;
    if (!wanted) {
        return HttpAnswer::empty(400);
    }
    const QString path = upload.overwrites ? *wanted : freeName(*wanted, upload.content);
    QSaveFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
        || file.write(upload.content) != upload.content.size() || !file.commit()) {
        return HttpAnswer::text("500 Internal Server Error\n\nThe file cannot be written", 500);
    }
    return HttpAnswer::json(Json{{"name", toJson(QFileInfo(path).fileName())},
                                 {"subfolder", toJson(upload.subfolder)},
                                 {"type", toJson(upload.type)}});
}

} // namespace

HttpAnswer storeImage(const Folders& folders, const HttpRequest& request)
{
    const std::optional<Upload> upload = readUpload(request);
    return upload ? store(folders, *upload) : HttpAnswer::empty(400);
}

HttpAnswer storeMask(const Folders& folders, const HttpRequest& request)
{
    std::optional<Upload> upload = readUpload(request);
    if (!upload) {
        return HttpAnswer::empty(400);
    }
    const Result<Json> reference = parseJson(upload->originalRef, {64 * 1024, 8, 100});
    if (!reference || !reference->is_object()) {
        return HttpAnswer::empty(400);
    }
    const std::optional<QString> base =
        folders.byType(stringMember(*reference, "type", QStringLiteral("output")));
    const std::optional<QString> path = base
        ? pathInside(*base, stringMember(*reference, "subfolder"), stringMember(*reference, "filename"))
        : std::nullopt;
    const auto asRgba = [](const Result<QImage>& image) {
        return image.value_or(QImage()).convertToFormat(QImage::Format_RGBA8888);
    };
    QImage original = asRgba(readPictureFile(path.value_or(QString()), Orientation::AsStored));
    const QImage mask = asRgba(decodePicture(upload->content)).scaled(original.size());
    if (original.isNull() || mask.isNull()) {
        return HttpAnswer::empty(400);
    }
    for (int y = 0; y < original.height(); ++y) {
        uchar* out = original.scanLine(y);
        const uchar* in = mask.constScanLine(y);
        for (int x = 0; x < original.width(); ++x) {
            out[x * 4 + 3] = in[x * 4 + 3];
        }
    }
    upload->content.clear();
    QBuffer buffer(&upload->content);
    buffer.open(QIODevice::WriteOnly);
    original.save(&buffer, "PNG");
    return store(folders, *upload);
}

} // namespace gesso::demo
