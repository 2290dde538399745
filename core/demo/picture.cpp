// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/picture.h"

#include <algorithm>

namespace gesso::demo {

Picture::Picture(int width, int height, int channels, float value)
    : m_width(width)
    , m_height(height)
    , m_channels(channels)
    , m_data(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)
                 * static_cast<std::size_t>(channels),
             value)
{
}

Picture Picture::fromImage(const QImage& image)
{
    const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
    Picture picture(rgba.width(), rgba.height(), 3);
    for (int y = 0; y < rgba.height(); ++y) {
        const uchar* in = rgba.constScanLine(y);
        float* out = picture.pixel(0, y);
        for (int x = 0; x < rgba.width(); ++x, in += 4, out += 3) {
            for (int c = 0; c < 3; ++c) {
                out[c] = static_cast<float>(in[c]) / 255.0F;
            }
        }
    }
    return picture;
}

Picture Picture::alphaOf(const QImage& image)
{
    const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
    Picture alpha(rgba.width(), rgba.height(), 1);
    for (int y = 0; y < rgba.height(); ++y) {
        const uchar* in = rgba.constScanLine(y);
        float* out = alpha.pixel(0, y);
        for (int x = 0; x < rgba.width(); ++x, in += 4) {
            out[x] = static_cast<float>(in[3]) / 255.0F;
        }
    }
    return alpha;
}

QImage Picture::toImage() const
{
    const int outChannels = m_channels == 4 ? 4 : 3;
    QImage image(m_width, m_height, m_channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    for (int y = 0; y < m_height; ++y) {
        const float* in = pixel(0, y);
        uchar* out = image.scanLine(y);
        for (int x = 0; x < m_width; ++x, in += m_channels, out += outChannels) {
            for (int c = 0; c < outChannels; ++c) {
                const float value = in[m_channels == 1 ? 0 : c];
                // As ComfyUI writes pictures: scaled, clamped, truncated.
                out[c] = static_cast<uchar>(std::clamp(value * 255.0F, 0.0F, 255.0F));
            }
        }
    }
    return image;
}

} // namespace gesso::demo
