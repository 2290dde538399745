// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/theme/themecontroller.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace gesso::test {

// A theme for widgets under test, with settings of its own.
struct Themed {
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    ThemeController theme{*qApp, settings};
};

} // namespace gesso::test
