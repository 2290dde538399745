// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong, as the artist sees it: cancelled, folder gone, node raised, connection lost.
#include "core/comfy/comfyapi.h"
#include "tests/app/guifixture.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/runs/runsview.h"
#include "views/shell/mainwindow.h"
#include "views/stage/stagecanvas.h"
#include "views/stage/stageview.h"

#include <QCoroTask>

#include <QApplication>
#include <QDir>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTest>

using namespace gesso;

namespace {
constexpr int patienceMs = 20000;
}

class TestFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void cancelInterruptsOnTheServer_data();
    void cancelInterruptsOnTheServer();
    void escapeInAFieldCancelsNothing();
    void outputFolderGoneThenRetried();
    void failedNodeIsNamedWithItsTraceback();
    void lostConnectionComesBack();

private:
    ShellViewModel& shell() { return m_gui->shell(); }
    MainWindow& window() { return m_gui->window(); }
    void generate();
    void waitUntilPainting();
    QPushButton* noticeLink(const QString& text);

    std::unique_ptr<testkit::GuiFixture> m_gui;
};

void TestFailures::init()
{
    m_gui = std::make_unique<testkit::GuiFixture>(*qApp, 40);
    m_gui->start();
}

void TestFailures::cleanup()
{
    m_gui.reset();
}

void TestFailures::generate()
{
    const int before = shell().runs().rowCount();
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shell().runs().rowCount(), before + 1);
}

void TestFailures::waitUntilPainting()
{
    QTRY_VERIFY_WITH_TIMEOUT(shell().stage().framesShown() > 0, patienceMs);
}

QPushButton* TestFailures::noticeLink(const QString& text)
{
    const auto buttons = window().stage().findChildren<QPushButton*>();
    for (QPushButton* button : buttons) {
        if (button->isVisible() && button->text().startsWith(text))
            return button;
    }
    return nullptr;
}

void TestFailures::cancelInterruptsOnTheServer_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("Esc on the stage") << 0;
    QTest::newRow("button of the progress line") << 1;
    QTest::newRow("cross of the row") << 2;
    QTest::newRow("Del in the runs") << 3;
}

void TestFailures::cancelInterruptsOnTheServer()
{
    QFETCH(const int, how);
    generate();
    waitUntilPainting();
    QListView& list = window().runs().list();
    switch (how) {
    case 0:
        window().stage().canvas().setFocus();
        QTest::keyClick(&window().stage().canvas(), Qt::Key_Escape);
        break;
    case 1:
        QTest::mouseClick(window().findChild<QPushButton*>(QStringLiteral("cancelRun")), Qt::LeftButton);
        break;
    case 2: {
        const QRect row = list.visualRect(list.model()->index(0, 0));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(row.right() - 20, row.center().y()));
        break;
    }
    default:
        list.setCurrentIndex(list.model()->index(0, 0));
        QTest::keyClick(&list, Qt::Key_Delete);
    }
    m_gui->waitForRuns();
    const PromptId id = shell().runs().idAt(0);
    QCOMPARE(shell().runs().stateOf(id)->phase, RunPhase::Cancelled);
    const auto entry = QCoro::waitFor(shell().server().session()->api().history(id));
    QVERIFY(entry && *entry);
    QCOMPARE((*entry)->status, HistoryStatus::Interrupted);
    QCOMPARE(shell().results().rowCount(), 0);
    QVERIFY(QDir(m_gui->outputFolder()).isEmpty());
}

void TestFailures::escapeInAFieldCancelsNothing()
{
    generate();
    waitUntilPainting();
    auto* search = window().findChild<QLineEdit*>(QStringLiteral("librarySearch"));
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY2(window().stage().canvas().hasFocus(), "the first Esc leads to the stage");
    QCOMPARE(shell().runs().activeCount(), 1);
    m_gui->waitForRuns();
    QCOMPARE(shell().runs().stateOf(shell().runs().idAt(0))->phase, RunPhase::Done);
}

void TestFailures::outputFolderGoneThenRetried()
{
    // A plain file stands where the folder should be.
    const QString blocked = m_gui->folder() + QLatin1String("/blocked");
    QFile blocker(blocked);
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    blocker.close();
    shell().setOutputFolder(blocked + QLatin1String("/Gesso"));
    generate();
    m_gui->waitForRuns();
    QTRY_VERIFY(shell().notices().rowCount() > 0);
    QCOMPARE(shell().notices().at(0).tone, NoticeTone::Bad);
    QVERIFY(shell().notices().at(0).text.contains(QLatin1String("blocked")));
    QCOMPARE(shell().results().rowCount(), 0);
    QCOMPARE(QFileInfo(blocked).size(), 0);
    QDirIterator left(m_gui->folder() + QLatin1String("/Pictures"), QDir::Files,
                      QDirIterator::Subdirectories);
    QVERIFY2(!left.hasNext(), "no partial file anywhere");

    QVERIFY(QFile::remove(blocked));
    QVERIFY(QDir().mkpath(blocked + QLatin1String("/Gesso")));
    QPushButton* again = noticeLink(QStringLiteral("Try again"));
    QVERIFY(again);
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(shell().results().rowCount(), 1, patienceMs);
    QVERIFY(shell().results().at(0).path.startsWith(blocked));
    QVERIFY(!QImage(shell().results().at(0).path).isNull());
}

void TestFailures::failedNodeIsNamedWithItsTraceback()
{
    demo::Faults faults;
    faults.failNode = QStringLiteral("VAEDecode");
    m_gui->root().demoServer().setFaults(faults);
    generate();
    m_gui->waitForRuns();
    window().runs().showEnded();
    QListView& list = window().runs().list();
    list.setCurrentIndex(list.model()->index(0, 0));
    auto* message = window().findChild<QLabel*>(QStringLiteral("runMessage"));
    QVERIFY(message->isVisible());
    QVERIFY(!message->text().isEmpty());
    QCOMPARE(message->textFormat(), Qt::PlainText);
    const RunState* state = shell().runs().stateOf(shell().runs().idAt(0));
    QCOMPARE(state->phase, RunPhase::Failed);
    QVERIFY(state->failure);
    QCOMPARE(state->failure->nodeType, QStringLiteral("VAEDecode"));
}

void TestFailures::lostConnectionComesBack()
{
    const QUrl url = m_gui->root().demoServer().url();
    generate();
    waitUntilPainting();
    m_gui->root().demoServer().restart(true);
    QTRY_VERIFY_WITH_TIMEOUT(shell().server().state() != ConnectionState::Connected, patienceMs);
    QVERIFY(!shell().canGenerate());
    QTRY_COMPARE_WITH_TIMEOUT(shell().server().state(), ConnectionState::Connected, 2 * patienceMs);
    QCOMPARE(QUrl(shell().server().url()), url);
    m_gui->waitForRuns(); // ended somehow: never for ever under way
    generate();
    m_gui->waitForRuns();
    QCOMPARE(shell().runs().stateOf(shell().runs().idAt(0))->phase, RunPhase::Done);
}

QTEST_MAIN(TestFailures)
#include "tst_failures.moc"
