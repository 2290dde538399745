// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

class QLineEdit;

namespace gesso {

// One line of text.
class TextEditor : public FieldEditor
{
    Q_OBJECT

public:
    explicit TextEditor(const Field& field, QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    QWidget* focusTarget(int part) const override;

private:
    QLineEdit* m_edit;
};

} // namespace gesso
