// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"
#include "core/demo/resample.h"

#include <cmath>

namespace gesso::demo {

namespace {

Result<NodeResult> emptyImage(const NodeContext& context)
{
    const qint64 width = context.integer(QStringLiteral("width"), 512);
    const qint64 height = context.integer(QStringLiteral("height"), 512);
    const qint64 batch = context.integer(QStringLiteral("batch_size"), 1);
    if (width * height * batch > maxBatchPixels) {
        return nodeFailure(QStringLiteral("%1 × %2 pixels, %3 times, is more than the demo server's memory "
                                          "limit; choose a smaller size")
                               .arg(width)
                               .arg(height)
                               .arg(batch));
    }
    const qint64 colour = context.integer(QStringLiteral("color"));
    Picture picture(static_cast<int>(width), static_cast<int>(height), 3);
    for (std::size_t i = 0; i < picture.data().size(); ++i) {
        const qint64 shift = 16 - 8 * static_cast<qint64>(i % 3);
        picture.data()[i] = static_cast<float>((colour >> shift) & 0xFF) / 255.0F;
    }
    return pictures(Pictures(static_cast<std::size_t>(batch), picture));
}

Result<NodeResult> invert(const NodeContext& context)
{
    Pictures result = context.images(QStringLiteral("image"));
    for (Picture& picture : result) {
        for (float& value : picture.data()) {
            value = 1.0F - value;
        }
    }
    return pictures(std::move(result));
}

float softLight(float a, float b)
{
    const float g = a <= 0.25F ? ((16 * a - 12) * a + 4) * a : std::sqrt(a);
    return b <= 0.5F ? a - (1 - 2 * b) * a * (1 - a) : a + (2 * b - 1) * (g - a);
}

float blended(float a, float b, const QString& mode)
{
    if (mode == u"multiply") {
        return a * b;
    }
    if (mode == u"screen") {
        return 1 - (1 - a) * (1 - b);
    }
    if (mode == u"overlay") {
        return a <= 0.5F ? 2 * a * b : 1 - 2 * (1 - a) * (1 - b);
    }
    if (mode == u"soft_light") {
        return softLight(a, b);
    }
    return mode == u"difference" ? a - b : b;
}

// The second picture is fitted to the first one's size.
Result<NodeResult> blend(const NodeContext& context)
{
    Pictures result = context.images(QStringLiteral("image1"));
    const Pictures& others = context.images(QStringLiteral("image2"));
    const auto amount = static_cast<float>(context.number(QStringLiteral("blend_factor"), 0.5));
    const QString mode = context.text(QStringLiteral("blend_mode"));
    if (others.empty()) {
        return nodeFailure(QStringLiteral("There is no second picture"));
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        Picture& picture = result[i];
        const Picture& given = others[i % others.size()];
        const bool fits = given.width() == picture.width() && given.height() == picture.height();
        const Picture other = fits ? given
                                   : resample(cropToProportion(given, picture.width(), picture.height()),
                                              picture.width(), picture.height(), QStringLiteral("bicubic"));
        const int channels = std::min(picture.channels(), other.channels());
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                float* a = picture.pixel(x, y);
                const float* b = other.pixel(x, y);
                for (int c = 0; c < channels; ++c) {
                    a[c] = std::clamp(a[c] * (1 - amount) + blended(a[c], b[c], mode) * amount, 0.0F, 1.0F);
                }
            }
        }
    }
    return pictures(std::move(result));
}

std::vector<float> gaussianKernel(int radius, double sigma)
{
    std::vector<float> kernel;
    double sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        // ComfyUI's kernel always spans −1 … 1, whatever the radius.
        const double x = static_cast<double>(i) / radius;
        const double weight = std::exp(-x * x / (2 * sigma * sigma));
        kernel.push_back(static_cast<float>(weight));
        sum += weight;
    }
    for (float& weight : kernel) {
        weight /= static_cast<float>(sum);
    }
    return kernel;
}

int reflected(int i, int size)
{
    while (size > 1 && (i < 0 || i >= size)) {
        i = i < 0 ? -i : 2 * (size - 1) - i;
    }
    return size > 1 ? i : 0;
}

// Separable, mirrored at the borders.
Picture gaussianBlurred(const Picture& picture, int radius, double sigma)
{
    const std::vector<float> kernel = gaussianKernel(radius, sigma);
    const int channels = picture.channels();
    Picture wide(picture.width(), picture.height(), channels);
    Picture result(picture.width(), picture.height(), channels);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            for (int k = -radius; k <= radius; ++k) {
                const float* in = picture.pixel(reflected(x + k, picture.width()), y);
                for (int c = 0; c < channels; ++c) {
                    wide.pixel(x, y)[c] += kernel[static_cast<std::size_t>(k + radius)] * in[c];
                }
            }
        }
    }
    for (int y = 0; y < picture.height(); ++y) {
        for (int k = -radius; k <= radius; ++k) {
            const float weight = kernel[static_cast<std::size_t>(k + radius)];
            const float* in = wide.pixel(0, reflected(y + k, picture.height()));
            float* out = result.pixel(0, y);
            for (int i = 0; i < picture.width() * channels; ++i) {
                out[i] += weight * in[i];
            }
        }
    }
    return result;
}

Result<NodeResult> blurImage(const NodeContext& context)
{
    Pictures result;
    for (const Picture& picture : context.images(QStringLiteral("image"))) {
        result.push_back(gaussianBlurred(picture,
                                         static_cast<int>(context.integer(QStringLiteral("blur_radius"), 1)),
                                         context.number(QStringLiteral("sigma"), 1)));
        if (context.isInterrupted()) {
            return interrupted();
        }
    }
    return pictures(std::move(result));
}

// Unsharp masking, clamped.
Result<NodeResult> sharpen(const NodeContext& context)
{
    const auto amount =
        static_cast<float>(context.number(QStringLiteral("alpha"), 1)) * 10; // ComfyUI's scale
    Pictures result;
    for (const Picture& picture : context.images(QStringLiteral("image"))) {
        Picture sharp =
            gaussianBlurred(picture, static_cast<int>(context.integer(QStringLiteral("sharpen_radius"), 1)),
                            context.number(QStringLiteral("sigma"), 1));
        for (std::size_t i = 0; i < sharp.data().size(); ++i) {
            const float value = picture.data()[i];
            sharp.data()[i] = std::clamp(value + amount * (value - sharp.data()[i]), 0.0F, 1.0F);
        }
        result.push_back(std::move(sharp));
        if (context.isInterrupted()) {
            return interrupted();
        }
    }
    return pictures(std::move(result));
}

} // namespace

void addFilterNodes(NodeLibrary& library)
{
    const QStringList modes{QStringLiteral("normal"),     QStringLiteral("multiply"),
                            QStringLiteral("screen"),     QStringLiteral("overlay"),
                            QStringLiteral("soft_light"), QStringLiteral("difference")};
    library.add(NodeInfo("EmptyImage", "Empty Image", "image", "A picture of one colour.")
                    .integer("width", 512, 1, 16384, 1, "Width in pixels.")
                    .integer("height", 512, 1, 16384, 1, "Height in pixels.")
                    .integer("batch_size", 1, 1, 4096, 0, "How many of it.")
                    .integer("color", 0, 0, 0xFFFFFF, 1,
                             "The colour, as one number: red × 65536 + green × 256 + blue.",
                             Json{{"display", "color"}})
                    .output("IMAGE"),
                emptyImage);
    library.add(NodeInfo("ImageInvert", "Invert Image", "image", "Turns a picture into its negative.")
                    .input("image", "IMAGE", "The picture.")
                    .output("IMAGE"),
                invert);
    library.add(
        NodeInfo("ImageBlend", "Blend Images", "image/postprocessing", "Lays one picture over another.")
            .input("image1", "IMAGE", "The lower picture.")
            .input("image2", "IMAGE", "The upper picture; it is fitted to the lower.")
            .number("blend_factor", 0.5, 0.0, 1.0, 0.01, "How much of the upper one.")
            .comboChoice("blend_mode", modes, "How the two are reckoned together.")
            .output("IMAGE"),
        blend);
    library.add(NodeInfo("ImageBlur", "Blur Image", "image/postprocessing", "Softens a picture.")
                    .input("image", "IMAGE", "The picture.")
                    .integer("blur_radius", 1, 1, 31, 1, "How many pixels around are looked at.")
                    .number("sigma", 1.0, 0.1, 10.0, 0.1, "How evenly they count.")
                    .output("IMAGE"),
                blurImage);
    library.add(NodeInfo("ImageSharpen", "Sharpen Image", "image/postprocessing",
                         "Brings out the edges of a picture.")
                    .input("image", "IMAGE", "The picture.")
                    .integer("sharpen_radius", 1, 1, 31, 1, "How many pixels around are looked at.")
                    .number("sigma", 1.0, 0.1, 10.0, 0.01, "How evenly they count.")
                    .number("alpha", 1.0, 0.0, 5.0, 0.01, "How strong.")
                    .output("IMAGE"),
                sharpen);
}

} // namespace gesso::demo
