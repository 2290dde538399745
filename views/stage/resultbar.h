// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace gesso {

class ElidedLabel;
class ResultActions;
class ShellViewModel;
class ThemeController;

// Under a result: which file it is, what made it, and what can be done with it.
class ResultBar : public QWidget
{
    Q_OBJECT

public:
    ResultBar(ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
              QWidget* parent = nullptr);

private:
    void showResult();

    ShellViewModel& m_shell;
    ElidedLabel* m_name = nullptr;
    QLabel* m_caption = nullptr;
    QWidget* m_buttons = nullptr;
};

} // namespace gesso
