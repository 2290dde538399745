// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

class QLabel;

namespace gesso {

class IconButton;
class NumberEdit;
class SeedPolicy;
class ThemeController;

// A seed over the whole unsigned 64-bit range: dice, the rule for the next one, copy; says whether the number
// made the picture shown or comes next.
class SeedEditor : public FieldEditor
{
    Q_OBJECT

public:
    SeedEditor(const Field& field, const ThemeController& theme, SeedPolicy& seeds,
               QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    void setInvalid(bool invalid) override;
    QWidget* focusTarget(int part) const override;
    QList<QWidget*> tabStops() const override;
    QWidget* trailing() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void roll();
    void showRuleMenu();
    void describe(); // the state at the label's end and the rule's icon
    void fitFont(); // twenty digits in half a panel

    const ThemeController& m_theme;
    SeedPolicy& m_seeds;
    bool m_isMain; // the one behind the picture; others have no picture to speak of
    NumberEdit* m_edit;
    IconButton* m_dice;
    IconButton* m_rule;
    QLabel* m_state;
};

} // namespace gesso
