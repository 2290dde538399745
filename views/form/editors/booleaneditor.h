// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

class QLabel;

namespace gesso {

class Switch;
class ThemeController;

// A switch at the label's end, with the schema's own words for on and off.
class BooleanEditor : public FieldEditor
{
    Q_OBJECT

public:
    BooleanEditor(const Field& field, const ThemeController& theme, QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    QWidget* focusTarget(int part) const override;
    bool standsBesideLabel() const override;

private:
    void describe();

    Switch* m_switch;
    QLabel* m_word;
    QString m_on;
    QString m_off;
};

} // namespace gesso
