// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/wordfilter.h"

#include <algorithm>

namespace gesso {

namespace {

QString normalized(const QString& text)
{
    return QString(text).replace(QLatin1Char('\\'), QLatin1Char('/'));
}

} // namespace

QStringList wordsOf(const QString& filter)
{
    return normalized(filter).simplified().split(u' ', Qt::SkipEmptyParts);
}

bool matchesWords(const QString& text, const QStringList& words)
{
    const QString haystack = normalized(text);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return haystack.contains(word, Qt::CaseInsensitive); });
}

void WordFilter::setFilterText(const QString& text)
{
    m_words = wordsOf(text);
    invalidateFilter();
}

bool WordFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    return matchesWords(sourceModel()->index(row, 0, parent).data().toString(), m_words);
}

} // namespace gesso
