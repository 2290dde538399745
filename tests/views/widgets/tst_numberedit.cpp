// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/numberedit.h"

#include "tests/views/widgets/themed.h"

#include <QAction>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace gesso;

class TestNumberEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void typingIsToldAsSoonAsItIsAllowed();
    void arithmetic();
    void leavingClampsAndTidies();
    void nonsenseIsTakenBack();
    void escapeReturnsToTheValueBefore();
    void arrowsAndPagesStep();
    void theWholeUnsignedRange();
    void setValueEmitsNothingAndKeepsWhatIsTyped();
    void draggingSidewaysChanges();
    void aClickGivesTheFocus();
    void theWheelNeedsTheFocus();
    void ctrlEnterTakesWhatIsTypedAndPassesOn();
    void readOnlyStaysAsItIs();

private:
    QString text() const { return m_edit->value().text(); }
    void wheel(int delta);

    std::unique_ptr<test::Themed> m_themed;
    std::unique_ptr<QWidget> m_window;
    NumberEdit* m_edit = nullptr;
    QLineEdit* m_line = nullptr;
    QLineEdit* m_other = nullptr;
};

void TestNumberEdit::init()
{
    m_themed = std::make_unique<test::Themed>();
    m_window = std::make_unique<QWidget>();
    auto* layout = new QVBoxLayout(m_window.get());
    m_other = new QLineEdit;
    m_edit = new NumberEdit(m_themed->theme);
    layout->addWidget(m_other);
    layout->addWidget(m_edit);
    m_line = m_edit->lineEdit();
    m_edit->setRule({true, Number::fromInteger(16), Number::fromInteger(4096), Number::fromInteger(8), 0});
    m_edit->setValue(Number::fromInteger(512));
    m_window->resize(300, 100);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_other->setFocus();
}

void TestNumberEdit::cleanup()
{
    m_window.reset();
}

void TestNumberEdit::typingIsToldAsSoonAsItIsAllowed()
{
    QSignalSpy edited(m_edit, &NumberEdit::valueEdited);
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("1"));
    QCOMPARE(edited.count(), 0); // below the least: not yet
    QCOMPARE(text(), QStringLiteral("512"));
    QTest::keyClicks(m_line, QStringLiteral("024"));
    QCOMPARE(text(), QStringLiteral("1024"));
    QCOMPARE(m_line->text(), QStringLiteral("1024"));
    QVERIFY(edited.count() >= 1);
}

void TestNumberEdit::arithmetic()
{
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("1024*1.5"));
    QCOMPARE(text(), QStringLiteral("1536")); // told while typing, the text stays
    QCOMPARE(m_line->text(), QStringLiteral("1024*1.5"));
    QTest::keyClick(m_line, Qt::Key_Return);
    QCOMPARE(m_line->text(), QStringLiteral("1536"));
    QVERIFY(m_edit->value().isInteger());
}

void TestNumberEdit::leavingClampsAndTidies()
{
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("99999"));
    m_other->setFocus();
    QCOMPARE(text(), QStringLiteral("4096"));
    QCOMPARE(m_line->text(), QStringLiteral("4096"));
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("515"));
    m_other->setFocus();
    QCOMPARE(m_line->text(), QStringLiteral("512")); // on its step
}

void TestNumberEdit::nonsenseIsTakenBack()
{
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("wide"));
    m_other->setFocus();
    QCOMPARE(m_line->text(), QStringLiteral("512"));
    QCOMPARE(text(), QStringLiteral("512"));
}

void TestNumberEdit::escapeReturnsToTheValueBefore()
{
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("1024"));
    QCOMPARE(text(), QStringLiteral("1024"));
    QTest::keyClick(m_line, Qt::Key_Escape);
    QCOMPARE(text(), QStringLiteral("512"));
    QCOMPARE(m_line->text(), QStringLiteral("512"));
}

void TestNumberEdit::arrowsAndPagesStep()
{
    m_line->setFocus();
    QTest::keyClick(m_line, Qt::Key_Up);
    QCOMPARE(text(), QStringLiteral("520"));
    QTest::keyClick(m_line, Qt::Key_PageDown);
    QCOMPARE(text(), QStringLiteral("440"));
    QTest::keyClick(m_line, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(text(), QStringLiteral("360"));
    // A step first takes what is typed.
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("100*2"));
    QTest::keyClick(m_line, Qt::Key_Up);
    QCOMPARE(text(), QStringLiteral("208"));
}

void TestNumberEdit::theWholeUnsignedRange()
{
    m_edit->setRule({true, Number(), Number::fromUnsigned(UINT64_MAX), Number::fromInteger(1), 0});
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("18446744073709551615"));
    QTest::keyClick(m_line, Qt::Key_Return);
    QCOMPARE(m_edit->value().toJson(), Json(UINT64_MAX));
    QTest::keyClick(m_line, Qt::Key_Down);
    QCOMPARE(m_edit->value().toJson(), Json(UINT64_MAX - 1));
}

void TestNumberEdit::setValueEmitsNothingAndKeepsWhatIsTyped()
{
    QSignalSpy edited(m_edit, &NumberEdit::valueEdited);
    m_edit->setValue(Number::fromInteger(7)); // out of range: shown as it is
    QCOMPARE(m_line->text(), QStringLiteral("7"));
    QCOMPARE(edited.count(), 0);
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("2*512"));
    m_edit->setValue(Number::fromInteger(1024)); // the document answers with what was typed
    QCOMPARE(m_line->text(), QStringLiteral("2*512"));
    m_edit->setValue(Number::fromInteger(64)); // undo
    QCOMPARE(m_line->text(), QStringLiteral("64"));
}

void TestNumberEdit::draggingSidewaysChanges()
{
    QSignalSpy finished(m_edit, &NumberEdit::editingFinished);
    const QPoint from(10, 10);
    QTest::mousePress(m_line, Qt::LeftButton, {}, from);
    QTest::mouseMove(m_line, from + QPoint(40, 0));
    QTest::mouseRelease(m_line, Qt::LeftButton, {}, from + QPoint(40, 0));
    QCOMPARE(text(), QStringLiteral("552")); // five steps of 8
    QCOMPARE(finished.count(), 1);
    QVERIFY(!m_line->hasFocus());
}

void TestNumberEdit::aClickGivesTheFocus()
{
    QTest::mouseClick(m_line, Qt::LeftButton, {}, QPoint(10, 10));
    QVERIFY(m_line->hasFocus());
    QCOMPARE(m_line->selectedText(), QStringLiteral("512"));
    QCOMPARE(m_edit->property("focused").toBool(), true);
    m_other->setFocus();
    QCOMPARE(m_edit->property("focused").toBool(), false);
}

void TestNumberEdit::wheel(int delta)
{
    const QPointF at(5, 5);
    QWheelEvent event(at, m_line->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_line, &event);
}

void TestNumberEdit::theWheelNeedsTheFocus()
{
    wheel(120);
    QCOMPARE(text(), QStringLiteral("512"));
    m_line->setFocus();
    wheel(120);
    QCOMPARE(text(), QStringLiteral("520"));
    wheel(-60); // half a notch of a fine wheel
    QCOMPARE(text(), QStringLiteral("520"));
    wheel(-60);
    QCOMPARE(text(), QStringLiteral("512"));
}

void TestNumberEdit::ctrlEnterTakesWhatIsTypedAndPassesOn()
{
    QAction generate;
    generate.setShortcut(Qt::CTRL | Qt::Key_Return);
    m_window->addAction(&generate);
    QString seen;
    connect(&generate, &QAction::triggered, this, [&] { seen = text(); });
    m_line->setFocus();
    m_line->selectAll();
    QTest::keyClicks(m_line, QStringLiteral("9999"));
    QTest::keyClick(m_line, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(seen, QStringLiteral("4096"));
}

void TestNumberEdit::readOnlyStaysAsItIs()
{
    m_edit->setReadOnly(true);
    QSignalSpy edited(m_edit, &NumberEdit::valueEdited);
    QTest::mousePress(m_line, Qt::LeftButton, {}, QPoint(10, 10));
    QTest::mouseMove(m_line, QPoint(90, 10));
    QTest::mouseRelease(m_line, Qt::LeftButton, {}, QPoint(90, 10));
    m_edit->editTo(Number::fromInteger(64));
    QCOMPARE(edited.count(), 0);
    QCOMPARE(text(), QStringLiteral("512"));
}

QTEST_MAIN(TestNumberEdit)
#include "tst_numberedit.moc"
