// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/widgets/elidedlabel.h"

namespace gesso {

class ThemeController;

// The label above a field: muted, with a dot while the value differs from what was opened; a double click
// resets it.
class FieldLabel : public ElidedLabel
{
    Q_OBJECT

public:
    FieldLabel(const ThemeController& theme, const QString& text, QWidget* parent = nullptr);

    void setChanged(bool changed);
    bool isChanged() const { return m_changed; }

Q_SIGNALS:
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    const ThemeController& m_theme;
    bool m_changed = false;
};

} // namespace gesso
