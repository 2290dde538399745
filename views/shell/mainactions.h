// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QSettings;

namespace gesso {

class ResultActions;
class ShellViewModel;
class ThemeController;
class UserPrompts;

// Every action of the window, each with icon, shortcut and place in a menu, and enabled only where it does
// something. What needs the window itself (zoom, panels) is connected by it.
class MainActions : public QObject
{
    Q_OBJECT

public:
    MainActions(ShellViewModel& shell, ResultActions& results, UserPrompts& prompts, ThemeController& theme,
                QSettings& settings, QObject* parent);

    // To be connected by the window.
    QAction* quit;
    QAction* palette;
    QAction* findWorkflow;
    QAction* findField;
    QAction* fit;
    QAction* oneToOne;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* fullScreen;
    QAction* nextPanel;
    QAction* previousPanel;
    QAction* resetLayout;
    QAction* connectToServer;
    QAction* about;
    QAction* shortcuts;
    QAction* showLog;

    // Adds all menus; `panels` are the docks' toggle actions. Returns the Server menu, which the badge fills.
    QMenu* fill(QMenuBar& bar, const QList<QAction*>& panels);
    QList<QAction*> all() const { return m_all; } // for the palette, in the menus' order

private:
    QAction* add(const char* icon, const QString& text, const QList<QKeySequence>& keys = {});
    void createDocumentActions();
    void createEditActions();
    void createPictureActions();
    void createRunActions();
    void createWindowActions();
    void createHelpActions();
    void createThemeActions(ThemeController& theme);
    void createScaleActions();
    void createSeedActions();
    void update();
    void updatePictureActions();

    ShellViewModel& m_shell;
    ResultActions& m_results;
    UserPrompts& m_prompts;
    ThemeController& m_theme;
    QSettings& m_settings;
    QList<QAction*> m_all;
    QAction* m_open = nullptr;
    QAction* m_save = nullptr;
    QAction* m_saveAs = nullptr;
    QAction* m_addFolder = nullptr;
    QAction* m_outputFolder = nullptr;
    QAction* m_showOutput = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_resetAll = nullptr;
    QAction* m_copyPicture = nullptr;
    QAction* m_useAsInput = nullptr;
    QAction* m_saveCopy = nullptr;
    QAction* m_generate = nullptr;
    QAction* m_generateFour = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_cancelAll = nullptr;
    QAction* m_runLostAgain = nullptr;
    QAction* m_resubmitsLost = nullptr;
    QAction* m_report = nullptr;
    QAction* m_record = nullptr;
    QList<QAction*> m_themes;
    QList<QAction*> m_scales;
    QList<QAction*> m_seedRules;
};

// Interface scale in per cent, read before the application exists.
inline constexpr const char* scaleKey = "view/scale";

} // namespace gesso
