// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"
#include "core/demo/resample.h"

namespace gesso::demo {

namespace {

Picture withChannels(const Picture& picture, int channels)
{
    if (picture.channels() == channels) {
        return picture;
    }
    Picture result(picture.width(), picture.height(), channels, 1);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            std::copy_n(picture.pixel(x, y), std::min(channels, picture.channels()), result.pixel(x, y));
        }
    }
    return result;
}

Result<NodeResult> compositeMasked(const NodeContext& context)
{
    Pictures result = context.images(QStringLiteral("destination"));
    const Pictures& sources = context.images(QStringLiteral("source"));
    const Pictures& maskList = context.masks(QStringLiteral("mask"));
    if (result.empty() || sources.empty()) {
        return nodeFailure(QStringLiteral("A destination and a source are needed"));
    }
    const int left = static_cast<int>(context.integer(QStringLiteral("x")));
    const int top = static_cast<int>(context.integer(QStringLiteral("y")));
    for (std::size_t i = 0; i < result.size(); ++i) {
        Picture& target = result[i];
        Picture source = withChannels(sources[i % sources.size()], target.channels());
        if (context.flag(QStringLiteral("resize_source"))) {
            source = resample(source, target.width(), target.height(), QStringLiteral("bilinear"));
        }
        const Picture mask = maskList.empty() ? Picture(source.width(), source.height(), 1, 1)
                                              : resample(maskList[i % maskList.size()], source.width(),
                                                         source.height(), QStringLiteral("bilinear"));
        for (int y = 0; y < source.height() && top + y < target.height(); ++y) {
            for (int x = 0; x < source.width() && left + x < target.width(); ++x) {
                float* out = target.pixel(left + x, top + y);
                const float amount = *mask.pixel(x, y);
                for (int c = 0; c < target.channels(); ++c) {
                    out[c] = out[c] * (1 - amount) + source.pixel(x, y)[c] * amount;
                }
            }
        }
    }
    return pictures(std::move(result));
}

Result<NodeResult> batch(const NodeContext& context)
{
    Pictures result = context.images(QStringLiteral("image1"));
    const Pictures& second = context.images(QStringLiteral("image2"));
    if (result.empty() || second.empty()) {
        return nodeFailure(QStringLiteral("Two pictures are needed"));
    }
    const int width = result.front().width();
    const int height = result.front().height();
    const int channels = std::max(result.front().channels(), second.front().channels());
    if (static_cast<qint64>(width) * height * static_cast<qint64>(result.size() + second.size())
        > maxBatchPixels) {
        return nodeFailure(QStringLiteral("The batch is more than the demo server's memory limit"));
    }
    for (Picture& picture : result) {
        picture = withChannels(picture, channels);
    }
    for (const Picture& picture : second) {
        const bool fits = picture.width() == width && picture.height() == height;
        result.push_back(withChannels(fits ? picture
                                           : resample(cropToProportion(picture, width, height), width, height,
                                                      QStringLiteral("bilinear")),
                                      channels));
    }
    return pictures(std::move(result));
}

Result<NodeResult> joinAlpha(const NodeContext& context)
{
    const Pictures& alphas = context.masks(QStringLiteral("alpha"));
    Pictures result;
    for (const Picture& image : context.images(QStringLiteral("image"))) {
        Picture joined = withChannels(image, 4);
        if (!alphas.empty()) {
            const Picture alpha = resample(alphas[result.size() % alphas.size()], image.width(),
                                           image.height(), QStringLiteral("bilinear"));
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    joined.pixel(x, y)[3] = 1.0F - *alpha.pixel(x, y);
                }
            }
        }
        result.push_back(std::move(joined));
    }
    return pictures(std::move(result));
}

} // namespace

void addCompositeNodes(NodeLibrary& library)
{
    library.add(NodeInfo("ImageCompositeMasked", "Composite Images with Mask", "image",
                         "Pastes one picture into another, where a mask allows.")
                    .input("destination", "IMAGE", "The picture below.")
                    .input("source", "IMAGE", "The picture to paste.")
                    .integer("x", 0, 0, 16384, 1, "Where its left edge goes.")
                    .integer("y", 0, 0, 16384, 1, "Where its top edge goes.")
                    .input("resize_source", "BOOLEAN", "Whether to stretch it to the picture below first.",
                           Json{{"default", false}})
                    .optionalInput("mask", "MASK", "White where it is pasted; everywhere without one.")
                    .output("IMAGE")
                    .aliases({QStringLiteral("paste image"), QStringLiteral("overlay")}),
                compositeMasked);
    library.add(NodeInfo("ImageBatch", "Batch Images", "image",
                         "Puts pictures into one batch; the second is fitted to the first.")
                    .input("image1", "IMAGE", "The first pictures.")
                    .input("image2", "IMAGE", "The further pictures.")
                    .output("IMAGE"),
                batch);
    library.add(NodeInfo("JoinImageWithAlpha", "Join Image with Alpha", "mask/compositing",
                         "Makes a picture transparent where a mask is white.")
                    .input("image", "IMAGE", "The picture.")
                    .input("alpha", "MASK", "White where it becomes transparent.")
                    .output("IMAGE"),
                joinAlpha);
}

} // namespace gesso::demo
