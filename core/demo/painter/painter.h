// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/seed.h"
#include "core/demo/picture.h"
#include "core/demo/value.h"

#include <functional>
#include <memory>

namespace gesso::demo {

class Scene;

// Everything a painting depends on: equal orders give equal pixels.
struct PaintOrder {
    QString positive;
    QString negative;
    QList<Style> styles;
    Seed seed;
    int steps = 20;
    double cfg = 8;
    QString sampler;
    QString scheduler;
    double denoise = 1; // below 1 the input shines through
    int width = 512; // pixels
    int height = 512;
    const Picture* input = nullptr; // RGB, of the size; nullptr: blank canvas. Outlives the painter
    const Picture* mask = nullptr; // of the size; 1 where painting is allowed; nullptr: everywhere
    int previewSize = 512; // long side
    std::function<bool()> isInterrupted; // asked often; the picture is then left unfinished
};

// Paints one picture out of noise, a step at a time. The finished picture is a scene, computed point by
// point; what the steps show is that scene, coarse at first, under vanishing noise. It is no diffusion model
// and does not pretend to be one.
class Painter
{
public:
    explicit Painter(PaintOrder order);
    Painter(Painter&&) noexcept;
    Painter& operator=(Painter&&) noexcept;
    ~Painter();

    void paintStep(int step); // 1 … steps, in order
    QImage preview(int step) const; // RGB888, long side = previewSize
    Picture takeResult(); // after the last step

private:
    void prepare(); // at the first step, not in the constructor: it takes a moment
    void paintRows(Picture& target, int first, int last) const;
    Picture sketchAt(double remaining) const;

    PaintOrder m_order;
    std::unique_ptr<Scene> m_scene;
    Picture m_sketch; // the scene at preview size
    Picture m_sketchInput;
    Picture m_sketchMask;
    Picture m_noise; // of the sketch's size
    Picture m_full; // painted in bands, one per step; empty while the sketch is as large as the picture
    int m_paintedRows = 0;
};

} // namespace gesso::demo
