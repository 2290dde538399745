// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/library/librarymodel.h"

#include <QSortFilterProxyModel>

namespace gesso {

// One section (or all) and a fuzzy search over titles.
class LibraryFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit LibraryFilter(QObject* parent = nullptr);

    void setSection(std::optional<LibraryModel::Source> section);
    void setSearch(const QString& text);
    void setSourceModel(QAbstractItemModel* model) override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    std::optional<LibraryModel::Source> m_section;
    QString m_search;
};

} // namespace gesso
