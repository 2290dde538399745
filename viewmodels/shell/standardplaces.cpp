// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/standardplaces.h"

#include <QStandardPaths>

namespace gesso {

UsedPlaces standardPlaces()
{
    const auto place = [](QStandardPaths::StandardLocation location) {
        return QStandardPaths::writableLocation(location);
    };
    UsedPlaces places;
    places.settingsFile = place(QStandardPaths::AppConfigLocation) + QLatin1String("/gesso.ini");
    places.dataFolder = place(QStandardPaths::AppLocalDataLocation);
    places.cacheFolder = place(QStandardPaths::CacheLocation);
    places.logFolder = places.dataFolder + QLatin1String("/logs");
    places.outputFolder = place(QStandardPaths::PicturesLocation) + QLatin1String("/Gesso");
    return places;
}

} // namespace gesso
