// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// What an embedded text is, by its content.
struct TextKind {
    enum class Kind { Workflow, Prompt, Parameters, Other };

    Kind kind = Kind::Other;
    qsizetype nodes = 0; // of a workflow (at its root) or a prompt

    bool operator==(const TextKind&) const = default;
};

// A graph or a prompt of ComfyUI under any key, another program's parameters, or something else.
TextKind textKind(const EmbeddedText& text);

} // namespace gesso
