// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/mock/pictures.h"

#include <QBuffer>
#include <QImage>

#include <random>

namespace gesso::bench {
namespace {

constexpr int kJpegQuality = 85;
constexpr int kGrain = 20;
constexpr int kRange = 255 - kGrain;

// A gradient with noise over it, so that files become as large as those of real pictures: a preview of 512²
// has some 54 kB.
QImage picture(int side)
{
    QImage image(side, side, QImage::Format_RGB32);
    std::minstd_rand noise; // the same each time
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int grain = int(noise() % kGrain);
            image.setPixel(x, y,
                           qRgb((x * kRange) / side + grain, (y * kRange) / side + grain,
                                ((x + y) * kRange) / (2 * side) + grain));
        }
    }
    return image;
}

std::string written(const QImage& image, const char* format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return bytes.toStdString();
}

void appendNumber(std::string& out, std::size_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += char((number >> shift) & 0xFF);
    }
}

} // namespace

std::string previewJpeg(int side)
{
    return written(picture(side), "JPEG", kJpegQuality);
}

std::string resultPng(int side)
{
    return written(picture(side), "PNG", -1);
}

std::string previewMessage(const std::string& jpeg, const std::string& promptId)
{
    constexpr std::size_t kOldPreview = 1;
    constexpr std::size_t kPreviewWithMetadata = 4;
    constexpr std::size_t kJpeg = 1;
    std::string message;
    if (promptId.empty()) {
        appendNumber(message, kOldPreview);
        appendNumber(message, kJpeg);
        return message + jpeg;
    }
    const std::string metadata = R"({"node_id": "3", "prompt_id": ")" + promptId
        + R"(", "display_node_id": "3", "parent_node_id": null, "real_node_id": "3", "image_type": "image/jpeg"})";
    appendNumber(message, kPreviewWithMetadata);
    appendNumber(message, metadata.size());
    return message + metadata + jpeg;
}

} // namespace gesso::bench
