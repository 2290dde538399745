// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/resample.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesso::demo {

namespace {

// What one result pixel takes from a row or column.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

double cubic(double x)
{
    constexpr double a = -0.75; // PyTorch's
    x = std::abs(x);
    if (x <= 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a : 0;
}

double lanczos(double x)
{
    constexpr double size = 3;
    if (std::abs(x) < 1e-9) {
        return 1;
    }
    if (std::abs(x) >= size) {
        return 0;
    }
    const double px = std::numbers::pi * x;
    return size * std::sin(px) * std::sin(px / size) / (px * px);
}

// A kernel centred on `centre`, clamped at the borders so that border pixels repeat.
template <typename Kernel>
Taps kernelTaps(double centre, double radius, double stretch, int size, Kernel kernel)
{
    const int from = static_cast<int>(std::floor(centre - radius * stretch)) + 1;
    const int to = static_cast<int>(std::ceil(centre + radius * stretch)) - 1;
    const int first = std::clamp(from, 0, size - 1);
    const int last = std::clamp(to, first, size - 1);
    Taps taps{first, std::vector<float>(static_cast<std::size_t>(last - first + 1), 0.0F)};
    double sum = 0;
    for (int i = from; i <= to; ++i) {
        const double weight = kernel((i - centre) / stretch);
        taps.weights[static_cast<std::size_t>(std::clamp(i, first, last) - first)] +=
            static_cast<float>(weight);
        sum += weight;
    }
    for (float& weight : taps.weights) {
        weight = sum == 0 ? 1.0F / static_cast<float>(taps.weights.size()) : weight / static_cast<float>(sum);
    }
    return taps;
}

Taps areaTaps(int index, int size, int newSize)
{
    const int first = static_cast<int>(static_cast<qint64>(index) * size / newSize);
    const int last = static_cast<int>((static_cast<qint64>(index + 1) * size + newSize - 1) / newSize);
    const auto count = static_cast<std::size_t>(std::max(last - first, 1));
    return {first, std::vector<float>(count, 1.0F / static_cast<float>(count))};
}

std::vector<Taps> tapsFor(int size, int newSize, const QString& method)
{
    const double scale = static_cast<double>(size) / newSize;
    std::vector<Taps> all;
    all.reserve(static_cast<std::size_t>(newSize));
    for (int i = 0; i < newSize; ++i) {
        const double centre = (i + 0.5) * scale - 0.5;
        if (method == u"nearest-exact") {
            all.push_back({std::clamp(static_cast<int>(std::floor((i + 0.5) * scale)), 0, size - 1), {1.0F}});
        } else if (method == u"area") {
            all.push_back(areaTaps(i, size, newSize));
        } else if (method == u"bicubic") {
            all.push_back(kernelTaps(centre, 2, 1, size, cubic));
        } else if (method == u"lanczos") {
            all.push_back(kernelTaps(centre, 3, std::max(scale, 1.0), size, lanczos));
        } else {
            all.push_back(kernelTaps(std::clamp(centre, 0.0, size - 1.0), 1, 1, size,
                                     [](double x) { return std::max(1 - std::abs(x), 0.0); }));
        }
    }
    return all;
}

} // namespace

QStringList pictureScaleMethods()
{
    return {QStringLiteral("nearest-exact"), QStringLiteral("bilinear"), QStringLiteral("area"),
            QStringLiteral("bicubic"), QStringLiteral("lanczos")};
}

QStringList latentScaleMethods()
{
    return {QStringLiteral("nearest-exact"), QStringLiteral("bilinear"), QStringLiteral("area"),
            QStringLiteral("bicubic"), QStringLiteral("bislerp")};
}

Picture resample(const Picture& picture, int width, int height, const QString& method)
{
    if (picture.width() == width && picture.height() == height) {
        return picture;
    }
    const int channels = picture.channels();
    const std::vector<Taps> columns = tapsFor(picture.width(), width, method);
    Picture wide(width, picture.height(), channels);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < width; ++x) {
            const Taps& taps = columns[static_cast<std::size_t>(x)];
            float* out = wide.pixel(x, y);
            const float* in = picture.pixel(taps.first, y);
            for (const float weight : taps.weights) {
                for (int c = 0; c < channels; ++c) {
                    out[c] += weight * in[c];
                }
                in += channels;
            }
        }
    }
    const std::vector<Taps> rows = tapsFor(picture.height(), height, method);
    Picture result(width, height, channels);
    const int stride = width * channels;
    for (int y = 0; y < height; ++y) {
        const Taps& taps = rows[static_cast<std::size_t>(y)];
        float* out = result.pixel(0, y);
        for (std::size_t tap = 0; tap < taps.weights.size(); ++tap) {
            const float* in = wide.pixel(0, taps.first + static_cast<int>(tap));
            const float weight = taps.weights[tap];
            for (int i = 0; i < stride; ++i) {
                out[i] += weight * in[i];
            }
        }
    }
    return result;
}

Picture cropped(const Picture& picture, int x, int y, int width, int height)
{
    Picture part(width, height, picture.channels());
    for (int row = 0; row < height; ++row) {
        std::copy_n(picture.pixel(x, y + row), width * picture.channels(), part.pixel(0, row));
    }
    return part;
}

Picture cropToProportion(const Picture& picture, int width, int height)
{
    const double oldAspect = static_cast<double>(picture.width()) / picture.height();
    const double newAspect = static_cast<double>(width) / height;
    int x = 0;
    int y = 0;
    if (oldAspect > newAspect) {
        x = static_cast<int>(std::lround((picture.width() - picture.width() * (newAspect / oldAspect)) / 2));
    } else if (oldAspect < newAspect) {
        y = static_cast<int>(
            std::lround((picture.height() - picture.height() * (oldAspect / newAspect)) / 2));
    }
    return cropped(picture, x, y, std::max(picture.width() - 2 * x, 1),
                   std::max(picture.height() - 2 * y, 1));
}

} // namespace gesso::demo
