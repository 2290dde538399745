// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso {

// Where this Gesso keeps its things; empty: nothing of that kind is kept, or looked at.
struct UsedPlaces {
    QString settingsFile;
    QString dataFolder; // database of runs, drafts
    QString cacheFolder;
    QString logFolder;
    QString outputFolder;
};

// The desktop's own places for this user, the same for the window and the commands. `outputFolder` is the one
// used unless the person chose another. Needs the application's name, not the application.
UsedPlaces standardPlaces();

} // namespace gesso
