// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace gesso {

// Whether every word of `words` occurs in `text`, in any order, whatever the case, "\" and "/" being the
// same.
bool matchesWords(const QString& text, const QStringList& words);
QStringList wordsOf(const QString& filter);

// Keeps the rows whose text has every word typed.
class WordFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setFilterText(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
};

} // namespace gesso
