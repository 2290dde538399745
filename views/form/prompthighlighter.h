// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

namespace gesso {

class ThemeController;

// Colours what a prompt means beyond words: (weights:1.2), {one|or|other}, <lora:name:0.8>, embedding:name,
// and comments.
class PromptHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    PromptHighlighter(const ThemeController& theme, QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;

private:
    void highlightWeights(const QString& text);
    void highlightComments(const QString& text);

    const ThemeController& m_theme;
};

} // namespace gesso
