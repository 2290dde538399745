// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/libraryfilter.h"

#include "viewmodels/library/fuzzymatch.h"

namespace gesso {

LibraryFilter::LibraryFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

void LibraryFilter::setSection(std::optional<LibraryModel::Source> section)
{
    m_section = section;
    invalidateFilter();
}

void LibraryFilter::setSearch(const QString& text)
{
    m_search = text.trimmed();
    invalidate(); // the order changes too
}

void LibraryFilter::setSourceModel(QAbstractItemModel* model)
{
    if (sourceModel() != nullptr) {
        sourceModel()->disconnect(this);
    }
    QSortFilterProxyModel::setSourceModel(model);
    // Whether a recent card is a second one depends on the other rows, which the base class cannot know.
    connect(model, &QAbstractItemModel::rowsInserted, this, &LibraryFilter::invalidateFilter,
            Qt::QueuedConnection);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &LibraryFilter::invalidateFilter,
            Qt::QueuedConnection);
}

bool LibraryFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto source = index.data(LibraryModel::SourceRole).value<LibraryModel::Source>();
    if (m_section && source != *m_section) {
        return false;
    }
    if (!m_section && source == LibraryModel::Source::Recent) {
        const auto* library = qobject_cast<const LibraryModel*>(sourceModel());
        if (library != nullptr && library->hasOwnCard(index.data(LibraryModel::PathRole).toString())) {
            return false; // once is enough where all sections stand together
        }
    }
    return m_search.isEmpty() || fuzzyScore(m_search, index.data(LibraryModel::TitleRole).toString()) > 0;
}

bool LibraryFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    if (!m_search.isEmpty()) {
        const int leftScore = fuzzyScore(m_search, left.data(LibraryModel::TitleRole).toString());
        const int rightScore = fuzzyScore(m_search, right.data(LibraryModel::TitleRole).toString());
        if (leftScore != rightScore) {
            return leftScore > rightScore;
        }
    }
    return left.row() < right.row(); // recent, samples, folders
}

} // namespace gesso
