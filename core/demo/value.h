// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/demo/picture.h"

#include <QString>

#include <memory>
#include <optional>
#include <variant>

namespace gesso::demo {

struct Images {
    Pictures pictures; // 3 or 4 channels
};

struct Masks {
    Pictures pictures; // 1 channel
};

// The painter has no learned latent space: its "latent" is the picture itself, at full size, or nothing yet.
struct Latent {
    int width = 0;
    int height = 0;
    int batch = 1;
    Pictures pictures; // empty: blank
    Pictures noiseMask; // empty: everywhere; 1 where painting is allowed
};

struct Style {
    QString name;
    double strength = 1;
};

struct Model {
    QString name;
    QList<Style> styles;
};

struct Clip {
    QList<Style> styles;
};

struct Vae {
};

struct Conditioning {
    QString text;
    QList<Style> styles;
};

// ComfyUI's ExecutionBlocker: what depends on it does not run. No message: silently.
struct Blocked {
    std::optional<QString> message;
};

// What travels along a link or stands in a widget. Big things are shared, never copied.
using Value = std::variant<std::monostate, Json, std::shared_ptr<const Images>, std::shared_ptr<const Masks>,
                           std::shared_ptr<const Latent>, Model, Clip, Vae, Conditioning, Blocked>;

inline Value imagesValue(Pictures pictures)
{
    return std::make_shared<const Images>(Images{std::move(pictures)});
}
inline Value masksValue(Pictures pictures)
{
    return std::make_shared<const Masks>(Masks{std::move(pictures)});
}
inline Value latentValue(Latent latent)
{
    return std::make_shared<const Latent>(std::move(latent));
}

} // namespace gesso::demo
