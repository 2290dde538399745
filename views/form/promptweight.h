// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// A prompt's text with a selection, in UTF-16 units.
struct TextSelection {
    QString text;
    qsizetype start = 0;
    qsizetype end = 0;

    bool operator==(const TextSelection&) const = default;
};

// Changes the weight of what is selected, or of the word or the (bracket:1.2) at the caret, by `delta`, the
// way ComfyUI's Ctrl+↑ and Ctrl+↓ do: (word:1.05); at weight 1 the brackets go. Unchanged where there is no
// word.
TextSelection adjustWeight(const TextSelection& selection, double delta);

// Words a model reads: without <lora:…> tags, weights and punctuation.
int wordCount(const QString& prompt);

} // namespace gesso
