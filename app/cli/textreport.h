// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/workflow/carriers/embeddedtext.h"
#include "core/workflow/parameters/generationparameters.h"

namespace gesso::cli {

// What `gesso inspect` says of a text: as members of a JSON line, and as a line for people. All of it comes
// from a file, so nothing of it reaches a terminal that could steer it.
Json textMembers(const EmbeddedText& text, const QString& carrier);
QString textLine(const EmbeddedText& text);

// The same of another program's parameters; for people one line each, prompts with all their lines.
Json parameterMembers(const GenerationParameters& parameters);
QString parameterLines(const GenerationParameters& parameters);

} // namespace gesso::cli
