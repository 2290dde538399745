// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"
#include "core/demo/resample.h"

namespace gesso::demo {

namespace {

Result<NodeResult> tooLarge(qint64 width, qint64 height, qint64 batch)
{
    return nodeFailure(
        QStringLiteral(
            "%1 × %2 pixels, %3 times, is more than the demo painter's memory limit; choose a smaller size")
            .arg(width)
            .arg(height)
            .arg(batch));
}

Result<NodeResult> emptyLatent(const NodeContext& context)
{
    const qint64 width = context.integer(QStringLiteral("width"), 512) / 8 * 8;
    const qint64 height = context.integer(QStringLiteral("height"), 512) / 8 * 8;
    const qint64 batch = context.integer(QStringLiteral("batch_size"), 1);
    if (width * height * batch > maxBatchPixels) {
        return tooLarge(width, height, batch);
    }
    return NodeResult{
        {latentValue({static_cast<int>(width), static_cast<int>(height), static_cast<int>(batch), {}, {}})},
        std::nullopt};
}

// Latents come in multiples of eight pixels; ComfyUI cuts evenly on both sides.
Picture toMultipleOfEight(const Picture& picture)
{
    const int width = std::max(picture.width() / 8 * 8, std::min(picture.width(), 8));
    const int height = std::max(picture.height() / 8 * 8, std::min(picture.height(), 8));
    return cropped(picture, (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
}

Picture withoutAlpha(const Picture& picture)
{
    if (picture.channels() == 3) {
        return picture;
    }
    Picture rgb(picture.width(), picture.height(), 3);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            std::copy_n(picture.pixel(x, y), 3, rgb.pixel(x, y));
        }
    }
    return rgb;
}

Latent encoded(const Pictures& pixels)
{
    Latent latent;
    for (const Picture& picture : pixels) {
        latent.pictures.push_back(withoutAlpha(toMultipleOfEight(picture)));
    }
    latent.batch = static_cast<int>(latent.pictures.size());
    latent.width = latent.pictures.front().width();
    latent.height = latent.pictures.front().height();
    return latent;
}

Pictures fitted(const Pictures& mask, int width, int height)
{
    Pictures result;
    for (const Picture& one : mask) {
        result.push_back(resample(one, width, height, QStringLiteral("bilinear")));
    }
    return result;
}

Result<NodeResult> vaeEncode(const NodeContext& context)
{
    const Pictures& pixels = context.images(QStringLiteral("pixels"));
    if (pixels.empty()) {
        return nodeFailure(QStringLiteral("There is no picture to encode"));
    }
    return NodeResult{{latentValue(encoded(pixels))}, std::nullopt};
}

// As ComfyUI does: what is under the mask is made grey, and the mask grows a little so that edges blend.
Result<NodeResult> vaeEncodeForInpaint(const NodeContext& context)
{
    const Pictures& pixels = context.images(QStringLiteral("pixels"));
    const Pictures& mask = context.masks(QStringLiteral("mask"));
    if (pixels.empty() || mask.empty()) {
        return nodeFailure(QStringLiteral("A picture and a mask are needed"));
    }
    Pictures fittedMask = fitted(mask, pixels.front().width(), pixels.front().height());
    Pictures greyed = pixels;
    for (std::size_t i = 0; i < greyed.size(); ++i) {
        const Picture& own = fittedMask[i % fittedMask.size()];
        for (int y = 0; y < greyed[i].height(); ++y) {
            for (int x = 0; x < greyed[i].width(); ++x) {
                if (*own.pixel(x, y) >= 0.5F) {
                    std::fill_n(greyed[i].pixel(x, y), greyed[i].channels(), 0.5F);
                }
            }
        }
    }
    Latent latent = encoded(greyed);
    const int grow = static_cast<int>(context.integer(QStringLiteral("grow_mask_by"), 6));
    for (const Picture& one : fittedMask) {
        latent.noiseMask.push_back(grownMask(toMultipleOfEight(one), grow / 2, false));
    }
    return NodeResult{{latentValue(std::move(latent))}, std::nullopt};
}

Result<NodeResult> setNoiseMask(const NodeContext& context)
{
    Latent latent = context.latent(QStringLiteral("samples"));
    latent.noiseMask = fitted(context.masks(QStringLiteral("mask")), latent.width, latent.height);
    return NodeResult{{latentValue(std::move(latent))}, std::nullopt};
}

Result<NodeResult> vaeDecode(const NodeContext& context)
{
    const Latent& latent = context.latent(QStringLiteral("samples"));
    if (latent.pictures.empty()) { // never sampled: what a decoder makes of zeros is an even grey-brown
        return pictures(
            Pictures(static_cast<std::size_t>(latent.batch), Picture(latent.width, latent.height, 3, 0.47F)));
    }
    return pictures(latent.pictures);
}

Result<NodeResult> scaled(const NodeContext& context, qint64 width, qint64 height, bool crops)
{
    Latent latent = context.latent(QStringLiteral("samples"));
    width = std::max<qint64>(width / 8 * 8, 8);
    height = std::max<qint64>(height / 8 * 8, 8);
    if (width * height * latent.batch > maxBatchPixels) {
        return tooLarge(width, height, latent.batch);
    }
    const QString method = context.text(QStringLiteral("upscale_method"));
    for (Pictures* list : {&latent.pictures, &latent.noiseMask}) {
        for (Picture& picture : *list) {
            const Picture part = crops
                ? cropToProportion(picture, static_cast<int>(width), static_cast<int>(height))
                : picture;
            picture = resample(part, static_cast<int>(width), static_cast<int>(height), method);
        }
    }
    latent.width = static_cast<int>(width);
    latent.height = static_cast<int>(height);
    return NodeResult{{latentValue(std::move(latent))}, std::nullopt};
}

Result<NodeResult> latentUpscale(const NodeContext& context)
{
    const Latent& latent = context.latent(QStringLiteral("samples"));
    qint64 width = context.integer(QStringLiteral("width"));
    qint64 height = context.integer(QStringLiteral("height"));
    if (width == 0 && height == 0) {
        return NodeResult{{latentValue(latent)}, std::nullopt};
    }
    // 0 keeps the proportion, as in ComfyUI.
    width = width == 0
        ? qRound64(static_cast<double>(latent.width) * static_cast<double>(height) / latent.height)
        : width;
    height = height == 0
        ? qRound64(static_cast<double>(latent.height) * static_cast<double>(width) / latent.width)
        : height;
    return scaled(context, width, height, context.text(QStringLiteral("crop")) == u"center");
}

Result<NodeResult> latentUpscaleBy(const NodeContext& context)
{
    const Latent& latent = context.latent(QStringLiteral("samples"));
    const double factor = context.number(QStringLiteral("scale_by"), 1.5);
    return scaled(context, qRound64(latent.width * factor), qRound64(latent.height * factor), false);
}

} // namespace

void addLatentNodes(NodeLibrary& library)
{
    library.add(
        NodeInfo("EmptyLatentImage", "Empty Latent Image", "latent", "A blank canvas for the sampler.")
            .integer("width", 512, 16, 16384, 8, "Width in pixels.")
            .integer("height", 512, 16, 16384, 8, "Height in pixels.")
            .integer("batch_size", 1, 1, 4096, 0, "How many pictures at once.")
            .output("LATENT", "The blank canvas.")
            .aliases({QStringLiteral("empty"), QStringLiteral("blank")}),
        emptyLatent);
    library.add(
        NodeInfo("VAEEncode", "VAE Encode", "latent", "Makes a canvas of a picture, to be painted over.")
            .input("pixels", "IMAGE", "The picture.")
            .input("vae", "VAE", "From the checkpoint.")
            .output("LATENT", "The canvas."),
        vaeEncode);
    library.add(NodeInfo("VAEEncodeForInpaint", "VAE Encode (for Inpainting)", "latent/inpaint",
                         "Makes a canvas of a picture, of which only the masked part is painted anew.")
                    .input("pixels", "IMAGE", "The picture.")
                    .input("vae", "VAE", "From the checkpoint.")
                    .input("mask", "MASK", "White where it is to be painted.")
                    .integer("grow_mask_by", 6, 0, 64, 1, "Widens the mask by so many pixels.")
                    .output("LATENT", "The canvas with its mask."),
                vaeEncodeForInpaint);
    library.add(NodeInfo("SetLatentNoiseMask", "Set Latent Noise Mask", "latent/inpaint",
                         "Restricts painting to the white part of a mask.")
                    .input("samples", "LATENT", "The canvas.")
                    .input("mask", "MASK", "White where it is to be painted.")
                    .output("LATENT", "The canvas with its mask."),
                setNoiseMask);
    library.add(NodeInfo("VAEDecode", "VAE Decode", "latent", "Turns the painted canvas into a picture.")
                    .input("samples", "LATENT", "The canvas.")
                    .input("vae", "VAE", "From the checkpoint.")
                    .output("IMAGE", "The picture."),
                vaeDecode);
    library.add(NodeInfo("LatentUpscale", "Upscale Latent", "latent", "Scales a canvas to a size.")
                    .input("samples", "LATENT", "The canvas.")
                    .choice("upscale_method", latentScaleMethods(), "How pixels between pixels are found.")
                    .integer("width", 512, 0, 16384, 8, "New width in pixels; 0 keeps the proportion.")
                    .integer("height", 512, 0, 16384, 8, "New height in pixels; 0 keeps the proportion.")
                    .choice("crop", {QStringLiteral("disabled"), QStringLiteral("center")},
                            "Whether to cut to the new proportion or to stretch.")
                    .output("LATENT", "The scaled canvas."),
                latentUpscale);
    library.add(NodeInfo("LatentUpscaleBy", "Upscale Latent By", "latent", "Scales a canvas by a factor.")
                    .input("samples", "LATENT", "The canvas.")
                    .choice("upscale_method", latentScaleMethods(), "How pixels between pixels are found.")
                    .number("scale_by", 1.5, 0.01, 8.0, 0.01, "The factor.")
                    .output("LATENT", "The scaled canvas."),
                latentUpscaleBy);
}

} // namespace gesso::demo
