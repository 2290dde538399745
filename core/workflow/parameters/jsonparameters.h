// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/parameters/generationparameters.h"

namespace gesso {

// SwarmUI: an object with "sui_image_params", under "parameters" in PNG and in the UserComment elsewhere.
std::optional<GenerationParameters> readSwarmUiParameters(const TextList& texts);

// NovelAI: "Software" says so, "Comment" is an object with "prompt" and "uc" (the undesired content).
std::optional<GenerationParameters> readNovelAiParameters(const TextList& texts);

// Fooocus in its own scheme: "fooocus_scheme" says so, "parameters" is an object.
std::optional<GenerationParameters> readFooocusParameters(const TextList& texts);

} // namespace gesso
