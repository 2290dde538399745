// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/explanation.h"
#include "core/workflow/graph.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/prompt.h"

#include <QDateTime>

namespace gesso {

enum class ChoiceRule { First, Last, Random }; // for {a|b} in dynamic prompts

// What the graph alone does not say.
struct ConversionOptions {
    ChoiceRule choices = ChoiceRule::First;
    quint64 randomSeed = 0; // for ChoiceRule::Random
    QDateTime now; // for %date:…% in file-name prefixes; invalid leaves the token as it is
    bool explain = false; // fills Conversion::explanations; costs nothing otherwise
};

// A prompt and what was found on the way.
struct Conversion {
    Prompt prompt;
    Diagnostics diagnostics; // errors here mean that the prompt must not be sent
    Explanations explanations = {}; // in visiting order; empty unless asked for
};

// What the official front end 1.58 would send (conversion.md). Pure: no clock, no I/O, any thread.
// Errors only when nothing can be converted at all; everything else is a diagnostic.
Result<Conversion> convertGraph(const Graph& graph, const NodeCatalog& catalog,
                                const ConversionOptions& options = {});

} // namespace gesso
