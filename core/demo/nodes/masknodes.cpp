// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"

namespace gesso::demo {

namespace {

// One pixel wider (or narrower): the extreme of the neighbours, diagonal ones too unless corners are tapered.
Picture grownByOne(const Picture& mask, bool shrinks, bool tapersCorners)
{
    Picture result = mask;
    const int size[] = {mask.width(), mask.height()};
    for (int y = 0; y < size[1]; ++y) {
        for (int x = 0; x < size[0]; ++x) {
            float extreme = *mask.pixel(x, y);
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    if ((tapersCorners && dx != 0 && dy != 0) || x + dx < 0 || y + dy < 0 || x + dx >= size[0]
                        || y + dy >= size[1]) {
                        continue;
                    }
                    const float value = *mask.pixel(x + dx, y + dy);
                    extreme = shrinks ? std::min(extreme, value) : std::max(extreme, value);
                }
            }
            *result.pixel(x, y) = extreme;
        }
    }
    return result;
}

Result<NodeResult> maskToImage(const NodeContext& context)
{
    Pictures result;
    for (const Picture& mask : context.masks(QStringLiteral("mask"))) {
        Picture image(mask.width(), mask.height(), 3);
        for (std::size_t i = 0; i < mask.data().size(); ++i) {
            std::fill_n(image.data().begin() + static_cast<std::ptrdiff_t>(i * 3), 3, mask.data()[i]);
        }
        result.push_back(std::move(image));
    }
    return pictures(std::move(result));
}

Result<NodeResult> imageToMask(const NodeContext& context)
{
    const QString channel = context.text(QStringLiteral("channel"));
    const int index = channel == u"red" ? 0 : channel == u"green" ? 1 : channel == u"blue" ? 2 : 3;
    Pictures result;
    for (const Picture& image : context.images(QStringLiteral("image"))) {
        if (index >= image.channels()) {
            return nodeFailure(QStringLiteral("The picture has no alpha channel"));
        }
        Picture mask(image.width(), image.height(), 1);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                *mask.pixel(x, y) = image.pixel(x, y)[index];
            }
        }
        result.push_back(std::move(mask));
    }
    return masks(std::move(result));
}

Result<NodeResult> invertMask(const NodeContext& context)
{
    Pictures result = context.masks(QStringLiteral("mask"));
    for (Picture& mask : result) {
        for (float& value : mask.data()) {
            value = 1.0F - value;
        }
    }
    return masks(std::move(result));
}

Result<NodeResult> growMask(const NodeContext& context)
{
    Pictures result;
    for (const Picture& mask : context.masks(QStringLiteral("mask"))) {
        result.push_back(grownMask(mask, static_cast<int>(context.integer(QStringLiteral("expand"))),
                                   context.flag(QStringLiteral("tapered_corners"))));
        if (context.isInterrupted()) {
            return interrupted();
        }
    }
    return masks(std::move(result));
}

Result<NodeResult> solidMask(const NodeContext& context)
{
    const qint64 width = context.integer(QStringLiteral("width"), 512);
    const qint64 height = context.integer(QStringLiteral("height"), 512);
    if (width * height > maxBatchPixels) {
        return nodeFailure(
            QStringLiteral(
                "%1 × %2 pixels is more than the demo server's memory limit; choose a smaller size")
                .arg(width)
                .arg(height));
    }
    return masks({Picture(static_cast<int>(width), static_cast<int>(height), 1,
                          static_cast<float>(context.number(QStringLiteral("value"), 1)))});
}

} // namespace

Picture grownMask(const Picture& mask, int pixels, bool tapersCorners)
{
    Picture result = mask;
    for (int i = 0; i < std::abs(pixels); ++i) {
        Picture next = grownByOne(result, pixels < 0, tapersCorners);
        if (next == result) {
            break;
        }
        result = std::move(next);
    }
    return result;
}

void addMaskNodes(NodeLibrary& library)
{
    const QStringList channels{QStringLiteral("red"), QStringLiteral("green"), QStringLiteral("blue"),
                               QStringLiteral("alpha")};
    library.add(NodeInfo("MaskToImage", "Convert Mask to Image", "mask", "Shows a mask as a grey picture.")
                    .input("mask", "MASK", "The mask.")
                    .output("IMAGE"),
                maskToImage);
    library.add(
        NodeInfo("ImageToMask", "Convert Image to Mask", "mask", "Takes one channel of a picture as a mask.")
            .input("image", "IMAGE", "The picture.")
            .comboChoice("channel", channels, "Which channel.")
            .output("MASK"),
        imageToMask);
    library.add(NodeInfo("InvertMask", "Invert Mask", "mask", "Swaps the inside and the outside of a mask.")
                    .input("mask", "MASK", "The mask.")
                    .output("MASK"),
                invertMask);
    library.add(
        NodeInfo("GrowMask", "Grow Mask", "mask", "Widens a mask, or narrows it by a negative number.")
            .input("mask", "MASK", "The mask.")
            .integer("expand", 0, -16384, 16384, 1, "By how many pixels.")
            .input("tapered_corners", "BOOLEAN", "Whether corners become round.", Json{{"default", true}})
            .output("MASK"),
        growMask);
    library.add(NodeInfo("SolidMask", "Solid Mask", "mask", "A mask of one value.")
                    .number("value", 1.0, 0.0, 1.0, 0.01, "The value: 0 is nothing, 1 is all.")
                    .integer("width", 512, 1, 16384, 1, "Width in pixels.")
                    .integer("height", 512, 1, 16384, 1, "Height in pixels.")
                    .output("MASK"),
                solidMask);
}

} // namespace gesso::demo
