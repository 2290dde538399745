// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QAbstractItemModel;
class QLabel;
class QListView;

namespace gesso {

class SearchField;
class ThemeController;
class WordFilter;

// The list of a ComboSearch: a search field over the choices that fit. The keyboard stays in the field while
// ↑, ↓ and the Page keys move in the list.
class ComboPopup : public QFrame
{
    Q_OBJECT

public:
    ComboPopup(const ThemeController& theme, QAbstractItemModel* choices, QWidget* parent);

    void openAt(QWidget* anchor, int current, const QString& filter);

Q_SIGNALS:
    void chosen(int index); // row of the choices

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void applyFilter(const QString& text);
    void choose(const QModelIndex& index);
    void place(QWidget* anchor);

    SearchField* m_search;
    QListView* m_list;
    QLabel* m_nothing;
    WordFilter* m_filter;
    int m_current = -1;
};

} // namespace gesso
