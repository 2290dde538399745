// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/resultmenu.h"

#include "viewmodels/runs/resultactions.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/theme/themecontroller.h"

#include <QMenu>

namespace gesso {

void fillResultMenu(QMenu& menu, ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
                    const QString& path)
{
    const auto add = [&](const char* icon, const QString& text, auto act) {
        menu.addAction(theme.icon(QLatin1String(icon)), text, &shell, act);
    };
    add("copy", ResultActions::tr("Copy picture"), [&actions, path] { actions.copyPicture(path); });
    add("image-plus", ResultActions::tr("Use as input picture"), [&shell, path] { shell.useAsInput(path); });
    add("layers", ResultActions::tr("Open its workflow"), [&shell, path] { shell.openWorkflow(path); });
    menu.addSeparator();
    add("download", ResultActions::tr("Save a copy as …"), [&actions, path] { actions.saveAs(path); });
    add("folder-open", ResultActions::tr("Show in folder"), [&shell, path] { shell.revealResult(path); });
    add("external-link", ResultActions::tr("Open in another program"),
        [&actions, path] { actions.openExternally(path); });
}

} // namespace gesso
