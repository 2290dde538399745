// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/painter.h"

#include "core/demo/painter/blur.h"
#include "core/demo/painter/noise.h"
#include "core/demo/painter/scene.h"
#include "core/demo/resample.h"

#include <algorithm>
#include <cmath>

namespace gesso::demo {

namespace {

constexpr int latentCell = 8; // noise comes in blocks of this many pixels, as a real latent's does

float mixed(float a, float b, float t)
{
    return a + (b - a) * t;
}

// Noise as decoders show it: coloured blotches around grey.
Picture colouredNoise(int width, int height, double cell, std::uint64_t seed)
{
    const int cellsX = std::max(static_cast<int>(width / cell), 2);
    const int cellsY = std::max(static_cast<int>(height / cell), 2);
    Picture coarse(cellsX, cellsY, 3);
    Random random(seed);
    for (float& value : coarse.data()) {
        value = 0.5F + 0.26F * random.normal();
    }
    return resample(coarse, width, height, QStringLiteral("bilinear"));
}

void mixInto(Picture& target, const Picture& other, float amount)
{
    for (std::size_t i = 0; i < target.data().size(); ++i) {
        target.data()[i] = mixed(target.data()[i], other.data()[i], amount);
    }
}

// Keeps the canvas where the mask forbids painting.
void restrictTo(const Picture& mask, const Picture& canvas, Picture& painted)
{
    for (std::size_t i = 0; i < mask.data().size(); ++i) {
        for (std::size_t c = 0; c < 3; ++c) {
            painted.data()[i * 3 + c] = mixed(canvas.data()[i * 3 + c], painted.data()[i * 3 + c],
                                              std::clamp(mask.data()[i], 0.0F, 1.0F));
        }
    }
}

// Painting over: at little denoise the canvas keeps its drawing and takes on the scene's colours; with more
// the scene itself comes through, and at 1 it is all there is.
Picture paintedOver(const Picture& canvas, const Picture& scene, double denoise)
{
    const double radius = std::max(canvas.width(), canvas.height()) * 0.06;
    Picture canvasMood = canvas;
    Picture result = scene;
    blur(canvasMood, radius);
    blur(result, radius);
    const float mood = static_cast<float>(std::min(denoise * 1.3, 1.0)) * 0.85F;
    const float presence = smoothStep(0.45F, 1.0F, static_cast<float>(denoise));
    for (std::size_t i = 0; i < result.data().size(); ++i) {
        const float recoloured = canvas.data()[i] + (result.data()[i] - canvasMood.data()[i]) * mood;
        result.data()[i] = mixed(recoloured, scene.data()[i], presence);
    }
    return result;
}

// Few steps leave the picture soft.
double softness(int steps, int longSide)
{
    return steps >= 12 ? 0 : longSide * 0.012 * (12 - steps) / 12;
}

} // namespace

Painter::Painter(PaintOrder order)
    : m_order(std::move(order))
{
}

Painter::Painter(Painter&&) noexcept = default;
Painter& Painter::operator=(Painter&&) noexcept = default;
Painter::~Painter() = default;

void Painter::prepare()
{
    m_scene = composeScene(m_order);
    const int longSide = std::max(m_order.width, m_order.height);
    const double scale = std::min(1.0, static_cast<double>(m_order.previewSize) / longSide);
    const int width = std::max(static_cast<int>(std::lround(m_order.width * scale)), 1);
    const int height = std::max(static_cast<int>(std::lround(m_order.height * scale)), 1);
    m_sketch = Picture(width, height, 3);
    paintRows(m_sketch, 0, height);
    m_noise = colouredNoise(width, height, std::max(latentCell * scale, 2.0), m_order.seed.value);
    const QString method = QStringLiteral("area");
    if (m_order.input) {
        m_sketchInput = resample(*m_order.input, width, height, method);
        m_sketch = paintedOver(m_sketchInput, m_sketch, m_order.denoise);
    }
    if (m_order.mask) {
        m_sketchMask = resample(*m_order.mask, width, height, method);
    }
    if (scale < 1.0) {
        m_full = Picture(m_order.width, m_order.height, 3);
    }
}

void Painter::paintRows(Picture& target, int first, int last) const
{
    const float unit = 1.0F / static_cast<float>(target.height());
    for (int y = first; y < last; ++y) {
        if (m_order.isInterrupted && m_order.isInterrupted()) {
            return;
        }
        float* out = target.pixel(0, y);
        for (int x = 0; x < target.width(); ++x, out += 3) {
            const Colour colour =
                m_scene->at((static_cast<float>(x) + 0.5F) * unit, (static_cast<float>(y) + 0.5F) * unit);
            out[0] = colour.r;
            out[1] = colour.g;
            out[2] = colour.b;
        }
    }
}

void Painter::paintStep(int step)
{
    if (!m_scene) {
        prepare();
    }
    if (!m_full.isEmpty()) {
        const int last = static_cast<int>(static_cast<qint64>(m_order.height) * step / m_order.steps);
        paintRows(m_full, m_paintedRows, last);
        m_paintedRows = last;
    }
}

// `remaining`: 1 at the start, 0 when done.
Picture Painter::sketchAt(double remaining) const
{
    const int longSide = std::max(m_sketch.width(), m_sketch.height());
    const double strength = m_order.input ? m_order.denoise : 1.0;
    Picture picture = m_sketch; // already painted over the canvas, if there is one
    const double radius =
        std::max(longSide * 0.09 * std::pow(remaining, 1.4) * strength, softness(m_order.steps, longSide));
    blur(picture, radius);
    mixInto(picture, m_noise, static_cast<float>(std::pow(remaining, 1.7) * strength));
    if (m_order.mask && m_order.input) {
        restrictTo(m_sketchMask, m_sketchInput, picture);
    }
    return picture;
}

QImage Painter::preview(int step) const
{
    const double remaining = 1.0 - static_cast<double>(step) / m_order.steps;
    const QImage image = sketchAt(remaining).toImage();
    return image
        .scaled(m_order.previewSize, m_order.previewSize, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB888);
}

Picture Painter::takeResult()
{
    Picture result = std::move(m_sketch);
    if (!m_full.isEmpty()) {
        result = m_order.input ? paintedOver(*m_order.input, m_full, m_order.denoise) : std::move(m_full);
    }
    blur(result,
         softness(m_order.steps, std::max(m_order.width, m_order.height))
             * (m_order.input ? m_order.denoise : 1.0));
    if (m_order.input && m_order.mask) {
        restrictTo(*m_order.mask, *m_order.input, result);
    }
    return result;
}

} // namespace gesso::demo
