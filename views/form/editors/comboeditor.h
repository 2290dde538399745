// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

namespace gesso {

class ComboSearch;
class ThemeController;

// One of the server's choices; a value the server does not offer is kept and marked.
class ComboEditor : public FieldEditor
{
    Q_OBJECT

public:
    ComboEditor(const Field& field, const ThemeController& theme, QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    void setInvalid(bool invalid) override;
    QWidget* focusTarget(int part) const override;

private:
    void mark();

    ComboSearch* m_combo;
    QList<Json> m_choices; // may be numbers and booleans: the list shows their text
    Json m_value;
    bool m_invalid = false;
};

} // namespace gesso
