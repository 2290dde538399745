// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace gesso {

class ThemeController;

// What stands where nothing is yet: a quiet icon, one sentence that teaches, the next step as buttons.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const ThemeController& theme, const QString& iconName, QWidget* parent = nullptr);

    void setText(const QString& text); // plain text, one sentence
    QString text() const;
    // The first button is the main one. Buttons belong to this widget.
    QPushButton* addButton(const QString& label, bool main = false);

private:
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QHBoxLayout* m_buttons = nullptr;
};

} // namespace gesso
