// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/mainactions.h"

#include "viewmodels/runs/resultactions.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/theme/themecontroller.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QUndoStack>

namespace gesso {

MainActions::MainActions(ShellViewModel& shell, ResultActions& results, UserPrompts& prompts,
                         ThemeController& theme, QSettings& settings, QObject* parent)
    : QObject(parent)
    , m_shell(shell)
    , m_results(results)
    , m_prompts(prompts)
    , m_theme(theme)
    , m_settings(settings)
{
    createDocumentActions();
    createEditActions();
    createRunActions();
    createSeedActions();
    createWindowActions();
    createThemeActions(theme);
    createScaleActions();
    for (const auto signal :
         {&WorkflowDocument::opened, &WorkflowDocument::closed, &WorkflowDocument::modifiedChanged})
        connect(&m_shell.document(), signal, this, &MainActions::update);
    connect(m_shell.document().undoStack(), &QUndoStack::indexChanged, this, &MainActions::update);
    connect(&m_shell, &ShellViewModel::canGenerateChanged, this, &MainActions::update);
    connect(&m_shell, &ShellViewModel::preparingChanged, this, &MainActions::update);
    connect(&m_shell, &ShellViewModel::seedRuleChanged, this, &MainActions::update);
    connect(&m_shell.stage(), &StageViewModel::imageChanged, this, &MainActions::updatePictureActions);
    connect(&m_shell, &ShellViewModel::resubmitsLostChanged, this, &MainActions::update);
    connect(&m_shell.runs(), &RunListModel::activeCountChanged, this, &MainActions::update);
    connect(&m_shell.runs(), &RunListModel::lostRunsChanged, this, &MainActions::update);
    update();
}

QAction* MainActions::add(const char* icon, const QString& text, const QList<QKeySequence>& keys)
{
    auto* action = new QAction(text, this);
    if (icon)
        action->setIcon(m_theme.icon(QLatin1String(icon)));
    action->setShortcuts(keys);
    m_all.append(action);
    return action;
}

void MainActions::createDocumentActions()
{
    m_open = add("folder-open", tr("&Open a workflow …"), {QKeySequence::Open});
    connect(m_open, &QAction::triggered, this, [this] { m_shell.chooseWorkflow(); });
    m_save = add("save", tr("&Save the workflow"), {QKeySequence::Save});
    connect(m_save, &QAction::triggered, this, [this] { m_shell.saveWorkflow(); });
    m_saveAs = add("save", tr("Save the workflow &as …"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    connect(m_saveAs, &QAction::triggered, this, [this] { m_shell.saveWorkflowAs(); });
    m_addFolder = add("plus", tr("Add a &folder to the library …"));
    connect(m_addFolder, &QAction::triggered, this, [this] {
        m_prompts.chooseFolder({}, [this](const QString& folder) { m_shell.library().addFolder(folder); });
    });
    m_outputFolder = add("hard-drive", tr("Choose the o&utput folder …"));
    connect(m_outputFolder, &QAction::triggered, this, [this] { m_shell.chooseOutputFolder(); });
    m_showOutput = add("external-link", tr("Show the output &folder"));
    connect(m_showOutput, &QAction::triggered, this,
            [this] { m_prompts.openExternally(QUrl::fromLocalFile(m_shell.outputFolder())); });
    quit = add("log-in", tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
}

void MainActions::createEditActions()
{
    QUndoStack* undoStack = m_shell.document().undoStack();
    m_undo = add("undo-2", tr("&Undo"), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    connect(m_undo, &QAction::triggered, undoStack, &QUndoStack::undo);
    m_redo = add("redo-2", tr("&Redo"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    connect(m_redo, &QAction::triggered, undoStack, &QUndoStack::redo);
    m_resetAll = add("rotate-ccw", tr("Reset &all fields"));
    connect(m_resetAll, &QAction::triggered, this, [this] { m_shell.document().resetAll(); });
    createPictureActions();
    palette = add("command", tr("&Search everything …"), {QKeySequence(Qt::CTRL | Qt::Key_K)});
    findWorkflow = add("search", tr("Find a &workflow"), {QKeySequence(Qt::CTRL | Qt::Key_L)});
    findField = add("funnel", tr("&Find a field"), {QKeySequence(Qt::CTRL | Qt::Key_F)});
}

void MainActions::createPictureActions()
{
    const auto withPicture = [this](auto act) {
        return [this, act] {
            if (const QString path = m_shell.stage().imagePath(); !path.isEmpty())
                act(path);
        };
    };
    m_copyPicture = add("copy", tr("&Copy the picture"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    connect(m_copyPicture, &QAction::triggered, this,
            withPicture([this](const QString& path) { m_results.copyPicture(path); }));
    m_useAsInput =
        add("image-plus", tr("Use the picture as &input"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)});
    connect(m_useAsInput, &QAction::triggered, this,
            withPicture([this](const QString& path) { m_shell.useAsInput(path); }));
    m_saveCopy = add("download", tr("Save a copy of the &picture as …"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    connect(m_saveCopy, &QAction::triggered, this,
            withPicture([this](const QString& path) { m_results.saveAs(path); }));
}

void MainActions::createRunActions()
{
    m_generate = add("play", tr("&Generate"),
                     {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    connect(m_generate, &QAction::triggered, this, [this] { m_shell.generate(); });
    m_generateFour =
        add("layers", tr("Generate &four"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return)});
    connect(m_generateFour, &QAction::triggered, this, [this] { m_shell.generate(4); });
    m_cancel = add("square", tr("&Cancel the run"), {QKeySequence(Qt::CTRL | Qt::Key_Period)});
    m_cancel->setToolTip(tr("Stops the run on the server. On the stage, Esc does the same."));
    connect(m_cancel, &QAction::triggered, this, [this] { m_shell.cancelCurrent(); });
    m_cancelAll = add("x", tr("Cancel &all runs"));
    connect(m_cancelAll, &QAction::triggered, this, [this] { m_shell.cancelAll(); });
    m_runLostAgain = add("rotate-ccw", tr("Run &lost ones again"));
    m_runLostAgain->setToolTip(tr("Starts every run again that the server has lost."));
    connect(m_runLostAgain, &QAction::triggered, this, [this] { m_shell.runLostAgain(); });
    m_resubmitsLost = add(nullptr, tr("Run lost ones again &by itself"));
    m_resubmitsLost->setCheckable(true);
    connect(m_resubmitsLost, &QAction::triggered, this, [this](bool on) { m_shell.setResubmitsLost(on); });
}

void MainActions::createSeedActions()
{
    const std::pair<SeedRule, QString> rules[]{
        {SeedRule::Fixed, tr("Keep the seed")},
        {SeedRule::Increment, tr("Seed plus one after each run")},
        {SeedRule::Decrement, tr("Seed minus one after each run")},
        {SeedRule::Randomize, tr("A new random seed after each run")},
    };
    auto* group = new QActionGroup(this);
    for (const auto& [rule, text] : rules) {
        QAction* action = add(nullptr, text);
        action->setCheckable(true);
        action->setData(int(rule));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, rule = rule] { m_shell.setSeedRule(rule); });
        m_seedRules.append(action);
    }
}

void MainActions::createWindowActions()
{
    fit = add("maximize", tr("&Fit the picture"), {QKeySequence(Qt::CTRL | Qt::Key_0)});
    oneToOne = add("scan", tr("&Actual size"), {QKeySequence(Qt::CTRL | Qt::Key_1)});
    zoomIn = add("zoom-in", tr("Zoom &in"),
                 {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add("zoom-out", tr("Zoom &out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    fullScreen = add("expand", tr("F&ull screen"), {QKeySequence(Qt::Key_F11)});
    nextPanel = add("chevron-right", tr("&Next panel"), {QKeySequence(Qt::Key_F6)});
    previousPanel = add("chevron-left", tr("&Previous panel"), {QKeySequence(Qt::SHIFT | Qt::Key_F6)});
    resetLayout = add("rotate-ccw", tr("&Reset the layout"));
    connectToServer = add("plug", tr("&Connect to a server …"));
    createHelpActions();
}

void MainActions::createHelpActions()
{
    shortcuts = add("command", tr("&Keyboard shortcuts"), {QKeySequence(Qt::Key_F1)});
    showLog = add("file", tr("Show the &log files"));
    m_report = add("save", tr("Save a &diagnostics report …"));
    m_report->setToolTip(tr("What is connected, versions, disk and logs, without names and addresses."));
    DiagnosticsFlow& diagnostics = m_shell.diagnostics();
    connect(m_report, &QAction::triggered, &diagnostics, &DiagnosticsFlow::saveReport);
    m_record = add(nullptr, tr("&Record what the server says …"));
    m_record->setCheckable(true);
    m_record->setToolTip(tr("Writes all calls and frames into a file, for a report of a fault."));
    connect(m_record, &QAction::triggered, &diagnostics, [this, &diagnostics](bool wanted) {
        m_record->setChecked(diagnostics.isRecording()); // until there is a file
        wanted ? diagnostics.startRecording() : diagnostics.stopRecording();
    });
    connect(&diagnostics, &DiagnosticsFlow::recordingChanged, m_record,
            [this, &diagnostics] { m_record->setChecked(diagnostics.isRecording()); });
    about = add("info", tr("&About Gesso"));
}

void MainActions::createThemeActions(ThemeController& theme)
{
    const std::pair<ThemeChoice, QString> choices[]{
        {ThemeChoice::System, tr("Theme: as the &system")},
        {ThemeChoice::Dark, tr("Theme: &dark")},
        {ThemeChoice::Light, tr("Theme: &light")},
    };
    auto* group = new QActionGroup(this);
    for (const auto& [choice, text] : choices) {
        QAction* action = add(nullptr, text); // an icon would take the place of its mark
        action->setCheckable(true);
        action->setChecked(theme.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [&theme, choice = choice] { theme.setChoice(choice); });
        m_themes.append(action);
    }
}

void MainActions::createScaleActions()
{
    auto* group = new QActionGroup(this);
    const int now = m_settings.value(QLatin1String(scaleKey), 100).toInt();
    for (const int percent : {100, 125, 150, 175, 200, 250, 300}) {
        QAction* action = add(nullptr, tr("Interface %1 %").arg(percent));
        action->setCheckable(true);
        action->setChecked(percent == now);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, percent] {
            m_settings.setValue(QLatin1String(scaleKey), percent);
            Notice notice;
            notice.key = QStringLiteral("scale");
            notice.text = tr("The interface will be shown at %1 % when Gesso starts again.").arg(percent);
            m_shell.notices().post(notice);
        });
        m_scales.append(action);
    }
}

QMenu* MainActions::fill(QMenuBar& bar, const QList<QAction*>& panels)
{
    QMenu* file = bar.addMenu(tr("&File"));
    file->addActions({m_open, m_save, m_saveAs});
    file->addSeparator();
    file->addActions({m_addFolder, m_outputFolder, m_showOutput});
    file->addSeparator();
    file->addAction(quit);

    QMenu* edit = bar.addMenu(tr("&Edit"));
    edit->addActions({m_undo, m_redo, m_resetAll});
    edit->addSeparator();
    edit->addActions({m_copyPicture, m_useAsInput, m_saveCopy});
    edit->addSeparator();
    edit->addActions({palette, findWorkflow, findField});

    QMenu* run = bar.addMenu(tr("&Run"));
    run->addActions({m_generate, m_generateFour});
    run->addSeparator();
    run->addActions({m_cancel, m_cancelAll});
    run->addSeparator();
    run->addActions({m_runLostAgain, m_resubmitsLost});
    run->addSeparator();
    run->addActions(m_seedRules);

    QMenu* view = bar.addMenu(tr("&View"));
    view->addActions({fit, oneToOne, zoomIn, zoomOut, fullScreen});
    view->addSeparator();
    view->addActions(panels);
    view->addSeparator();
    view->addActions({nextPanel, previousPanel, resetLayout});
    view->addSeparator();
    view->addActions(m_themes);
    QMenu* scale = view->addMenu(m_theme.icon(QStringLiteral("type")), tr("&Interface size"));
    scale->addActions(m_scales);

    QMenu* server = bar.addMenu(tr("&Server"));
    QMenu* help = bar.addMenu(tr("&Help"));
    help->addActions({shortcuts, showLog});
    help->addSeparator();
    help->addActions({m_report, m_record});
    help->addSeparator();
    help->addAction(about);
    return server;
}

// With every preview.
void MainActions::updatePictureActions()
{
    const bool result = !m_shell.stage().imagePath().isEmpty();
    for (QAction* action : {m_copyPicture, m_useAsInput, m_saveCopy})
        action->setEnabled(result);
    const bool picture = m_shell.stage().showing() != StageViewModel::Showing::Nothing;
    for (QAction* action : {fit, oneToOne, zoomIn, zoomOut})
        action->setEnabled(picture);
}

void MainActions::update()
{
    const WorkflowDocument& document = m_shell.document();
    const QUndoStack* undoStack = document.undoStack();
    m_save->setEnabled(document.isOpen());
    m_saveAs->setEnabled(document.isOpen());
    m_resetAll->setEnabled(document.isOpen());
    m_undo->setEnabled(undoStack->canUndo());
    m_redo->setEnabled(undoStack->canRedo());
    updatePictureActions();
    m_generate->setEnabled(m_shell.canGenerate());
    m_generateFour->setEnabled(m_shell.canGenerate());
    const int active = m_shell.runs().activeCount();
    const bool underWay = active > 0 || m_shell.isPreparing();
    m_cancel->setEnabled(underWay);
    m_cancelAll->setEnabled(underWay);
    m_runLostAgain->setEnabled(!m_shell.runs().lostRuns().isEmpty());
    m_resubmitsLost->setChecked(m_shell.resubmitsLost());
    for (QAction* action : std::as_const(m_seedRules))
        action->setChecked(action->data().toInt() == int(m_shell.seedRule()));
}

} // namespace gesso
