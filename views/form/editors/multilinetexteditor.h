// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

class QLabel;

namespace gesso {

class PromptEdit;
class ThemeController;

// Prompts and other long texts.
class MultilineTextEditor : public FieldEditor
{
    Q_OBJECT

public:
    MultilineTextEditor(const Field& field, const ThemeController& theme, QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    QWidget* focusTarget(int part) const override;
    QWidget* trailing() const override;

private:
    void countWords();

    PromptEdit* m_edit;
    QLabel* m_count;
    bool m_loading = false;
};

} // namespace gesso
