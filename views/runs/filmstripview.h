// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;
class QStackedWidget;

namespace gesso {

class ResultActions;
class ShellViewModel;
class ThemeController;

// The results of this session in a row, newest first. Choosing one shows it on the stage; dragging one out
// gives a real file.
class FilmstripView : public QWidget
{
    Q_OBJECT

public:
    FilmstripView(ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
                  QWidget* parent = nullptr);

    void step(int direction); // to the previous (-1) or next (1) result
    QListView& list() { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createList();
    void connectParts();
    void showChosen();
    void followStage();
    void showContextMenu(QPoint position);
    void showEmptyState();

    ShellViewModel& m_shell;
    ResultActions& m_actions;
    const ThemeController& m_theme;
    QListView* m_list = nullptr;
    QStackedWidget* m_stack = nullptr;
    bool m_following = false; // the stage changed the choice, not the person
};

} // namespace gesso
