// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMenu;

namespace gesso {

class ResultActions;
class ShellViewModel;
class ThemeController;

// What can be done with a saved result, the same on the stage and in the filmstrip.
void fillResultMenu(QMenu& menu, ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
                    const QString& path);

} // namespace gesso
