// SPDX-License-Identifier: GPL-3.0-or-later
// Kills the real window while it works, and starts it again. The window that is killed is this program, run
// once more with an argument; the server lives in the test.
#include "app/gui/compositionroot.h"
#include "core/demo/demoserver.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/runs/runsview.h"
#include "views/shell/mainwindow.h"
#include "views/widgets/segmentedtabs.h"

#include <QApplication>
#include <QDir>
#include <QListView>
#include <QProcess>
#include <QSettings>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>

using namespace gesso;

namespace {

constexpr int patienceMs = 60'000; // for a loaded machine; nothing waits longer than it needs
const QString childArgument = QStringLiteral("--window-to-be-killed");
const QString keptText = QStringLiteral("kept words, Mühle 風車");
const QSize windowSize(1234, 777);
constexpr const char* atWork = "AT WORK";

CompositionRoot::Options optionsIn(const QString& home)
{
    CompositionRoot::Options options;
    options.settingsFile = home + QLatin1String("/config/gesso.ini");
    options.cacheFolder = home + QLatin1String("/cache");
    options.logFolder = home + QLatin1String("/logs");
    options.outputFolder = home + QLatin1String("/Pictures/Gesso");
    options.historyFile = home + QLatin1String("/data/history.db");
    options.draftFolder = home + QLatin1String("/data/drafts");
    options.samplesFolder = QStringLiteral(":/gesso/workflows");
    return options;
}

qsizetype fieldOf(const WorkflowDocument& document, FieldRole role)
{
    for (qsizetype i = 0; i < document.fieldCount(); ++i) {
        if (document.field(i).role == role)
            return i;
    }
    return -1;
}

// Edits, starts two runs, moves the window, says so, and waits to be killed.
int runWindow(QApplication& app, const QString& home)
{
    CompositionRoot root(app, optionsIn(home));
    ShellViewModel& shell = root.shell();
    root.start();
    if (!QTest::qWaitFor([&shell] { return shell.canGenerate(); }, patienceMs))
        return 1;
    shell.document().setValue(fieldOf(shell.document(), FieldRole::Width), 64);
    shell.document().setValue(fieldOf(shell.document(), FieldRole::Height), 64);
    shell.document().setValue(fieldOf(shell.document(), FieldRole::PositivePrompt), toJson(keptText));
    root.window().resize(windowSize);
    shell.generate(2);
    const auto isAtWork = [&shell] {
        const RunState* first = shell.runs().stateOf(shell.runs().idAt(1));
        return first != nullptr && first->phase == RunPhase::Running;
    };
    if (!QTest::qWaitFor(isAtWork, patienceMs))
        return 1;
    std::puts(atWork);
    std::fflush(stdout);
    return QApplication::exec();
}

} // namespace

class TestRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aKilledWindowComesBack();
    void whatEndedMeanwhileIsShown();
    void lostRunsAreRunAgain();
    void lostRunsAreRunAgainByThemselves();

private:
    void killWindowAtWork();
    // As the next process would see it:
    QSize rememberedSize() const;
    int runsKnownAsTaken() const; // by the server; others would be sent again rather than called lost
    void startAgain();
    int notice(const QString& text) const;
    QString notices() const;
    void choose(const QString& text, int action);
    ShellViewModel& shell() const { return m_root->shell(); }
    RunPhase phase(int row) const;
    QStringList pictures() const { return QDir(shell().outputFolder()).entryList(QDir::Files); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<demo::DemoServer> m_server;
    std::unique_ptr<CompositionRoot> m_root;
};

void TestRestart::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<demo::DemoServer>();
    demo::DemoOptions options;
    options.stepDelayMs = 100;
    options.previewSize = 64;
    const Result<QUrl> url = m_server->start(options);
    QVERIFY(url);
    qputenv("COMFYUI_SERVER_ADDRESS", url->toString().toUtf8());
}

void TestRestart::cleanup()
{
    m_root.reset();
    m_server.reset();
}

QSize TestRestart::rememberedSize() const
{
    const QSettings settings(optionsIn(m_home->path()).settingsFile, QSettings::IniFormat);
    QWidget probe;
    constexpr qsizetype checksum = 16;
    const bool isKnown =
        probe.restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray().mid(checksum));
    return isKnown ? probe.size() : QSize();
}

int TestRestart::runsKnownAsTaken() const
{
    const QString connection = QStringLiteral("looking on");
    int runs = -1;
    {
        QSqlDatabase history = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        history.setDatabaseName(optionsIn(m_home->path()).historyFile);
        if (history.open()) {
            QSqlQuery query(QStringLiteral("SELECT COUNT(*) FROM run WHERE phase IN ('queued', 'running')"),
                            history);
            runs = query.next() ? query.value(0).toInt() : -1;
        }
    }
    QSqlDatabase::removeDatabase(connection);
    return runs;
}

void TestRestart::killWindowAtWork()
{
    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    window.start(QCoreApplication::applicationFilePath(), {childArgument, m_home->path()});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += window.readAllStandardOutput()).contains(atWork)
                                 || window.state() == QProcess::NotRunning,
                             patienceMs);
    QVERIFY2(said.contains(atWork), said.constData());
    // Nobody asks it to: what is edited and moved is on the disk a moment later.
    const QDir drafts(m_home->filePath(QStringLiteral("data/drafts")));
    QTRY_COMPARE_WITH_TIMEOUT(drafts.entryList({QStringLiteral("*.json")}).size(), 1, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(rememberedSize(), windowSize, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(runsKnownAsTaken(), 2, patienceMs);
    window.kill(); // SIGKILL: no destructor, no farewell
    QVERIFY(window.waitForFinished());
    QCOMPARE(window.exitStatus(), QProcess::CrashExit);
}

void TestRestart::startAgain()
{
    m_root = std::make_unique<CompositionRoot>(*qApp, optionsIn(m_home->path()));
    m_root->start();
    QTRY_COMPARE_WITH_TIMEOUT(shell().server().state(), ConnectionState::Connected, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().rowCount(), 2, patienceMs);
}

int TestRestart::notice(const QString& text) const
{
    for (int row = 0; row < shell().notices().rowCount(); ++row) {
        if (shell().notices().at(row).text.contains(text))
            return row;
    }
    return -1;
}

QString TestRestart::notices() const
{
    QStringList texts;
    for (int row = 0; row < shell().notices().rowCount(); ++row)
        texts.append(shell().notices().at(row).text);
    return texts.join(QLatin1Char('\n'));
}

void TestRestart::choose(const QString& text, int action)
{
    const int row = notice(text);
    QVERIFY2(row >= 0, qPrintable(notices()));
    shell().notices().trigger(shell().notices().at(row).id, action);
}

RunPhase TestRestart::phase(int row) const
{
    const RunState* state = shell().runs().stateOf(shell().runs().idAt(row));
    return state == nullptr ? RunPhase::Preparing : state->phase;
}

void TestRestart::aKilledWindowComesBack()
{
    killWindowAtWork();
    startAgain();
    // The edits are there, unsaved as they were.
    QTRY_VERIFY2_WITH_TIMEOUT(notice(QStringLiteral("are back")) >= 0, qPrintable(notices()), patienceMs);
    const WorkflowDocument& document = shell().document();
    QCOMPARE(toQString(document.field(fieldOf(document, FieldRole::PositivePrompt)).value), keptText);
    QVERIFY(document.isModified());
    QVERIFY(m_root->window().isWindowModified());
    QCOMPARE(m_root->window().size(), windowSize);
    // The runs go on and end with their pictures.
    QVERIFY2(notice(QStringLiteral("taken up again")) >= 0, qPrintable(notices()));
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().activeCount(), 0, patienceMs);
    QCOMPARE(phase(0), RunPhase::Done);
    QCOMPARE(phase(1), RunPhase::Done);
    QCOMPARE(shell().results().rowCount(), 2);
    QCOMPARE(pictures().size(), 2);
    for (int row = 0; row < 2; ++row) {
        const QModelIndex run = shell().runs().index(row);
        QTRY_VERIFY_WITH_TIMEOUT(!run.data(RunListModel::ThumbnailRole).value<QImage>().isNull(), patienceMs);
    }
    // And the file as it was is one click away.
    choose(QStringLiteral("are back"), 0);
    QVERIFY(!document.isModified());
}

void TestRestart::whatEndedMeanwhileIsShown()
{
    killWindowAtWork();
    const QDir made(m_server->folder() + QStringLiteral("/output"));
    QTRY_COMPARE_WITH_TIMEOUT(made.entryList(QDir::Files).size(), 2, patienceMs);
    QTest::qWait(300); // the server writes its history after the file
    startAgain();
    const QString away = QStringLiteral("2 runs finished while Gesso was away");
    QTRY_VERIFY2_WITH_TIMEOUT(notice(away) >= 0, qPrintable(notices()), patienceMs);
    QCOMPARE(pictures().size(), 2);
    QCOMPARE(shell().results().rowCount(), 2);
    QTRY_COMPARE(shell().stage().showing(), StageViewModel::Showing::Result); // the picture is decoded first
    choose(away, 0);
    QCOMPARE(m_root->window().runs().tabs()->current(), 1);
    QCOMPARE(m_root->window().runs().list().model()->rowCount(), 2);
}

void TestRestart::lostRunsAreRunAgain()
{
    killWindowAtWork();
    m_server->restart(false);
    startAgain();
    const QString lost = QStringLiteral("no longer knows 2 runs");
    QTRY_VERIFY2_WITH_TIMEOUT(notice(lost) >= 0, qPrintable(notices()), patienceMs);
    QCOMPARE(phase(0), RunPhase::Lost);
    QCOMPARE(shell().runs().lostRuns().size(), 2);
    // One from the list, by the keyboard: the notice then speaks of the other.
    RunsView& runs = m_root->window().runs();
    runs.showEnded();
    QTRY_COMPARE(runs.list().model()->rowCount(), 2);
    runs.list().setCurrentIndex(runs.list().model()->index(0, 0));
    QTest::keyClick(&runs.list(), Qt::Key_R);
    QTRY_COMPARE(shell().runs().rowCount(), 3);
    QTRY_COMPARE(shell().runs().lostRuns().size(), 1);
    QTRY_VERIFY2(notice(lost) < 0, qPrintable(notices()));
    choose(QStringLiteral("no longer knows this run"), 0);
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().rowCount(), 4, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().activeCount(), 0, patienceMs);
    QCOMPARE(phase(0), RunPhase::Done);
    QCOMPARE(phase(1), RunPhase::Done);
    QCOMPARE(pictures().size(), 2);
    QVERIFY(shell().runs().lostRuns().isEmpty());
}

void TestRestart::lostRunsAreRunAgainByThemselves()
{
    killWindowAtWork();
    m_server->restart(false);
    {
        QSettings settings(optionsIn(m_home->path()).settingsFile, QSettings::IniFormat);
        settings.setValue(QStringLiteral("runs/resubmitLost"), true);
    }
    m_root = std::make_unique<CompositionRoot>(*qApp, optionsIn(m_home->path()));
    m_root->start();
    QVERIFY(shell().resubmitsLost());
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().rowCount(), 4, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(shell().runs().activeCount(), 0, patienceMs);
    QCOMPARE(phase(0), RunPhase::Done);
    QCOMPARE(phase(1), RunPhase::Done);
    QCOMPARE(pictures().size(), 2);
    QVERIFY2(notice(QStringLiteral("no longer knows")) < 0, qPrintable(notices()));
}

int main(int argc, char** argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setApplicationName(QStringLiteral("gesso"));
    QCoreApplication::setOrganizationName(QStringLiteral("Gesso"));
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == childArgument)
        return runWindow(app, arguments.value(2));
    TestRestart test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_restart.moc"
