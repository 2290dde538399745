// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace gesso::demo {

enum class Subject { Landscape, StillLife, Abstract };
enum class Daytime { Dawn, Day, Sunset, Dusk, Night };
enum class Season { Spring, Summer, Autumn, Winter };
enum class Weather { Clear, Cloudy, Mist, Storm };

// What the words of a prompt ask for; what they leave open is drawn from the seed.
struct SceneBrief {
    Subject subject = Subject::Landscape;
    Daytime daytime = Daytime::Day;
    Season season = Season::Summer;
    Weather weather = Weather::Clear;
    bool hasSea = false;
    bool hasLake = false;
    bool hasMountains = false;
    bool hasForest = false;
    bool hasDesert = false;
    bool hasFlowers = false;
    bool hasLighthouse = false;
    bool hasCottage = false;
    bool hasBoat = false;
    bool hasMoon = false;
    bool hasAurora = false;
    bool hasFruit = false;
    int hueShift = -1; // 0 … 5: a colour word wants this hue (red, orange, yellow, green, blue, violet)
    std::uint64_t seed = 0;
};

// Words in `negative` take their things away.
SceneBrief briefFor(const QString& positive, const QString& negative, std::uint64_t seed);

} // namespace gesso::demo
