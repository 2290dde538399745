// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every main state of the real window, on the real demo server, to PNG files:
//   gesso_screenshots FOLDER [--theme dark|light] [--only NAME]
// Run it with QT_SCALE_FACTOR=2 for the same at 2×. tools/screenshots does all of it.
#include "tests/app/guifixture.h"

#include "core/demo/demoserver.h"
#include "tests/testkit/tcpproxy.h"
#include "tests/testkit/testdata.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/library/libraryview.h"
#include "views/runs/filmstripview.h"
#include "views/runs/runsview.h"
#include "views/servers/connectdialog.h"
#include "views/servers/serverbadge.h"
#include "views/shell/commandpalette.h"
#include "views/shell/mainwindow.h"
#include "views/stage/stagecanvas.h"
#include "views/stage/stageview.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/segmentedtabs.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLabel>
#include <QListView>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QTest>
#include <QToolTip>
#include <QUndoStack>

#include <algorithm>
#include <cstdio>

using namespace gesso;

namespace {

constexpr int patienceMs = 30000;
constexpr int stepDelayMs = 60;

class Photographer
{
public:
    Photographer(testkit::GuiFixture& gui, QString folder, QString theme, QString only)
        : m_gui(gui)
        , m_folder(std::move(folder))
        , m_theme(std::move(theme))
        , m_only(std::move(only))
    {
    }

    void all();
    void comeBack(const QString& name); // as it is after a start

private:
    void shoot(const QString& name, QWidget* over = nullptr);
    void run(int count = 1); // and wait for its end
    void firstStart();
    void running();
    void result();
    void refused();
    void failedDownload();
    void failedRun();
    void reconnecting();
    void busyServer();
    void shootWithTip(const QString& name); // of the server's badge
    void search();
    void palette();
    void connectDialog();
    void menu();
    void narrow();
    void lacking();
    ShellViewModel& shell() { return m_gui.shell(); }
    MainWindow& window() { return m_gui.window(); }
    template <typename Condition> void waitFor(Condition condition)
    {
        if (!QTest::qWaitFor(condition, patienceMs))
            std::fprintf(stderr, "screenshots: a state was not reached\n");
    }

    testkit::GuiFixture& m_gui;
    QString m_folder;
    QString m_theme;
    QString m_only;
};

void Photographer::shoot(const QString& name, QWidget* over)
{
    if (!m_only.isEmpty() && name != m_only)
        return;
    QTest::qWait(150); // the stage draws off the GUI thread
    QPixmap picture = window().grab();
    if (over) {
        // A dialog or popup is a window of its own: put where it stands.
        QPainter painter(&picture);
        painter.drawPixmap(over->mapToGlobal(QPoint()) - window().mapToGlobal(QPoint()), over->grab());
    }
    const QString scale = qFuzzyCompare(window().devicePixelRatioF(), 1.0)
        ? QString()
        : QStringLiteral("@%1x").arg(qRound(window().devicePixelRatioF()));
    const QString path = QStringLiteral("%1/%2-%3%4.png").arg(m_folder, name, m_theme, scale);
    if (!picture.save(path))
        std::fprintf(stderr, "screenshots: cannot write %s\n", qPrintable(path));
}

void Photographer::comeBack(const QString& name)
{
    waitFor([this] { return shell().document().isModified() && shell().notices().rowCount() >= 2; });
    m_gui.waitForRuns();
    QTest::qWait(500); // pictures are read off the GUI thread
    shoot(name);
}

void Photographer::run(int count)
{
    const int before = shell().runs().rowCount();
    shell().generate(count);
    waitFor([this, before, count] { return shell().runs().rowCount() == before + count; });
    m_gui.waitForRuns();
}

void Photographer::firstStart()
{
    shoot(QStringLiteral("first-start"));
}

void Photographer::running()
{
    shell().generate(4);
    waitFor([this] { return shell().stage().progress() > 0.7 && shell().stage().framesShown() > 3; });
    shoot(QStringLiteral("running"));
    shell().cancelAll();
    m_gui.waitForRuns();
}

void Photographer::result()
{
    run(2);
    m_gui.openSample(QStringLiteral("soft-glow"));
    run();
    m_gui.openSample(QStringLiteral("text-to-picture"));
    waitFor([this] { return shell().results().rowCount() >= 3; });
    window().filmstrip().step(1);
    QTest::qWait(300);
    window().runs().showEnded();
    shoot(QStringLiteral("result"));
    window().stage().canvas().oneToOne();
    shoot(QStringLiteral("actual-size"));
    window().stage().canvas().fit();
}

void Photographer::refused()
{
    const qsizetype model = m_gui.fieldOf(FieldRole::Model);
    const Json before = shell().document().field(model).value;
    shell().document().setValue(model, "sd\\demo-painter.safetensors");
    shell().generate();
    waitFor([this, model] { return shell().document().finding(model).has_value(); });
    shoot(QStringLiteral("refused-value"));
    shell().document().setValue(model, before);
}

void Photographer::failedRun()
{
    demo::Faults faults;
    faults.failNode = QStringLiteral("VAEDecode");
    m_gui.root().demoServer().setFaults(faults);
    run();
    m_gui.root().demoServer().setFaults({});
    window().runs().showEnded();
    window().runs().list().setCurrentIndex(window().runs().list().model()->index(0, 0));
    shoot(QStringLiteral("failed-run"));
}

void Photographer::failedDownload()
{
    // A plain file where a folder should be made.
    QFile blocker(m_gui.folder() + QLatin1String("/blocked"));
    if (!blocker.open(QIODevice::WriteOnly))
        return;
    const QString before = shell().outputFolder();
    shell().setOutputFolder(blocker.fileName() + QLatin1String("/Gesso"));
    run();
    QTest::qWait(200);
    shoot(QStringLiteral("download-failed"));
    shell().setOutputFolder(before);
    while (shell().notices().rowCount() > 0)
        shell().notices().dismiss(shell().notices().at(0).id);
}

void Photographer::reconnecting()
{
    const QUrl url = m_gui.root().demoServer().url();
    m_gui.root().demoServer().stop();
    waitFor([this] { return shell().server().status().retryInMs > 1500; });
    shootWithTip(QStringLiteral("reconnecting"));
    demo::DemoOptions options;
    options.port = quint16(url.port());
    options.stepDelayMs = stepDelayMs;
    if (!m_gui.root().demoServer().start(options))
        std::fprintf(stderr, "screenshots: the demo server did not come back\n");
    shell().server().reconnectNow();
    waitFor([this] { return shell().server().state() == ConnectionState::Connected; });
}

void Photographer::shootWithTip(const QString& name)
{
    auto* badge = window().findChild<ServerBadge*>();
    const QPoint below = badge->mapToGlobal(badge->rect().bottomLeft());
    QToolTip::showText(below - QPoint(120, 0), badge->toolTip(), badge);
    const QWidgetList open = QApplication::topLevelWidgets();
    const auto tip = std::find_if(open.cbegin(), open.cend(), [](const QWidget* widget) {
        return widget->isVisible() && widget->windowType() == Qt::ToolTip;
    });
    shoot(name, tip == open.cend() ? nullptr : *tip);
    QToolTip::hideText();
}

// It takes connections and answers nothing, as while it loads a model.
void Photographer::busyServer()
{
    testkit::TcpProxy wire(quint16(m_gui.root().demoServer().url().port()));
    shell().server().connectTo({QStringLiteral("studio-gpu"), wire.url(), {}, false});
    waitFor([this, &wire] { return QUrl(shell().server().url()) == wire.url(); });
    waitFor([this] { return shell().server().state() == ConnectionState::Connected; });
    wire.setFrozen(true);
    waitFor([this] { return shell().server().status().silentMs > 1000; });
    shootWithTip(QStringLiteral("busy-server"));
    wire.setFrozen(false);
    shell().server().connectToDemo();
    waitFor([this] { return shell().server().isDemo() && !shell().server().isConnecting(); });
}

void Photographer::search()
{
    window().library().searchField().setText(QStringLiteral("zebra"));
    shoot(QStringLiteral("empty-search"));
    window().library().searchField().clear();
}

void Photographer::palette()
{
    window().openPalette();
    QTest::keyClicks(window().palette().focusWidget(), QStringLiteral("pic"));
    shoot(QStringLiteral("command-palette"), &window().palette());
    window().palette().close();
}

void Photographer::connectDialog()
{
    window().openConnectDialog();
    auto* dialog = window().findChild<ConnectDialog*>();
    auto* address = dialog->findChild<QLineEdit*>(QStringLiteral("serverAddress"));
    address->setText(QStringLiteral("127.0.0.1:9"));
    dialog->findChild<QPushButton*>(QStringLiteral("connectButton"))->click();
    auto* result = dialog->findChild<QLabel*>(QStringLiteral("connectResult"));
    waitFor([result] { return result->property("tone").toString() == QLatin1String("bad"); });
    dialog->move(window().mapToGlobal(window().rect().center() - dialog->rect().center()));
    shoot(QStringLiteral("connect"), dialog);
    dialog->reject();
}

void Photographer::menu()
{
    auto* bar = window().findChild<QMenuBar*>();
    QAction* view = bar->actions().value(3);
    view->menu()->popup(bar->mapToGlobal(bar->actionGeometry(view).bottomLeft()));
    shoot(QStringLiteral("menu"), view->menu());
    view->menu()->close();
}

void Photographer::narrow()
{
    const QSize before = window().size();
    window().resize(1100, 700);
    shoot(QStringLiteral("small-window"));
    window().resize(before);
}

// A workflow with a node and a model that the server does not have: on its card, and at Generate.
void Photographer::lacking()
{
    const QString folder = m_gui.folder() + QLatin1String("/workflows");
    QDir().mkpath(folder);
    Json workflow = testkit::readJson(testkit::sourceFolder()
                                      + QLatin1String("/resources/workflows/text-to-picture.json"));
    for (Json& node : workflow["nodes"]) {
        if (node["type"] == "CheckpointLoaderSimple") {
            node["widgets_values"] = Json::parse(R"(["portrait-xl.safetensors"])");
            node["properties"]["models"] = Json::parse(R"([{"name": "portrait-xl.safetensors",
                "url": "https://example.org/portrait-xl.safetensors", "directory": "checkpoints"}])");
        } else if (node["type"] == "VAEDecode") {
            node["type"] = "VAEDecodeTiledPro";
            node["properties"]["cnr_id"] = "decoder-pack";
            node["properties"]["ver"] = "1.4.0";
        }
    }
    QFile file(folder + QLatin1String("/portrait.json"));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(writeJson(workflow));
    file.close();
    shell().library().addFolder(folder);
    window().library().findChild<SegmentedTabs*>()->setCurrent(2);
    shell().document().undoStack()->setClean(); // else it asks
    shell().openWorkflow(file.fileName());
    waitFor([this] {
        return shell().document().title() == QLatin1String("portrait") && shell().canGenerate()
            && shell().library().rowCount() > 0;
    });
    shell().generate();
    waitFor([this] { return !shell().isPreparing(); });
    shoot(QStringLiteral("lacking"));
    shell().library().removeFolder(folder);
    window().library().findChild<SegmentedTabs*>()->setCurrent(0);
    m_gui.openSample(QStringLiteral("text-to-picture"));
    while (shell().notices().rowCount() > 0)
        shell().notices().dismiss(shell().notices().at(0).id);
}

void Photographer::all()
{
    window().resize(1600, 960);
    QTest::qWait(400);
    firstStart();
    running();
    result();
    refused();
    lacking();
    failedRun();
    failedDownload();
    search();
    palette();
    connectDialog();
    menu();
    narrow();
    reconnecting();
    busyServer();
}

} // namespace

namespace {

// The start after Gesso was killed: edits are back, runs ended meanwhile, others were lost.
void photographReturn(QApplication& app, const QString& folder, const QString& theme, const QString& only)
{
    demo::DemoServer server;
    demo::DemoOptions options;
    options.stepDelayMs = 20;
    const Result<QUrl> url = server.start(options);
    testkit::GuiFixture gui(app, stepDelayMs);
    if (!url)
        return;
    qputenv("COMFYUI_SERVER_ADDRESS", url->toString().toUtf8());
    gui.keepEverything();
    gui.root().theme().setChoice(theme == QLatin1String("light") ? ThemeChoice::Light : ThemeChoice::Dark);
    gui.start();
    gui.shell().document().setValue(gui.fieldOf(FieldRole::PositivePrompt),
                                    "a watermill at dusk, warm light in the windows");
    gui.shell().generate(2);
    const QDir made(server.folder() + QLatin1String("/output"));
    const auto underWay = [&gui] { // both are on the server
        const auto phaseOf = [&gui](int row) {
            const RunState* state = gui.shell().runs().stateOf(gui.shell().runs().idAt(row));
            return state ? state->phase : RunPhase::Waiting;
        };
        return phaseOf(1) == RunPhase::Running && phaseOf(0) == RunPhase::Queued;
    };
    if (!QTest::qWaitFor(underWay, patienceMs))
        std::fprintf(stderr, "screenshots: the runs did not start\n");
    gui.kill();
    const auto ended = [&made] { return made.entryList(QDir::Files).size() == 2; };
    if (!QTest::qWaitFor(ended, 3 * patienceMs)) // nobody watches it: the machine may be busy
        std::fprintf(stderr, "screenshots: the runs did not end\n");
    QTest::qWait(300); // the server writes its history after the file
    gui.start();
    Photographer(gui, folder, theme, only).comeBack(QStringLiteral("come-back"));
    // Another picture: the server would answer the same one from its cache, at once.
    gui.shell().document().setValue(gui.fieldOf(FieldRole::PositivePrompt), "a watermill in the snow");
    gui.shell().generate(2);
    if (!QTest::qWaitFor(underWay, patienceMs))
        std::fprintf(stderr, "screenshots: the runs did not start again\n");
    gui.kill();
    server.restart(false);
    gui.start();
    gui.window().runs().showEnded();
    Photographer(gui, folder, theme, only).comeBack(QStringLiteral("lost-runs"));
    gui.shell().document().undoStack()->setClean();
    gui.stop();
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("gesso"));
    QCoreApplication::setOrganizationName(QStringLiteral("Gesso"));
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("where the PNG files go"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("dark or light"),
                                   QStringLiteral("name"), QStringLiteral("dark"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("just this state"),
                                  QStringLiteral("name"));
    parser.addOptions({theme, only});
    parser.process(app);
    const QString folder = parser.positionalArguments().value(0, QStringLiteral("."));
    QDir().mkpath(folder);

    testkit::GuiFixture gui(app, stepDelayMs);
    gui.root().theme().setChoice(parser.value(theme) == QLatin1String("light") ? ThemeChoice::Light
                                                                               : ThemeChoice::Dark);
    gui.start();
    Photographer(gui, folder, parser.value(theme), parser.value(only)).all();
    gui.stop();
    photographReturn(app, folder, parser.value(theme), parser.value(only));
    return 0;
}
