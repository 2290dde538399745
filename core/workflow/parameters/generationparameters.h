// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/embeddedtext.h"

#include <optional>

namespace gesso {

// What another program wrote into a picture about its making, as values a person can read.
struct GenerationParameters {
    QString program; // "A1111", "Forge", "InvokeAI", "SwarmUI", "NovelAI", "Fooocus" …
    QString positive; // prompts may have several lines
    QString negative;
    QList<std::pair<QString, QString>> values; // names and values as the text has them, in its order

    bool operator==(const GenerationParameters&) const = default;
};

// Knows the texts of A1111 and what imitates it (Forge, SD.Next, Fooocus, Civitai …), InvokeAI in its three
// forms, SwarmUI, NovelAI and Fooocus; nullopt if there are none. Of several the first form in that order
// counts. Pure. Bounded: texts of up to 1 MiB, 512 values.
std::optional<GenerationParameters> readGenerationParameters(const TextList& texts);

} // namespace gesso
