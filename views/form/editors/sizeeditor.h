// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/fieldeditor.h"

#include <array>

class QFrame;

namespace gesso {

class IconButton;
class MenuLabel;
class NumberEdit;
class ThemeController;

// Width (part 0) and height (part 1) as one field: 1024 × 1024, swap, and aspect ratios that keep the area.
class SizeEditor : public FieldEditor
{
    Q_OBJECT

public:
    SizeEditor(const Field& width, const Field& height, const ThemeController& theme,
               QWidget* parent = nullptr);

    // The nearest common ratio ("16:9"), or "custom".
    static QString ratioName(double width, double height);

    Json value(int part) const override;
    void setValue(const Json& value, int part) override;
    void setReadOnly(bool readOnly) override;
    void setInvalid(bool invalid) override;
    QWidget* focusTarget(int part) const override;
    QList<QWidget*> tabStops() const override;
    QWidget* trailing() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void swap();
    void showRatioMenu();
    void useRatio(double ratio);
    void describe();

    QFrame* m_frame;
    std::array<NumberEdit*, 2> m_edits;
    IconButton* m_swap;
    MenuLabel* m_ratio;
};

} // namespace gesso
