// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"
#include "core/demo/picturefile.h"
#include "core/demo/pngwriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

namespace gesso::demo {

namespace {

Result<QImage> readImage(const NodeContext& context)
{
    const QString name = context.text(QStringLiteral("image"));
    const std::optional<QString> path = annotatedPath(context.environment().folders, name);
    const Result<QImage> image = readPictureFile(path.value_or(QString()), Orientation::Upright);
    if (!image && image.error().kind == ErrorKind::TooLarge) {
        return fail(
            ErrorKind::NodeFailed,
            QStringLiteral("The picture '%1' is larger than the demo server's memory limit").arg(name));
    }
    if (!image) {
        return fail(ErrorKind::NodeFailed, QStringLiteral("cannot identify image file '%1'").arg(name));
    }
    return image;
}

// ComfyUI's mask of a picture: 1 where it is transparent; 64 × 64 of zeros if it has no alpha channel.
Picture transparencyOf(const QImage& image)
{
    if (!image.hasAlphaChannel()) {
        return Picture(64, 64, 1);
    }
    Picture mask = Picture::alphaOf(image);
    for (float& value : mask.data()) {
        value = 1.0F - value;
    }
    return mask;
}

Result<NodeResult> loadImage(const NodeContext& context)
{
    const Result<QImage> image = readImage(context);
    if (!image) {
        return fail(image.error());
    }
    return NodeResult{{imagesValue({Picture::fromImage(*image)}), masksValue({transparencyOf(*image)})},
                      std::nullopt};
}

Result<NodeResult> loadImageMask(const NodeContext& context)
{
    const Result<QImage> image = readImage(context);
    if (!image) {
        return fail(image.error());
    }
    const QString channel = context.text(QStringLiteral("channel"));
    if (channel == u"alpha") {
        return masks({transparencyOf(*image)});
    }
    const int index = channel == u"red" ? 0 : channel == u"green" ? 1 : 2;
    const Picture rgb = Picture::fromImage(*image);
    Picture mask(rgb.width(), rgb.height(), 1);
    for (int y = 0; y < rgb.height(); ++y) {
        for (int x = 0; x < rgb.width(); ++x) {
            *mask.pixel(x, y) = rgb.pixel(x, y)[index];
        }
    }
    return masks({std::move(mask)});
}

// The next free number of name_00001_.png, one above the highest there is.
int nextCounter(const QString& folder, const QString& name)
{
    const QRegularExpression pattern(QLatin1Char('^') + QRegularExpression::escape(name)
                                         + QStringLiteral("_(\\d+)_?\\D*"),
                                     QRegularExpression::CaseInsensitiveOption);
    int highest = 0;
    for (const QString& entry : QDir(folder).entryList(QDir::Files)) {
        highest = std::max(highest, pattern.match(entry).captured(1).toInt());
    }
    return highest + 1;
}

// As Python's json.dumps: ASCII.
QByteArray asciiJson(const Json& value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', true, Json::error_handler_t::replace));
}

QList<std::pair<QByteArray, QByteArray>> embeddedTexts(const JobEnvironment& environment)
{
    QList<std::pair<QByteArray, QByteArray>> texts;
    if (environment.prompt) {
        texts.append({"prompt", asciiJson(*environment.prompt)});
    }
    if (environment.extraPngInfo && environment.extraPngInfo->is_object()) {
        for (const auto& item : environment.extraPngInfo->items()) {
            const QByteArray key = QByteArray::fromStdString(item.key()).left(79); // PNG's limit
            if (!key.isEmpty() && !key.contains('\0')) {
                texts.append({key, asciiJson(item.value())});
            }
        }
    }
    return texts;
}

Result<NodeResult> writePictures(const NodeContext& context, const QString& base, const QString& type,
                                 QString prefix)
{
    const Pictures& pictures = context.images(QStringLiteral("images"));
    if (pictures.empty()) {
        return nodeFailure(QStringLiteral("There is no picture to save"));
    }
    prefix.replace(QStringLiteral("%width%"), QString::number(pictures.front().width()));
    prefix.replace(QStringLiteral("%height%"), QString::number(pictures.front().height()));
    const QString name = prefix.section(QLatin1Char('/'), -1);
    const QString subfolder = prefix.section(QLatin1Char('/'), 0, -2);
    const std::optional<QString> probe = pathInside(base, subfolder, name + QStringLiteral("_00001_.png"));
    if (!probe || !QDir().mkpath(QFileInfo(*probe).path())) {
        return nodeFailure(
            QStringLiteral("Saving image outside the output folder is not allowed: %1").arg(prefix));
    }
    const QString folder = QFileInfo(*probe).path();
    int counter = nextCounter(folder, name);
    Json items = Json::array();
    for (std::size_t i = 0; i < pictures.size(); ++i, ++counter) {
        QString stem = name;
        stem.replace(QStringLiteral("%batch_num%"), QString::number(i));
        const QString fileName =
            QString(stem + QStringLiteral("_%1_.png").arg(counter, 5, 10, QLatin1Char('0')));
        const QByteArray png = pngWithTexts(pictures[i].toImage(), embeddedTexts(context.environment()));
        QSaveFile file(folder + QLatin1Char('/') + fileName);
        if (!file.open(QIODevice::WriteOnly) || file.write(png) != png.size() || !file.commit()) {
            return nodeFailure(QStringLiteral("Cannot write '%1': %2").arg(fileName, file.errorString()));
        }
        items.push_back(
            Json{{"filename", toJson(fileName)}, {"subfolder", toJson(subfolder)}, {"type", toJson(type)}});
    }
    return NodeResult{{}, Json{{"images", std::move(items)}}};
}

Result<NodeResult> saveImage(const NodeContext& context)
{
    return writePictures(context, context.environment().folders.output, QStringLiteral("output"),
                         context.text(QStringLiteral("filename_prefix")));
}

Result<NodeResult> previewImage(const NodeContext& context)
{
    return writePictures(context, context.environment().folders.temp, QStringLiteral("temp"),
                         context.environment().tempPrefix);
}

} // namespace

void addFileNodes(NodeLibrary& library)
{
    library.add(NodeInfo("LoadImage", "Load Image", "image",
                         "Loads a picture of the server's input folder; its transparency becomes a mask.")
                    .files("image", "The picture.")
                    .output("IMAGE")
                    .output("MASK")
                    .aliases({QStringLiteral("open image"), QStringLiteral("upload image")}),
                loadImage);
    library.add(
        NodeInfo("LoadImageMask", "Load Image (as Mask)", "mask", "Loads one channel of a picture as a mask.")
            .files("image", "The picture.")
            .choice("channel",
                    {QStringLiteral("alpha"), QStringLiteral("red"), QStringLiteral("green"),
                     QStringLiteral("blue")},
                    "Which channel; alpha is inverted.")
            .output("MASK"),
        loadImageMask);
    library.add(
        NodeInfo("SaveImage", "Save Image", "image",
                 "Writes pictures into the server's output folder, with prompt and workflow inside.")
            .input("images", "IMAGE", "The pictures.")
            .input("filename_prefix", "STRING", "How file names begin; a slash makes a folder.",
                   Json{{"default", "ComfyUI"}})
            .savesFiles()
            .aliases({QStringLiteral("save"), QStringLiteral("export image"), QStringLiteral("output")}),
        saveImage);
    library.add(NodeInfo("PreviewImage", "Preview Image", "image",
                         "Shows pictures; they are kept until the server ends.")
                    .input("images", "IMAGE", "The pictures.")
                    .savesFiles()
                    .aliases({QStringLiteral("preview"), QStringLiteral("show image")}),
                previewImage);
}

} // namespace gesso::demo
