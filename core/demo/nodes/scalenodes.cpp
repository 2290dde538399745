// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"
#include "core/demo/resample.h"

#include <cmath>

namespace gesso::demo {

namespace {

const QStringList cropModes{QStringLiteral("disabled"), QStringLiteral("center")};

Result<NodeResult> tooLarge(qint64 width, qint64 height)
{
    return nodeFailure(
        QStringLiteral("%1 × %2 pixels is more than the demo server's memory limit; choose a smaller size")
            .arg(width)
            .arg(height));
}

bool isTooLarge(qint64 width, qint64 height, const Pictures& images)
{
    return width * height * static_cast<qint64>(images.size()) > maxBatchPixels;
}

Result<NodeResult> scaled(const Pictures& images, qint64 width, qint64 height, const QString& method,
                          bool crops)
{
    width = std::max<qint64>(width, 1);
    height = std::max<qint64>(height, 1);
    if (isTooLarge(width, height, images)) {
        return tooLarge(width, height);
    }
    Pictures result;
    for (const Picture& image : images) {
        const Picture part =
            crops ? cropToProportion(image, static_cast<int>(width), static_cast<int>(height)) : image;
        result.push_back(resample(part, static_cast<int>(width), static_cast<int>(height), method));
    }
    return pictures(std::move(result));
}

Result<NodeResult> imageScale(const NodeContext& context)
{
    const Pictures& images = context.images(QStringLiteral("image"));
    qint64 width = context.integer(QStringLiteral("width"));
    qint64 height = context.integer(QStringLiteral("height"));
    if (images.empty() || (width == 0 && height == 0)) {
        return pictures(images);
    }
    // 0 keeps the proportion.
    const Picture& first = images.front();
    width = width == 0 ? qRound64(first.width() * static_cast<double>(height) / first.height()) : width;
    height = height == 0 ? qRound64(first.height() * static_cast<double>(width) / first.width()) : height;
    return scaled(images, width, height, context.text(QStringLiteral("upscale_method")),
                  context.text(QStringLiteral("crop")) == u"center");
}

Result<NodeResult> imageScaleBy(const NodeContext& context)
{
    const Pictures& images = context.images(QStringLiteral("image"));
    if (images.empty()) {
        return pictures(images);
    }
    const double factor = context.number(QStringLiteral("scale_by"), 1);
    return scaled(images, qRound64(images.front().width() * factor),
                  qRound64(images.front().height() * factor), context.text(QStringLiteral("upscale_method")),
                  false);
}

Result<NodeResult> imageScaleToTotalPixels(const NodeContext& context)
{
    const Pictures& images = context.images(QStringLiteral("image"));
    if (images.empty()) {
        return pictures(images);
    }
    const double pixels = context.number(QStringLiteral("megapixels"), 1) * 1024 * 1024;
    const qint64 multiple = std::max<qint64>(context.integer(QStringLiteral("resolution_steps"), 1), 1);
    const double factor =
        std::sqrt(pixels / (static_cast<double>(images.front().width()) * images.front().height()));
    const auto rounded = [factor, multiple](int size) {
        return qRound64(size * factor / static_cast<double>(multiple)) * multiple;
    };
    return scaled(images, rounded(images.front().width()), rounded(images.front().height()),
                  context.text(QStringLiteral("upscale_method")), false);
}

// As ComfyUI: the corner is moved into the picture, the size is what is left from there.
Result<NodeResult> imageCrop(const NodeContext& context)
{
    Pictures result;
    for (const Picture& image : context.images(QStringLiteral("image"))) {
        const int x =
            static_cast<int>(std::min<qint64>(context.integer(QStringLiteral("x")), image.width() - 1));
        const int y =
            static_cast<int>(std::min<qint64>(context.integer(QStringLiteral("y")), image.height() - 1));
        const int width = static_cast<int>(
            std::min<qint64>(context.integer(QStringLiteral("width"), 1), image.width() - x));
        const int height = static_cast<int>(
            std::min<qint64>(context.integer(QStringLiteral("height"), 1), image.height() - y));
        result.push_back(cropped(image, x, y, width, height));
    }
    return pictures(std::move(result));
}

struct Padding {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    int feathering = 0;
};

// 1 outside the picture, 0 inside, rising quadratically towards those edges that were extended.
Picture outpaintMask(const Padding& pad, int width, int height)
{
    Picture mask(width + pad.left + pad.right, height + pad.top + pad.bottom, 1, 1);
    const bool feathers = pad.feathering > 0 && pad.feathering * 2 < width && pad.feathering * 2 < height;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            int distance = feathers ? pad.feathering : 0;
            distance = pad.left ? std::min(distance, x) : distance;
            distance = pad.top ? std::min(distance, y) : distance;
            distance = pad.right ? std::min(distance, width - x) : distance;
            distance = pad.bottom ? std::min(distance, height - y) : distance;
            const float missing = feathers
                ? static_cast<float>(pad.feathering - distance) / static_cast<float>(pad.feathering)
                : 0;
            *mask.pixel(pad.left + x, pad.top + y) = missing * missing;
        }
    }
    return mask;
}

Result<NodeResult> padForOutpaint(const NodeContext& context)
{
    const Pictures& images = context.images(QStringLiteral("image"));
    const Padding pad{static_cast<int>(context.integer(QStringLiteral("left"))),
                      static_cast<int>(context.integer(QStringLiteral("top"))),
                      static_cast<int>(context.integer(QStringLiteral("right"))),
                      static_cast<int>(context.integer(QStringLiteral("bottom"))),
                      static_cast<int>(context.integer(QStringLiteral("feathering")))};
    if (images.empty()) {
        return pictures(images);
    }
    const int width = images.front().width();
    const int height = images.front().height();
    if (isTooLarge(width + pad.left + pad.right, height + pad.top + pad.bottom, images)) {
        return tooLarge(width + pad.left + pad.right, height + pad.top + pad.bottom);
    }
    Pictures result;
    for (const Picture& image : images) {
        Picture padded(width + pad.left + pad.right, height + pad.top + pad.bottom, image.channels(), 0.5F);
        for (int y = 0; y < height; ++y) {
            std::copy_n(image.pixel(0, y), width * image.channels(), padded.pixel(pad.left, pad.top + y));
        }
        result.push_back(std::move(padded));
    }
    return NodeResult{{imagesValue(std::move(result)), masksValue({outpaintMask(pad, width, height)})},
                      std::nullopt};
}

} // namespace

void addScaleNodes(NodeLibrary& library)
{
    library.add(NodeInfo("ImageScale", "Upscale Image", "image/upscaling", "Scales a picture to a size.")
                    .input("image", "IMAGE", "The picture.")
                    .choice("upscale_method", pictureScaleMethods(), "How pixels between pixels are found.")
                    .integer("width", 512, 0, 16384, 1, "New width in pixels; 0 keeps the proportion.")
                    .integer("height", 512, 0, 16384, 1, "New height in pixels; 0 keeps the proportion.")
                    .choice("crop", cropModes, "Whether to cut to the new proportion or to stretch.")
                    .output("IMAGE")
                    .aliases({QStringLiteral("resize"), QStringLiteral("scale")}),
                imageScale);
    library.add(
        NodeInfo("ImageScaleBy", "Upscale Image By", "image/upscaling", "Scales a picture by a factor.")
            .input("image", "IMAGE", "The picture.")
            .choice("upscale_method", pictureScaleMethods(), "How pixels between pixels are found.")
            .number("scale_by", 1.0, 0.01, 8.0, 0.01, "The factor.")
            .output("IMAGE"),
        imageScaleBy);
    library.add(
        NodeInfo("ImageScaleToTotalPixels", "Scale Image to Total Pixels", "image/upscaling",
                 "Scales a picture to a number of megapixels, keeping its proportion.")
            .input("image", "IMAGE", "The picture.")
            .comboChoice("upscale_method", pictureScaleMethods(), "How pixels between pixels are found.")
            .number("megapixels", 1.0, 0.01, 16.0, 0.01, "The new size, in units of 1024 × 1024 pixels.")
            .integer("resolution_steps", 1, 1, 256, 0, "Width and height become multiples of this.")
            .output("IMAGE"),
        imageScaleToTotalPixels);
    library.add(NodeInfo("ImageCrop", "Image Crop", "image/transform", "Cuts a part out of a picture.")
                    .input("image", "IMAGE", "The picture.")
                    .integer("width", 512, 1, 16384, 1, "Width of the part.")
                    .integer("height", 512, 1, 16384, 1, "Height of the part.")
                    .integer("x", 0, 0, 16384, 1, "Its left edge.")
                    .integer("y", 0, 0, 16384, 1, "Its top edge.")
                    .output("IMAGE")
                    .aliases({QStringLiteral("trim")}),
                imageCrop);
    library.add(NodeInfo("ImagePadForOutpaint", "Pad Image for Outpainting", "image",
                         "Extends a picture by grey borders and makes the mask to paint them.")
                    .input("image", "IMAGE", "The picture.")
                    .integer("left", 0, 0, 16384, 8, "Pixels to add on the left.")
                    .integer("top", 0, 0, 16384, 8, "Pixels to add above.")
                    .integer("right", 0, 0, 16384, 8, "Pixels to add on the right.")
                    .integer("bottom", 0, 0, 16384, 8, "Pixels to add below.")
                    .integer("feathering", 40, 0, 16384, 1, "How far the mask fades into the picture.")
                    .output("IMAGE")
                    .output("MASK")
                    .aliases({QStringLiteral("extend canvas")}),
                padForOutpaint);
}

} // namespace gesso::demo
