// SPDX-License-Identifier: GPL-3.0-or-later
// Filling the form by keyboard, undoing, saving and finding all of it again; a refused value and its fix.
#include "tests/app/guifixture.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/form/fielderror.h"
#include "views/form/fieldrow.h"
#include "views/form/formpanel.h"
#include "views/shell/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QImage>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QTest>
#include <QUndoStack>

using namespace gesso;

namespace {

const QString words = QStringLiteral(
    "Ein Leuchtturm über der Küste, 灯台の夕暮れ, 등대 🌅👩‍🎨, “quotes” \\n");
constexpr int patienceMs = 20000;

} // namespace

class TestEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void typedUndoneSavedAndFoundAgain();
    void seedOfFullRangeReachesTheServerAndBack();
    void refusedValueIsMarkedFocusedAndFixedWithOneClick();
    void serverRefusalMarksItsField();
    void unsavedEditsAreAskedAbout();

private:
    ShellViewModel& shell() { return m_gui->shell(); }
    MainWindow& window() { return m_gui->window(); }
    WorkflowDocument& document() { return shell().document(); }
    const Json& valueOf(FieldRole role) { return document().field(m_gui->fieldOf(role)).value; }
    void focusField(FieldRole role);
    void typeNumber(FieldRole role, const QString& digits);
    void answerFileDialog(const QString& path);

    std::unique_ptr<testkit::GuiFixture> m_gui;
};

void TestEditing::init()
{
    m_gui = std::make_unique<testkit::GuiFixture>(*qApp, 0);
    m_gui->start();
}

void TestEditing::cleanup()
{
    m_gui.reset();
}

void TestEditing::focusField(FieldRole role)
{
    const qsizetype index = m_gui->fieldOf(role);
    QVERIFY(index >= 0);
    window().form().revealField(index);
    QVERIFY(window().form().rowOf(index)->isAncestorOf(QApplication::focusWidget()));
}

void TestEditing::typeNumber(FieldRole role, const QString& digits)
{
    focusField(role);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), digits);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
}

void TestEditing::answerFileDialog(const QString& path)
{
    QFileDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = window().findChild<QFileDialog*>()) && dialog->isVisible());
    auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    QVERIFY(name);
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(!window().findChild<QFileDialog*>());
}

void TestEditing::typedUndoneSavedAndFoundAgain()
{
    const Json promptBefore = valueOf(FieldRole::PositivePrompt);
    const Json seedBefore = valueOf(FieldRole::Seed);
    const Json widthBefore = valueOf(FieldRole::Width);

    // As an input method gives it: keys alone cannot write this.
    focusField(FieldRole::PositivePrompt);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    QInputMethodEvent typed;
    typed.setCommitString(words);
    QApplication::sendEvent(QApplication::focusWidget(), &typed);
    typeNumber(FieldRole::Seed, QStringLiteral("18446744073709551615"));
    typeNumber(FieldRole::Width, QStringLiteral("640"));
    const Json seed = std::uint64_t(18446744073709551615ULL);
    QCOMPARE(toQString(valueOf(FieldRole::PositivePrompt)), words);
    QCOMPARE(valueOf(FieldRole::Seed), seed);
    QCOMPARE(valueOf(FieldRole::Width), Json(640));
    QVERIFY(window().isWindowModified());

    const int steps = document().undoStack()->index();
    QVERIFY(steps >= 3);
    for (int i = 0; i < steps; ++i)
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(valueOf(FieldRole::PositivePrompt), promptBefore);
    QCOMPARE(valueOf(FieldRole::Seed), seedBefore);
    QCOMPARE(valueOf(FieldRole::Width), widthBefore);
    QVERIFY(!window().isWindowModified());
    for (int i = 0; i < steps; ++i)
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(toQString(valueOf(FieldRole::PositivePrompt)), words);
    QCOMPARE(valueOf(FieldRole::Width), Json(640));

    const QString path = m_gui->folder() + QLatin1String("/my workflow ü.json");
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    answerFileDialog(path);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patienceMs);
    QTRY_VERIFY(!window().isWindowModified());

    m_gui->openSample(QStringLiteral("soft-glow"));
    window().activateWindow(); // as a desktop does when a dialog closes
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTest::keyClick(&window(), Qt::Key_O, Qt::ControlModifier);
    answerFileDialog(path);
    QTRY_COMPARE_WITH_TIMEOUT(document().sourcePath(), path, patienceMs);
    QTRY_VERIFY(m_gui->fieldOf(FieldRole::PositivePrompt) >= 0);
    QCOMPARE(toQString(valueOf(FieldRole::PositivePrompt)), words);
    QCOMPARE(valueOf(FieldRole::Seed), seed);
    QCOMPARE(valueOf(FieldRole::Width), Json(640));
}

void TestEditing::seedOfFullRangeReachesTheServerAndBack()
{
    shell().setSeedRule(SeedRule::Fixed);
    typeNumber(FieldRole::Seed, QStringLiteral("18446744073709551615"));
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shell().runs().rowCount(), 1);
    m_gui->waitForRuns();
    QTRY_COMPARE(shell().results().rowCount(), 1);
    QVERIFY(shell().results().at(0).detail.contains(QLatin1String("18446744073709551615")));
    // From the picture itself, opened again.
    const QString path = shell().results().at(0).path;
    shell().document().undoStack()->setClean();
    shell().openWorkflow(path);
    QTRY_COMPARE_WITH_TIMEOUT(document().sourcePath(), path, patienceMs);
    QTRY_VERIFY(m_gui->fieldOf(FieldRole::Seed) >= 0);
    QCOMPARE(valueOf(FieldRole::Seed), Json(std::uint64_t(18446744073709551615ULL)));
}

void TestEditing::refusedValueIsMarkedFocusedAndFixedWithOneClick()
{
    const qsizetype model = m_gui->fieldOf(FieldRole::Model);
    const Json right = document().field(model).value;
    document().setValue(model, toJson(toQString(right).replace(QLatin1Char('.'), QLatin1String("-x."))));
    window().form().focusFilter();
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(document().finding(model).has_value());
    FieldRow* row = window().form().rowOf(model);
    QVERIFY(row);
    QTRY_VERIFY2(row->isAncestorOf(QApplication::focusWidget()), "the field has the focus");
    QVERIFY2(!row->visibleRegion().isEmpty(), "and is in sight");
    QVERIFY(!row->errorText().isEmpty());
    QCOMPARE(shell().runs().activeCount(), 0);
    QCOMPARE(shell().results().rowCount(), 0);

    QVERIFY(document().finding(model)->fix);
    auto* error = row->findChild<FieldError*>();
    QVERIFY(error && error->fixButton());
    QTest::mouseClick(error->fixButton(), Qt::LeftButton);
    QCOMPARE(document().field(model).value, right);
    QVERIFY(!document().finding(model));
    QVERIFY(row->errorText().isEmpty());
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(shell().results().rowCount(), 1, patienceMs);
}

void TestEditing::serverRefusalMarksItsField()
{
    // In the catalogue, gone since: only the server knows.
    m_gui = std::make_unique<testkit::GuiFixture>(*qApp, 0);
    const QString path = m_gui->folder() + QLatin1String("/demo/input/gone.png");
    QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
    QImage picture(64, 64, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QVERIFY(picture.save(path));
    m_gui->start();
    m_gui->openSample(QStringLiteral("picture-to-picture"));
    const qsizetype image = m_gui->fieldOf(FieldRole::Image);
    QVERIFY(image >= 0);
    document().setValue(image, "gone.png");
    QVERIFY(QFile::remove(path));

    window().form().focusFilter();
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shell().runs().rowCount(), 1);
    m_gui->waitForRuns();
    QCOMPARE(shell().runs().index(0).data(RunListModel::PhaseRole).toInt(), int(RunPhase::Refused));
    QTRY_COMPARE(document().firstFieldWithError(), image);
    FieldRow* row = window().form().rowOf(image);
    QVERIFY(row);
    QTRY_VERIFY(row->isAncestorOf(QApplication::focusWidget()));
    QVERIFY(!row->visibleRegion().isEmpty());
    QVERIFY(!row->errorText().isEmpty());
}

void TestEditing::unsavedEditsAreAskedAbout()
{
    typeNumber(FieldRole::Width, QStringLiteral("704"));
    window().close();
    QMessageBox* question = nullptr;
    QTRY_VERIFY((question = window().findChild<QMessageBox*>()) && question->isVisible());
    QVERIFY(window().isVisible());
    QTest::mouseClick(question->button(QMessageBox::Cancel), Qt::LeftButton);
    QTRY_VERIFY(!window().findChild<QMessageBox*>());
    QVERIFY(window().isVisible());
    window().close();
    QTRY_VERIFY((question = window().findChild<QMessageBox*>()) && question->isVisible());
    QTest::mouseClick(question->button(QMessageBox::Discard), Qt::LeftButton);
    QTRY_VERIFY(!window().isVisible());
}

QTEST_MAIN(TestEditing)
#include "tst_editing.moc"
