// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/shell/commandlist.h"

#include <QMainWindow>

class QDockWidget;
class QMenu;
class QSettings;

namespace gesso {

class CommandField;
class CommandPalette;
class DockTitle;
class FilmstripView;
class FormPanel;
class LayoutKeeper;
class LibraryView;
class MainActions;
class ResultActions;
class RunsView;
class ServerBadge;
class ShellViewModel;
class StageView;
class ThemeController;
class UserPrompts;

// The window: stage in the middle, panels round it as docks, one line of menus above, one of states below.
// Lays out and forwards; what happens is the shell view model's.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(ShellViewModel& shell, UserPrompts& prompts, ThemeController& theme, QSettings& settings,
               QString logFolder, QWidget* parent = nullptr);
    ~MainWindow() override;

    StageView& stage() { return *m_stage; }
    FilmstripView& filmstrip() { return *m_filmstrip; }
    LibraryView& library() { return *m_library; }
    RunsView& runs() { return *m_runs; }
    FormPanel& form() { return *m_form; }
    CommandPalette& palette() { return *m_palette; }

    void openPalette();
    void openConnectDialog();
    void resetLayout();

Q_SIGNALS:
    void painted(); // for the first time

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QDockWidget* addPanel(const QString& name, const QString& title, Qt::DockWidgetArea area,
                          QWidget* content);
    void createPanels();
    void connectForm();
    void createHeader();
    void connectActions();
    void restoreLayout();
    void showTitle();
    void revealPanel(QDockWidget* dock, QWidget* focus);
    void cyclePanels(int direction);
    bool focusPanel(QWidget* panel); // false if nothing in it takes the focus
    QList<Command> commands() const;

    ShellViewModel& m_shell;
    UserPrompts& m_prompts;
    ThemeController& m_theme;
    QString m_logFolder;
    LayoutKeeper* m_layout = nullptr;
    ResultActions* m_results = nullptr;
    MainActions* m_actions = nullptr;
    StageView* m_stage = nullptr;
    LibraryView* m_library = nullptr;
    FormPanel* m_form = nullptr;
    FilmstripView* m_filmstrip = nullptr;
    RunsView* m_runs = nullptr;
    ServerBadge* m_badge = nullptr;
    CommandField* m_commandField = nullptr;
    CommandPalette* m_palette = nullptr;
    QDockWidget* m_libraryDock = nullptr;
    QDockWidget* m_formDock = nullptr;
    QDockWidget* m_filmstripDock = nullptr;
    QDockWidget* m_runsDock = nullptr;
    bool m_asking = false; // inside the close event
    bool m_mayClose = false;
    bool m_painted = false;
};

} // namespace gesso
