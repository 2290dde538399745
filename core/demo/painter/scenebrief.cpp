// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/scenebrief.h"

#include "core/demo/painter/noise.h"

#include <QRegularExpression>
#include <QSet>

#include <initializer_list>

namespace gesso::demo {

namespace {

// The words of both texts; a word of the negative one counts as not said.
class Words
{
public:
    Words(const QString& positive, const QString& negative)
        : m_words(split(positive))
    {
        m_words.subtract(split(negative));
    }

    bool any(std::initializer_list<const char*> words) const
    {
        return std::any_of(words.begin(), words.end(),
                           [this](const char* word) { return m_words.contains(QString::fromLatin1(word)); });
    }

private:
    static QSet<QString> split(const QString& text)
    {
        static const QRegularExpression separators(QStringLiteral("[^\\p{L}]+"));
        const QStringList words = text.left(100'000).toLower().split(separators, Qt::SkipEmptyParts);
        QSet<QString> set(words.begin(), words.end());
        for (const QString& word : words) { // plurals
            if (word.size() > 3 && word.endsWith(QLatin1Char('s'))) {
                set.insert(word.chopped(1));
            }
        }
        return set;
    }

    QSet<QString> m_words;
};

Daytime daytimeFor(const Words& words, Random& random)
{
    if (words.any({"night", "midnight", "moonlight", "moonlit", "starry", "star", "aurora"})) {
        return Daytime::Night;
    }
    if (words.any({"sunset", "golden", "evening", "sundown"})) {
        return Daytime::Sunset;
    }
    if (words.any({"dusk", "twilight", "blue"}) && !words.any({"day", "noon", "sky"})) {
        return Daytime::Dusk;
    }
    if (words.any({"dawn", "sunrise", "morning", "pastel"})) {
        return Daytime::Dawn;
    }
    if (words.any({"day", "noon", "daylight", "sunny", "bright", "afternoon"})) {
        return Daytime::Day;
    }
    constexpr Daytime choices[] = {Daytime::Sunset, Daytime::Dawn, Daytime::Day,
                                   Daytime::Sunset, Daytime::Dusk, Daytime::Day};
    return choices[random.next() % std::size(choices)];
}

Season seasonFor(const Words& words, Random& random)
{
    if (words.any({"winter", "snow", "snowy", "ice", "frozen", "frost"})) {
        return Season::Winter;
    }
    if (words.any({"autumn", "fall", "october", "leaves"})) {
        return Season::Autumn;
    }
    if (words.any({"spring", "blossom", "cherry"})) {
        return Season::Spring;
    }
    constexpr Season choices[] = {Season::Summer, Season::Summer, Season::Spring, Season::Autumn};
    return words.any({"summer"}) ? Season::Summer : choices[random.next() % std::size(choices)];
}

Weather weatherFor(const Words& words, Random& random)
{
    if (words.any({"storm", "stormy", "thunder", "rain", "rainy", "dramatic"})) {
        return Weather::Storm;
    }
    if (words.any({"mist", "misty", "fog", "foggy", "haze", "hazy"})) {
        return Weather::Mist;
    }
    if (words.any({"cloud", "cloudy", "overcast"})) {
        return Weather::Cloudy;
    }
    if (words.any({"clear", "cloudless"})) {
        return Weather::Clear;
    }
    return random.chance(0.55F) ? Weather::Cloudy : Weather::Clear;
}

int hueFor(const Words& words)
{
    constexpr const char* names[][3] = {{"red", "crimson", "scarlet"}, {"orange", "amber", "copper"},
                                        {"yellow", "gold", "lemon"},   {"green", "emerald", "jade"},
                                        {"blue", "azure", "indigo"},   {"violet", "purple", "magenta"}};
    for (int hue = 0; hue < 6; ++hue) {
        if (words.any({names[hue][0], names[hue][1], names[hue][2]})) {
            return hue;
        }
    }
    return -1;
}

Subject subjectFor(const Words& words)
{
    if (words.any(
            {"still", "fruit", "vase", "bowl", "apple", "pear", "lemon", "table", "bouquet", "grape"})) {
        return Subject::StillLife;
    }
    if (words.any({"abstract", "portrait", "face", "pattern", "swirl", "flow", "marble", "texture", "fluid",
                   "fractal", "nebula", "galaxy", "woman", "man", "cat", "dog"})) {
        return Subject::Abstract;
    }
    return Subject::Landscape;
}

} // namespace

SceneBrief briefFor(const QString& positive, const QString& negative, std::uint64_t seed)
{
    const Words words(positive, negative);
    Random random(seed ^ 0x5CE7E5ULL);
    SceneBrief brief;
    brief.seed = seed;
    brief.subject = subjectFor(words);
    brief.daytime = daytimeFor(words, random);
    brief.season = seasonFor(words, random);
    brief.weather = weatherFor(words, random);
    brief.hueShift = hueFor(words);
    brief.hasLighthouse = words.any({"lighthouse", "beacon"});
    brief.hasBoat = words.any({"boat", "ship", "sail", "sailing", "sailboat"});
    brief.hasSea =
        words.any({"sea", "ocean", "coast", "beach", "wave", "shore", "harbor", "harbour", "cliff", "island"})
        || brief.hasLighthouse;
    brief.hasLake =
        words.any({"lake", "river", "pond", "reflection", "fjord"}) || (brief.hasBoat && !brief.hasSea);
    brief.hasMountains = words.any({"mountain", "alps", "peak", "alpine", "fjord", "valley", "range"});
    brief.hasForest = words.any({"forest", "wood", "tree", "pine", "fir", "jungle"});
    brief.hasDesert = words.any({"desert", "dune", "sand", "sahara"});
    brief.hasFlowers = words.any({"flower", "meadow", "poppy", "lavender", "field", "blossom"});
    brief.hasCottage = words.any({"cottage", "house", "cabin", "hut", "village", "home", "farm"});
    brief.hasMoon = words.any({"moon", "moonlight", "moonlit"}) || brief.daytime == Daytime::Night;
    brief.hasAurora = words.any({"aurora", "borealis"});
    brief.weather = brief.hasAurora ? Weather::Clear : brief.weather;
    brief.hasFruit = !words.any({"bouquet", "flower"}) || words.any({"fruit", "apple", "pear"});

    const bool isOpen = !brief.hasSea && !brief.hasLake && !brief.hasMountains && !brief.hasForest
        && !brief.hasDesert && !brief.hasFlowers;
    if (isOpen) { // nothing said: a view worth looking at
        brief.hasMountains = true;
        brief.hasLake = random.chance(0.6F);
        brief.hasForest = random.chance(0.6F);
    }
    return brief;
}

} // namespace gesso::demo
