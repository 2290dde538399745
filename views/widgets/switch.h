// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace gesso {

class ThemeController;

// An on/off switch: a check box in all but its looks. Its text stands to its right.
class Switch : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Switch(const ThemeController& theme, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    const ThemeController& m_theme;
};

} // namespace gesso
