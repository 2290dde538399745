// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/modelfiles.h"
#include "core/workflow/promptvalidator.h"

#include <QVarLengthArray>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
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

// A choice as it is compared: lower case, with slashes. Its parts are kept, as each is compared several times
// and servers have thousands of choices.
struct Offer {
    explicit Offer(const Json& value)
        : path(withSlashes(toQString(value)).toLower())
        , file(fileName(path))
        , model(withoutModelSuffix(file))
        , choice(&value)
    {
    }

    QString path;
    QString file;
    QString model; // the file without a suffix of models
    const Json* choice;
};

// Levenshtein distance; more than `limit` is given as limit + 1.
qsizetype distance(const QString& a, const QString& b, qsizetype limit)
{
    if (std::abs(a.size() - b.size()) > limit) {
        return limit + 1;
    }
    QVarLengthArray<qsizetype, 2 * kMaxSpelling> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i;
        qsizetype least = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const qsizetype above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
            least = std::min(least, row[j]);
        }
        if (least > limit) {
            return limit + 1;
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
Json nearestSpelling(const QString& wanted, const std::vector<Offer>& offers)
{
    if (wanted.isEmpty() || wanted.size() > kMaxSpelling) {
        return {};
    }
    Json best;
    qsizetype limit = std::max<qsizetype>(2, wanted.size() / 3);
    for (const Offer& offer : offers) {
        const qsizetype found = distance(wanted, offer.model, limit);
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

Json nearestChoice(const Json& value, const Json& choices)
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
    std::vector<Offer> offers;
    offers.reserve(choices.size());
    for (const Json& choice : choices) {
        Offer offer(choice);
        if (offer.path == wanted.path) {
            return choice;
        }
        if (!offer.path.isEmpty()) {
            offers.push_back(std::move(offer));
        }
    }
    for (QString Offer::*part : {&Offer::file, &Offer::model}) {
        if (Json moved = nearestFolder(wanted, offers, part); !moved.is_null()) {
            return moved;
        }
    }
    return nearestSpelling(wanted.model, offers);
}

} // namespace gesso
