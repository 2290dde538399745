// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDockWidget;
class QHBoxLayout;

namespace gesso {

class ElidedLabel;
class ThemeController;

// The head of a panel: its name or its tabs at the left, its own buttons and the cross at the right. Dragging
// it moves the dock, as any title bar does.
class DockTitle : public QWidget
{
    Q_OBJECT

public:
    DockTitle(QDockWidget& dock, const ThemeController& theme);

    void setTitle(const QString& title); // plain text; shortened to the room there is
    void setLeading(QWidget* widget); // instead of the title; takes it
    void addTrailing(QWidget* widget); // before the cross; takes it

private:
    QHBoxLayout* m_layout = nullptr;
    ElidedLabel* m_title = nullptr;
};

} // namespace gesso
