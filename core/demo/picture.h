// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <vector>

namespace gesso::demo {

// One picture or mask: rows of width × channels floats, 0 … 1 (values outside are possible between nodes and
// are clamped when written), sRGB as ComfyUI's IMAGE. 1 channel: a mask; 3: RGB; 4: RGBA, not premultiplied.
class Picture
{
public:
    Picture() = default;
    Picture(int width, int height, int channels, float value = 0);

    static Picture
    fromImage(const QImage& image); // RGB; the alpha channel is dropped as ComfyUI's LoadImage does
    static Picture alphaOf(const QImage& image); // 1 channel; 1 where opaque
    QImage toImage() const; // 8 bit, RGBA8888 for 4 channels, else RGB888

    int width() const { return m_width; }
    int height() const { return m_height; }
    int channels() const { return m_channels; }
    bool isEmpty() const { return m_data.empty(); }

    float* pixel(int x, int y) { return m_data.data() + offset(x, y); }
    const float* pixel(int x, int y) const { return m_data.data() + offset(x, y); }
    std::vector<float>& data() { return m_data; }
    const std::vector<float>& data() const { return m_data; }

    bool operator==(const Picture&) const = default;

private:
    std::size_t offset(int x, int y) const
    {
        return (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x))
            * static_cast<std::size_t>(m_channels);
    }

    int m_width = 0;
    int m_height = 0;
    int m_channels = 0;
    std::vector<float> m_data;
};

// A batch: all of one size.
using Pictures = std::vector<Picture>;

// The largest sum of pixels a node may make: keeps a mistyped size from eating the machine.
inline constexpr qint64 maxBatchPixels = 32LL * 1024 * 1024;

} // namespace gesso::demo
