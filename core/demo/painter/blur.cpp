// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/blur.h"

#include <algorithm>
#include <cmath>

namespace gesso::demo {

namespace {

// One line of `count` samples, `stride` apart; borders repeat.
void boxLine(const float* in, float* out, int count, int stride, int radius)
{
    const float scale = 1.0F / static_cast<float>(2 * radius + 1);
    float sum = in[0] * static_cast<float>(radius);
    for (int i = 0; i <= radius; ++i) {
        sum += in[std::min(i, count - 1) * stride];
    }
    for (int i = 0; i < count; ++i) {
        out[i * stride] = sum * scale;
        sum += in[std::min(i + radius + 1, count - 1) * stride] - in[std::max(i - radius, 0) * stride];
    }
}

} // namespace

void blur(Picture& picture, double sigma)
{
    const int radius = static_cast<int>(std::lround((std::sqrt(4 * sigma * sigma + 1) - 1) / 2));
    if (radius < 1) {
        return;
    }
    std::vector<float> other(picture.data().size());
    const int channels = picture.channels();
    const int rowStride = picture.width() * channels;
    for (int pass = 0; pass < 3; ++pass) {
        for (int y = 0; y < picture.height(); ++y) {
            for (int c = 0; c < channels; ++c) {
                const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(y) * rowStride + c;
                boxLine(picture.data().data() + start, other.data() + start, picture.width(), channels,
                        radius);
            }
        }
        for (int x = 0; x < rowStride; ++x) {
            boxLine(other.data() + x, picture.data().data() + x, picture.height(), rowStride, radius);
        }
    }
}

} // namespace gesso::demo
