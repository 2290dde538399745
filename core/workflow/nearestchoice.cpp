// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/nearestchoice.h"

#include "core/workflow/modelfiles.h"

#include <QHash>
#include <QSet>
#include <QVarLengthArray>
#include <QtAlgorithms>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace gesso {
namespace {

constexpr qsizetype kMaxSpelling = 256; // longer texts are not compared letter by letter

QString withSlashes(QString text)
{
    return text.replace(QLatin1Char('\\'), QLatin1Char('/'));
}
QString fileName(const QString& path)
{
    return path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
}

// One bit for each of the letters in it, several letters a bit: what one text has and the other lacks bounds
// their distance from below.
quint64 lettersOf(const QString& text)
{
    quint64 letters = 0;
    for (const QChar c : text) {
        letters |= quint64(1) << (c.unicode() % 64);
    }
    return letters;
}

// A choice as it is compared: lower case, with slashes.
struct Offer {
    explicit Offer(const Json& value)
        : path(withSlashes(toQString(value)).toLower())
        , file(fileName(path))
        , model(withoutModelSuffix(file))
        , letters(lettersOf(model))
        , choice(&value)
    {
    }

    QString path;
    QString file;
    QString model; // the file without a suffix of models
    quint64 letters; // of the model
    const Json* choice;
};

// Levenshtein distance; more than `limit` is given as limit + 1. Only the cells that far off the diagonal are
// looked at.
qsizetype distance(const QString& a, const QString& b, qsizetype limit)
{
    if (std::abs(a.size() - b.size()) > limit) {
        return limit + 1;
    }
    const qsizetype tooFar = limit + 1;
    QVarLengthArray<qsizetype, 2 * kMaxSpelling> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j) {
        row[j] = std::min(j, tooFar);
    }
    for (qsizetype i = 1; i <= a.size(); ++i) {
        const qsizetype first = std::max<qsizetype>(1, i - limit);
        const qsizetype last = std::min(b.size(), i + limit);
        qsizetype diagonal = row[first - 1];
        row[first - 1] = first == 1 ? std::min(i, tooFar) : tooFar;
        qsizetype least = row[first - 1];
        for (qsizetype j = first; j <= last; ++j) {
            const qsizetype above = j == i + limit ? tooFar : row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), tooFar});
            diagonal = above;
            least = std::min(least, row[j]);
        }
        if (least > limit) {
            return tooFar;
        }
    }
    return row[b.size()];
}

Json nearestNumber(const Json& value, const Json& choices)
{
    Json best;
    double bestDifference = std::numeric_limits<double>::infinity();
    for (const Json& choice : choices) {
        const double difference =
            choice.is_number() ? std::abs(choice.get<double>() - value.get<double>()) : bestDifference;
        if (difference < bestDifference) {
            best = choice;
            bestDifference = difference;
        }
    }
    return best;
}

qsizetype commonFolders(const QString& a, const QString& b)
{
    const QStringList first = a.split(QLatin1Char('/'));
    const QStringList second = b.split(QLatin1Char('/'));
    qsizetype count = 0;
    while (count < first.size() - 1 && count < second.size() - 1
           && first.at(first.size() - 2 - count) == second.at(second.size() - 2 - count)) {
        ++count;
    }
    return count;
}

// By file name without folder and suffix: what all files have in common says nothing about how near they are.
Json nearestSpelling(const Offer& wanted, const std::vector<Offer>& offers)
{
    if (wanted.model.isEmpty() || wanted.model.size() > kMaxSpelling) {
        return {};
    }
    Json best;
    qsizetype limit = std::max<qsizetype>(2, wanted.model.size() / 3);
    for (const Offer& offer : offers) {
        const qsizetype least = std::max(qPopulationCount(wanted.letters & ~offer.letters),
                                         qPopulationCount(offer.letters & ~wanted.letters));
        const qsizetype found = least > limit ? limit + 1 : distance(wanted.model, offer.model, limit);
        if (found <= limit) {
            best = *offer.choice;
            limit = found - 1; // the next must be better
        }
        if (limit < 0) {
            break;
        }
    }
    return best;
}

// The offer with the same `part` (file name, model name) that has most folders in common.
Json nearestFolder(const Offer& wanted, const std::vector<Offer>& offers, QString Offer::*part)
{
    Json best;
    qsizetype most = -1;
    for (const Offer& offer : offers) {
        const qsizetype common = offer.*part == wanted.*part ? commonFolders(offer.path, wanted.path) : -1;
        if (common > most) {
            best = *offer.choice;
            most = common;
        }
    }
    return best;
}

} // namespace

struct NearestChoices::Offers {
    explicit Offers(const Json& choices)
    {
        all.reserve(choices.size());
        for (const Json& choice : choices) {
            Offer offer(choice);
            if (offer.path.isEmpty()) {
                continue;
            }
            if (!byPath.contains(offer.path)) {
                byPath.insert(offer.path, &choice);
            }
            files.insert(offer.file);
            models.insert(offer.model);
            all.push_back(std::move(offer));
        }
    }

    std::vector<Offer> all;
    QHash<QString, const Json*> byPath;
    QSet<QString> files;
    QSet<QString> models;
};

NearestChoices::NearestChoices() = default;
NearestChoices::~NearestChoices() = default;

Json NearestChoices::find(const Json& value, const Json& choices)
{
    if (!choices.is_array()) {
        return {};
    }
    if (value.is_number()) {
        return nearestNumber(value, choices);
    }
    const Offer wanted(value);
    if (wanted.path.isEmpty()) {
        return {};
    }
    std::unique_ptr<const Offers>& offers = m_prepared[&choices];
    if (!offers) {
        offers = std::make_unique<const Offers>(choices);
    }
    if (const Json* same = offers->byPath.value(wanted.path)) {
        return *same;
    }
    if (offers->files.contains(wanted.file)) {
        return nearestFolder(wanted, offers->all, &Offer::file);
    }
    if (offers->models.contains(wanted.model)) {
        return nearestFolder(wanted, offers->all, &Offer::model);
    }
    return nearestSpelling(wanted, offers->all);
}

Json nearestChoice(const Json& value, const Json& choices)
{
    return NearestChoices().find(value, choices);
}

} // namespace gesso
