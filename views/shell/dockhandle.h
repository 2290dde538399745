// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDockWidget;

namespace gesso {

class ThemeController;

// The head of a low panel: a narrow grip at its left edge to drag it by.
class DockHandle : public QWidget
{
    Q_OBJECT

public:
    DockHandle(QDockWidget& dock, const ThemeController& theme);

    QSize sizeHint() const override { return {14, 24}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const ThemeController& m_theme;
};

} // namespace gesso
