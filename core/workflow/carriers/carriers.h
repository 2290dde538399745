// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

#include <optional>

namespace gesso {

// Everything found in a file that can carry a workflow beside its picture, sound, film or model.
struct EmbeddedTexts {
    QString carrier; // "png", "webp", "mp4" …; "json" for a workflow that is a file of its own
    TextList texts;
    bool isCut = false; // the file ends before its format says it does, as far as that can be told
};

// Knows the format by its content, never by its name; nullopt if it is none that can carry texts. A text that
// is a JSON object with "workflow" or "prompt" inside (as VideoHelperSuite writes "comment") comes taken
// apart, after the text itself. Reads only the parts with texts; blocking. Each format is one row of the
// table in carriers.cpp.
std::optional<EmbeddedTexts> carriedTexts(ByteSource& file);

} // namespace gesso
