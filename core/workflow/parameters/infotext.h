// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/parameters/generationparameters.h"

namespace gesso {

// The "infotext" of A1111's stable-diffusion-webui, which Forge, SD.Next, Civitai and many savers write as
// well:
//   a prompt of any number of lines
//   Negative prompt: any number of lines as well; may be missing
//   Steps: 20, Sampler: Euler a, Seed: 7, Lora hashes: "a: 1f, b: 2e", Version: v1.10.1
// Values with commas, colons or line ends are JSON strings. Extensions put lines of their own after the last
// one. Read as infotext_utils.py does, in linear time. `isCertain`: a text whose key says what it is; of
// others nullopt unless there are "Steps".
std::optional<GenerationParameters> readInfotext(const QString& text, bool isCertain);

} // namespace gesso
