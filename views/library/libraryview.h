// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractButton;
class QListView;
class QPushButton;
class QStackedWidget;

namespace gesso {

class EmptyState;
class LibraryCardDelegate;
class LibraryFilter;
class SearchField;
class SegmentedTabs;
class ShellViewModel;
class ThemeController;
class UserPrompts;

// Workflows as cards in two columns: samples, the ones used last, the person's folders; found by typing.
class LibraryView : public QWidget
{
    Q_OBJECT

public:
    LibraryView(ShellViewModel& shell, UserPrompts& prompts, const ThemeController& theme,
                QWidget* parent = nullptr);

    QAbstractButton* addFolderButton() const { return m_addFolder; } // for the dock's title bar
    SearchField& searchField() { return *m_search; }
    QListView& list() { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createList();
    void layOut();
    void connectParts();
    void open(const QModelIndex& index);
    void addFolder();
    void showSection(int tab);
    void showEmptyState();
    void showCurrent(); // marks the card of the open workflow
    void fitColumns();
    void showContextMenu(QPoint position);

    ShellViewModel& m_shell;
    UserPrompts& m_prompts;
    const ThemeController& m_theme;
    LibraryFilter* m_filter = nullptr;
    LibraryCardDelegate* m_delegate = nullptr;
    QAbstractButton* m_addFolder = nullptr;
    SearchField* m_search = nullptr;
    SegmentedTabs* m_tabs = nullptr;
    QListView* m_list = nullptr;
    EmptyState* m_empty = nullptr;
    QPushButton* m_emptyAction = nullptr;
    QStackedWidget* m_stack = nullptr;
};

} // namespace gesso
