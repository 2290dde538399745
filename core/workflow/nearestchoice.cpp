// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/numbers.h"
#include "core/workflow/promptvalidator.h"

#include <QList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace gesso {
namespace {

constexpr qsizetype kMaxSpelling = 256; // longer texts are not compared letter by letter

QString withSlashes(QString text)
{
    return text.replace(QLatin1Char('\\'), QLatin1Char('/'));
}
QString fileName(const QString& path)
{
    return path.section(QLatin1Char('/'), -1);
}

// Levenshtein distance; more than `limit` is given as limit + 1.
qsizetype distance(const QString& a, const QString& b, qsizetype limit)
{
    if (std::abs(a.size() - b.size()) > limit) {
        return limit + 1;
    }
    QList<qsizetype> row(b.size() + 1);
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

Json nearestSpelling(const QString& wanted, const Json& choices)
{
    if (wanted.size() > kMaxSpelling) {
        return {};
    }
    Json best;
    qsizetype limit = std::max<qsizetype>(2, wanted.size() / 3);
    for (const Json& choice : choices) {
        const qsizetype found = distance(wanted, withSlashes(toQString(choice)).toLower(), limit);
        if (found <= limit && choice.is_string()) {
            best = choice;
            limit = found - 1; // the next must be better
        }
        if (limit < 0) {
            break;
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
    const QString wanted = withSlashes(toQString(value)).toLower();
    if (wanted.isEmpty()) {
        return {};
    }
    Json moved;
    for (const Json& choice : choices) {
        const QString offered = withSlashes(toQString(choice)).toLower();
        if (offered == wanted) {
            return choice;
        }
        if (moved.is_null() && !offered.isEmpty() && fileName(offered) == fileName(wanted)) {
            moved = choice;
        }
    }
    return moved.is_null() ? nearestSpelling(wanted, choices) : moved;
}

} // namespace gesso
