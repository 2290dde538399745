// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodelibrary.h"
#include "core/demo/promptindex.h"

#include <optional>

namespace gesso::demo {

struct ValidationOutcome {
    bool isAccepted = false;
    Json error; // {type, message, details, extra_info} when refused
    Json nodeErrors = Json::object(); // may be non-empty although accepted: those outputs are skipped
    QStringList outputs; // to run, in the order of the prompt
};

// Checks a prompt as ComfyUI 0.12 does, with its error types, texts and shapes (recorded; protocol.md 4), and
// converts widget values to their declared types in place ("7" → 7, 1 → 1.0).
class PromptValidation
{
public:
    PromptValidation(const NodeLibrary& library, const Folders& folders);

    // `targets`: partial_execution_targets, if given.
    ValidationOutcome validate(Json& prompt, const std::optional<QStringList>& targets) const;

    // A refusal of the recorded shape for the fault: names the first output node's first input.
    ValidationOutcome refusal(Json& prompt) const;

private:
    const NodeLibrary& m_library;
    const Folders& m_folders;
};

Json promptError(const char* type, const QString& message, const QString& details = {},
                 Json extraInfo = Json::object());

} // namespace gesso::demo
