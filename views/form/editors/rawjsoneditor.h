// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

namespace gesso {

class PromptEdit;

// Any value Gesso has no better editor for, as JSON. Told only while it is valid; until then it is marked and
// the document keeps the last valid value.
class RawJsonEditor : public FieldEditor
{
    Q_OBJECT

public:
    explicit RawJsonEditor(QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    QWidget* focusTarget(int part) const override;

private:
    void onTextChanged();

    PromptEdit* m_edit;
    Json m_value;
    bool m_loading = false;
};

} // namespace gesso
