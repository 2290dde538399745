// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/field.h"

#include <array>
#include <utility>

namespace gesso {
namespace {

constexpr std::array kKindNames{
    std::pair{FieldKind::MultilineText, "multiline-text"},
    std::pair{FieldKind::Text, "text"},
    std::pair{FieldKind::Integer, "integer"},
    std::pair{FieldKind::Float, "float"},
    std::pair{FieldKind::Seed, "seed"},
    std::pair{FieldKind::Combo, "combo"},
    std::pair{FieldKind::Boolean, "boolean"},
    std::pair{FieldKind::Image, "image"},
    std::pair{FieldKind::Mask, "mask"},
    std::pair{FieldKind::File, "file"},
    std::pair{FieldKind::RawJson, "raw-json"},
};

// The command line's well-known names (docs/cli.md, Keys).
constexpr std::array kRoleNames{
    std::pair{FieldRole::None, ""},
    std::pair{FieldRole::PositivePrompt, "PositivePrompt"},
    std::pair{FieldRole::NegativePrompt, "NegativePrompt"},
    std::pair{FieldRole::Seed, "Seed"},
    std::pair{FieldRole::Steps, "Steps"},
    std::pair{FieldRole::Cfg, "Cfg"},
    std::pair{FieldRole::Sampler, "Sampler"},
    std::pair{FieldRole::Scheduler, "Scheduler"},
    std::pair{FieldRole::Denoise, "Denoise"},
    std::pair{FieldRole::Width, "Width"},
    std::pair{FieldRole::Height, "Height"},
    std::pair{FieldRole::Batch, "Batch"},
    std::pair{FieldRole::Model, "Model"},
    std::pair{FieldRole::Lora, "Lora"},
    std::pair{FieldRole::Image, "Image"},
    std::pair{FieldRole::Mask, "Mask"},
    std::pair{FieldRole::OutputPrefix, "OutputPrefix"},
};

} // namespace

qsizetype Form::indexOf(const WidgetRef& ref) const
{
    for (qsizetype i = 0; i < fields.size(); ++i) {
        if (fields.at(i).ref == ref) {
            return i;
        }
    }
    return -1;
}

QString nameOf(FieldKind kind)
{
    for (const auto& [candidate, name] : kKindNames) {
        if (candidate == kind) {
            return QString::fromLatin1(name);
        }
    }
    return {};
}

QString nameOf(FieldRole role)
{
    for (const auto& [candidate, name] : kRoleNames) {
        if (candidate == role) {
            return QString::fromLatin1(name);
        }
    }
    return {};
}

} // namespace gesso
