// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/standardplaces.h"

#include "viewmodels/shell/shellsettings.h"

#include <QStandardPaths>

namespace gesso::cli {

UsedPlaces standardPlaces()
{
    const auto place = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location);
    };
    UsedPlaces places;
    places.settingsFile = place(QStandardPaths::AppConfigLocation) + QLatin1String("/gesso.ini");
    places.dataFolder = place(QStandardPaths::AppLocalDataLocation);
    places.cacheFolder = place(QStandardPaths::CacheLocation);
    places.logFolder = place(QStandardPaths::AppLocalDataLocation) + QLatin1String("/logs");
    places.outputFolder = ShellSettings(places.settingsFile).outputFolder();
    if (places.outputFolder.isEmpty()) {
        places.outputFolder = place(QStandardPaths::PicturesLocation) + QLatin1String("/Gesso");
    }
    return places;
}

} // namespace gesso::cli
