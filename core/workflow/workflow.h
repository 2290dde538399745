// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/graph.h"
#include "core/workflow/prompt.h"

#include <variant>

namespace gesso {

// What a file held: a graph (UI format) or a prompt (API format), and how it was found.
struct Workflow {
    std::variant<Graph, Prompt> document;
    std::optional<Prompt> embeddedPrompt; // the prompt a picture carries beside its graph
    QString title; // file name without extension, unless the file has a better one
    QString carrier; // "json", "png", "webp" …
    Diagnostics diagnostics; // what was mended or ignored while reading

    bool isGraph() const { return std::holds_alternative<Graph>(document); }
    const Graph* graph() const { return std::get_if<Graph>(&document); }
    Graph* graph() { return std::get_if<Graph>(&document); }
    const Prompt* prompt() const { return std::get_if<Prompt>(&document); }
    Prompt* prompt() { return std::get_if<Prompt>(&document); }
};

// The document as it is saved: UI or API JSON.
Json toJson(const Workflow& workflow);

} // namespace gesso
