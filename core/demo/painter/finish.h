// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/painter/noise.h"
#include "core/demo/painter/scene.h"

namespace gesso::demo {

struct Style;

// What is done to every picture at the end: contrast and colour by cfg, styles, canvas, vignette.
class Finish final : public Scene
{
public:
    Finish(std::unique_ptr<Scene> scene, const PaintOrder& order);

    Colour at(float x, float y) const override;

private:
    void addStyle(const Style& style);
    Colour painted(float x, float y) const; // with brush strokes, if a style has them

    std::unique_ptr<Scene> m_scene;
    ValueNoise m_noise;
    float m_aspect;
    float m_contrast;
    float m_saturation;
    float m_grain;
    float m_strokes = 0;
    float m_ink = 0;
    float m_pastel = 0;
    float m_poster = 0;
};

} // namespace gesso::demo
