// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/parameters/generationparameters.h"

namespace gesso {

// InvokeAI's texts: "invokeai_metadata" (since 3.0), "sd-metadata" (2.x), and "Dream", a command line of 1.x
// and 2.x
// (`"a cat" -s 50 -S 7 -W 512 -H 512 -C 7.5 -A k_lms`). The newest there counts.
std::optional<GenerationParameters> readInvokeAiParameters(const TextList& texts);

} // namespace gesso
