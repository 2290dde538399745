// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/form/fieldeditor.h"
#include "views/form/fieldrules.h"

namespace gesso {

class NumberEdit;
class ThemeController;
class ValueSlider;

// INT and FLOAT, with a bar to drag where the limits make one useful.
class NumberEditor : public FieldEditor
{
    Q_OBJECT

public:
    NumberEditor(const Field& field, const ThemeController& theme, QWidget* parent = nullptr);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    void setInvalid(bool invalid) override;
    QWidget* focusTarget(int part) const override;

private:
    void showOnSlider();

    NumberEdit* m_edit;
    ValueSlider* m_slider = nullptr;
    SliderRange m_range;
};

} // namespace gesso
