// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;
class QPushButton;
class QStackedWidget;

namespace gesso {

class EmptyState;
class RunDetails;
class RunFilter;
class RunRowDelegate;
class SegmentedTabs;
class ShellViewModel;
class ThemeController;

// The runs of this session: those under way, and those that ended.
class RunsView : public QWidget
{
    Q_OBJECT

public:
    RunsView(ShellViewModel& shell, const ThemeController& theme, QWidget* parent = nullptr);

    // For the dock's title bar, which takes them.
    SegmentedTabs* tabs() const { return m_tabs; }
    QPushButton* cancelAllButton() const { return m_cancelAll; }

    QListView& list() { return *m_list; }
    void showEnded(); // the second tab

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createList();
    void connectParts();
    void cancel(const QModelIndex& index);
    void runAgain(const QModelIndex& index); // if it has ended
    void showCounts();
    void showDetails();
    void showResultOf(const QModelIndex& index);
    void showContextMenu(QPoint position);

    ShellViewModel& m_shell;
    const ThemeController& m_theme;
    RunFilter* m_filter = nullptr;
    SegmentedTabs* m_tabs = nullptr;
    QPushButton* m_cancelAll = nullptr;
    RunRowDelegate* m_rows = nullptr; // paints them, with their buttons
    QListView* m_list = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedWidget* m_stack = nullptr;
    RunDetails* m_details = nullptr;
};

} // namespace gesso
