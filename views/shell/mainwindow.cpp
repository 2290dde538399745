// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/mainwindow.h"

#include "viewmodels/runs/resultactions.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/form/formpanel.h"
#include "views/library/libraryview.h"
#include "views/runs/filmstripview.h"
#include "views/runs/runsview.h"
#include "views/servers/connectdialog.h"
#include "views/servers/serverbadge.h"
#include "views/shell/aboutdialog.h"
#include "views/shell/commandfield.h"
#include "views/shell/commandpalette.h"
#include "views/shell/dockhandle.h"
#include "views/shell/docktitle.h"
#include "views/shell/headerbar.h"
#include "views/shell/layoutkeeper.h"
#include "views/shell/mainactions.h"
#include "views/shell/noticestack.h"
#include "views/shell/shortcutsdialog.h"
#include "views/shell/statusline.h"
#include "views/stage/stagecanvas.h"
#include "views/stage/stageview.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/segmentedtabs.h"
#include "views/widgets/showntext.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSet>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace gesso {

namespace {

constexpr int libraryWidth = 284;
constexpr int formWidth = 372;
constexpr int runsHeight = 190;

} // namespace

MainWindow::MainWindow(ShellViewModel& shell, UserPrompts& prompts, ThemeController& theme,
                       QSettings& settings, QString logFolder, QWidget* parent)
    : QMainWindow(parent)
    , m_shell(shell)
    , m_prompts(prompts)
    , m_theme(theme)
    , m_logFolder(std::move(logFolder))
    , m_results(new ResultActions(prompts, shell.notices(), this))
    , m_actions(new MainActions(shell, *m_results, prompts, theme, settings, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    // The sides reach from top to bottom; strip and runs stay under the stage.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);

    m_stage = new StageView(m_shell, *m_results, m_theme, this);
    m_stage->insertAboveProgress(new NoticeStack(m_shell.notices(), m_theme, m_stage));
    setCentralWidget(m_stage);
    createPanels();
    createHeader();
    auto* status = new StatusLine(m_shell, this);
    connect(status, &StatusLine::outputFolderClicked, this,
            [this] { m_prompts.openExternally(QUrl::fromLocalFile(m_shell.outputFolder())); });
    setStatusBar(status);
    connectActions();

    for (const auto signal :
         {&WorkflowDocument::opened, &WorkflowDocument::closed, &WorkflowDocument::modifiedChanged})
        connect(&m_shell.document(), signal, this, &MainWindow::showTitle);
    showTitle();
    m_layout = new LayoutKeeper(*this, settings);
    restoreLayout();
    m_stage->canvas().setFocus();
}

MainWindow::~MainWindow() = default;

QDockWidget* MainWindow::addPanel(const QString& name, const QString& title, Qt::DockWidgetArea area,
                                  QWidget* content)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String("dock.") + name); // names of the remembered layout
    dock->setTitleBarWidget(new DockTitle(*dock, m_theme));
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::createPanels()
{
    m_library = new LibraryView(m_shell, m_prompts, m_theme, this);
    m_form = new FormPanel(m_shell.document(), m_theme, m_prompts, this);
    m_filmstrip = new FilmstripView(m_shell, *m_results, m_theme, this);
    m_runs = new RunsView(m_shell, m_theme, this);

    const auto titleOf = [](QDockWidget* dock) { return static_cast<DockTitle*>(dock->titleBarWidget()); };
    m_libraryDock = addPanel(QStringLiteral("library"), tr("Library"), Qt::LeftDockWidgetArea, m_library);
    titleOf(m_libraryDock)->addTrailing(m_library->addFolderButton());
    m_formDock = addPanel(QStringLiteral("form"), tr("Form"), Qt::RightDockWidgetArea, m_form);
    // The form's head names the workflow and holds its menu: a second bar above it would say less.
    delete m_formDock->titleBarWidget();
    m_formDock->setTitleBarWidget(m_form->head());
    m_form->head()->setProperty("role", QStringLiteral("panel"));
    m_form->head()->setAttribute(Qt::WA_StyledBackground);
    m_filmstripDock =
        addPanel(QStringLiteral("filmstrip"), tr("Results"), Qt::BottomDockWidgetArea, m_filmstrip);
    // The strip is low: its handle stands at its left.
    m_filmstripDock->setFeatures(m_filmstripDock->features() | QDockWidget::DockWidgetVerticalTitleBar);
    delete m_filmstripDock->titleBarWidget();
    m_filmstripDock->setTitleBarWidget(new DockHandle(*m_filmstripDock, m_theme));
    m_runsDock = addPanel(QStringLiteral("runs"), tr("Runs"), Qt::BottomDockWidgetArea, m_runs);
    titleOf(m_runsDock)->setLeading(m_runs->tabs());
    titleOf(m_runsDock)->addTrailing(m_runs->cancelAllButton());

    connect(m_stage, &StageView::stepRequested, m_filmstrip, &FilmstripView::step);
    connectForm();
}

void MainWindow::connectForm()
{
    connect(m_form, &FormPanel::generateRequested, this, [this](int count) { m_shell.generate(count); });
    connect(m_form, &FormPanel::saveRequested, this, [this] { m_shell.saveWorkflow(); });
    connect(m_form, &FormPanel::saveAsRequested, this, [this] { m_shell.saveWorkflowAs(); });
    connect(m_form, &FormPanel::seedRuleChosen, this, [this](SeedRule rule) { m_shell.setSeedRule(rule); });
    const auto showGenerate = [this] {
        m_form->setCanGenerate(m_shell.canGenerate(), m_shell.cannotGenerateReason());
    };
    const auto showRule = [this] { m_form->setSeedRule(m_shell.seedRule()); };
    const auto showSeed = [this] {
        m_form->setShownSeed(m_shell.shownSeed());
        m_form->setNextSeedText(m_shell.nextSeedText());
    };
    connect(&m_shell, &ShellViewModel::canGenerateChanged, this, showGenerate);
    connect(&m_shell, &ShellViewModel::preparingChanged, m_form,
            [this] { m_form->setPreparing(m_shell.isPreparing()); });
    connect(&m_shell, &ShellViewModel::seedRuleChanged, this, showRule);
    connect(&m_shell, &ShellViewModel::seedTruthChanged, this, showSeed);
    showGenerate();
    showRule();
    showSeed();
}

void MainWindow::createHeader()
{
    m_commandField = new CommandField(
        m_theme, QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText), this);
    m_badge = new ServerBadge(m_shell.server(), m_theme, this);
    m_palette = new CommandPalette(m_theme, this);
    auto* header = new HeaderBar(m_commandField, m_badge, this);
    setMenuWidget(header);
    QList<QAction*> panels;
    for (const QDockWidget* dock : {m_libraryDock, m_formDock, m_filmstripDock, m_runsDock})
        panels.append(dock->toggleViewAction());
    QMenu* server = m_actions->fill(header->menuBar(), panels);
    connect(server, &QMenu::aboutToShow, this, [this, server] {
        server->clear();
        m_badge->fillMenu(*server);
    });
    addActions(m_actions->all()); // shortcuts work wherever the focus is
}

void MainWindow::connectActions()
{
    connect(m_commandField, &QAbstractButton::clicked, this, &MainWindow::openPalette);
    connect(m_badge, &ServerBadge::connectRequested, this, &MainWindow::openConnectDialog);
    connect(m_actions->palette, &QAction::triggered, this, &MainWindow::openPalette);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->findWorkflow, &QAction::triggered, this,
            [this] { revealPanel(m_libraryDock, &m_library->searchField()); });
    connect(m_actions->findField, &QAction::triggered, this, [this] {
        revealPanel(m_formDock, m_form);
        m_form->focusFilter();
    });
    StageCanvas& canvas = m_stage->canvas();
    constexpr double keyZoom = 1.25;
    connect(m_actions->fit, &QAction::triggered, &canvas, &StageCanvas::fit);
    connect(m_actions->oneToOne, &QAction::triggered, &canvas, &StageCanvas::oneToOne);
    connect(m_actions->zoomIn, &QAction::triggered, &canvas, [&canvas] { canvas.zoomBy(keyZoom); });
    connect(m_actions->zoomOut, &QAction::triggered, &canvas, [&canvas] { canvas.zoomBy(1 / keyZoom); });
    connect(m_actions->fullScreen, &QAction::triggered, m_stage, &StageView::showFullScreen);
    connect(m_actions->nextPanel, &QAction::triggered, this, [this] { cyclePanels(1); });
    connect(m_actions->previousPanel, &QAction::triggered, this, [this] { cyclePanels(-1); });
    connect(m_actions->resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->connectToServer, &QAction::triggered, this, &MainWindow::openConnectDialog);
    connect(m_actions->showLog, &QAction::triggered, this,
            [this] { m_prompts.openExternally(QUrl::fromLocalFile(m_logFolder)); });
    connect(m_actions->about, &QAction::triggered, this, [this] { (new AboutDialog(this))->open(); });
    connect(m_actions->shortcuts, &QAction::triggered, this,
            [this] { (new ShortcutsDialog(m_actions->all(), this))->open(); });
    connect(&m_shell, &ShellViewModel::finishedRunsRequested, this, [this] {
        revealPanel(m_runsDock, &m_runs->list());
        m_runs->showEnded();
    });
    // A field that was refused must be seen, wherever its panel went.
    connect(&m_shell.document(), &WorkflowDocument::revealField, this, [this] {
        m_formDock->show();
        m_formDock->raise();
    });
}

void MainWindow::restoreLayout()
{
    if (!m_layout->restoreGeometry())
        resize(1600, 960);
    if (!m_layout->restoreDocks())
        resetLayout();
    m_layout->watch();
}

void MainWindow::resetLayout()
{
    const std::pair<QDockWidget*, Qt::DockWidgetArea> places[]{
        {m_libraryDock, Qt::LeftDockWidgetArea},
        {m_formDock, Qt::RightDockWidgetArea},
        {m_filmstripDock, Qt::BottomDockWidgetArea},
        {m_runsDock, Qt::BottomDockWidgetArea},
    };
    for (const auto& [dock, area] : places) {
        dock->setFloating(false);
        addDockWidget(area, dock);
        dock->show();
    }
    splitDockWidget(m_filmstripDock, m_runsDock, Qt::Vertical);
    resizeDocks({m_libraryDock, m_formDock}, {libraryWidth, formWidth}, Qt::Horizontal);
    resizeDocks({m_runsDock}, {runsHeight}, Qt::Vertical);
}

void MainWindow::showTitle()
{
    const WorkflowDocument& document = m_shell.document();
    const QString title = document.isOpen() ? shownText(document.title(), longestLine) : QString();
    // "[*]" in a title is Qt's mark for modified; one in a file's name is doubled to stay as it is.
    QString shown = title;
    shown.replace(QLatin1String("[*]"), QLatin1String("[*][*]"));
    setWindowTitle(title.isEmpty() ? QStringLiteral("Gesso") : shown + QStringLiteral("[*] — Gesso"));
    setWindowModified(document.isModified());
}

void MainWindow::openPalette()
{
    m_palette->open(commands(), QRect(m_commandField->mapTo(this, QPoint()), m_commandField->size()));
}

QList<Command> MainWindow::commands() const
{
    QList<Command> commands;
    for (QAction* action : m_actions->all()) {
        if (action == m_actions->palette)
            continue;
        commands.append({.title = action->text().remove(QLatin1Char('&')),
                         .kind = tr("Action"),
                         .shortcut = action->shortcut().toString(QKeySequence::NativeText),
                         .icon = action->icon(),
                         .enabled = action->isEnabled(),
                         .run = [action] { action->trigger(); }});
    }
    const LibraryModel& library = m_shell.library();
    QSet<QString> seen; // a recent workflow is listed under its own part too
    for (int row = 0; row < library.rowCount(); ++row) {
        const QModelIndex index = library.index(row);
        const QString path = index.data(LibraryModel::PathRole).toString();
        if (seen.contains(path))
            continue;
        seen.insert(path);
        commands.append({.title = index.data(LibraryModel::TitleRole).toString(),
                         .kind = tr("Workflow"),
                         .shortcut = {},
                         .icon = m_theme.icon(QStringLiteral("layers")),
                         .run = [this, path] { m_shell.openWorkflow(path); }});
    }
    const ResultModel& results = m_shell.results();
    for (int row = 0; row < results.rowCount(); ++row) {
        const ResultModel::Entry& entry = results.at(row);
        commands.append({.title = entry.title + QLatin1String(", ") + entry.detail,
                         .kind = tr("Result"),
                         .shortcut = {},
                         .icon = m_theme.icon(QStringLiteral("image")),
                         .run = [this, path = entry.path, detail = entry.detail] {
                             m_shell.stage().showResult(path, detail);
                         }});
    }
    return commands;
}

void MainWindow::openConnectDialog()
{
    (new ConnectDialog(m_shell.server(), this))->open();
}

void MainWindow::revealPanel(QDockWidget* dock, QWidget* focus)
{
    dock->show();
    dock->raise();
    focus->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::cyclePanels(int direction)
{
    QList<QWidget*> panels{m_libraryDock, m_stage, m_formDock, m_filmstripDock, m_runsDock};
    panels.removeIf([](const QWidget* panel) { return !panel->isVisible(); });
    const QWidget* focused = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < panels.size(); ++i) {
        if (panels[i]->isAncestorOf(focused))
            at = i;
    }
    // An empty panel has nothing to focus: the one after it is next.
    for (qsizetype step = 1; step <= panels.size(); ++step) {
        const qsizetype from = at < 0 ? -direction : at;
        const qsizetype next = (from + direction * step + (step + 1) * panels.size()) % panels.size();
        if (focusPanel(panels[next]))
            return;
    }
}

bool MainWindow::focusPanel(QWidget* panel)
{
    // Where the panel's work is, not its cross.
    QWidget* target = panel == m_stage ? static_cast<QWidget*>(&m_stage->canvas())
        : panel == m_libraryDock       ? static_cast<QWidget*>(&m_library->list())
        : panel == m_filmstripDock     ? static_cast<QWidget*>(&m_filmstrip->list())
        : panel == m_runsDock          ? static_cast<QWidget*>(&m_runs->list())
                                       : nullptr;
    if (target && target->isVisible()) {
        target->setFocus(Qt::TabFocusReason);
        return true;
    }
    // The form, or a panel that is empty so far: the first thing in it.
    const auto* dock = qobject_cast<QDockWidget*>(panel);
    for (QWidget* widget = panel->nextInFocusChain(); widget != panel; widget = widget->nextInFocusChain()) {
        const bool inHead = dock && dock->titleBarWidget()->isAncestorOf(widget);
        if (panel->isAncestorOf(widget) && !inHead && widget->isVisible() && widget->isEnabled()
            && (widget->focusPolicy() & Qt::TabFocus)) {
            widget->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return false;
}

bool MainWindow::event(QEvent* event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::Paint && !std::exchange(m_painted, true))
        Q_EMIT painted();
    return handled;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_mayClose) {
        // The answer may come at once, when nothing is unsaved: Qt ignores a close() inside a close event.
        m_asking = true;
        m_shell.requestClose([this] {
            m_mayClose = true;
            if (!m_asking)
                close();
        });
        m_asking = false;
    }
    if (!m_mayClose) {
        event->ignore();
        return;
    }
    m_layout->save();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    m_shell.openDropped(event->mimeData()->urls());
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    // Esc cancels only from the stage: elsewhere it first leads there, so that leaving a field never costs a
    // run.
    if (m_stage->canvas().hasFocus() || m_stage->isAncestorOf(QApplication::focusWidget()))
        m_shell.cancelCurrent();
    else
        m_stage->canvas().setFocus(Qt::OtherFocusReason);
}

} // namespace gesso
