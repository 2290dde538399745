// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/searchfield.h"

#include "tests/views/widgets/themed.h"

#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace gesso;

class TestSearchField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClearButtonComesAndGoes();
    void escapeClearsFirst();
    void downLeadsIntoTheList();
    void isNamed();
};

void TestSearchField::theClearButtonComesAndGoes()
{
    test::Themed themed;
    SearchField field(themed.theme, QStringLiteral("Find"));
    field.show();
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    const QAction* clear = field.actions().constLast();
    QVERIFY(!clear->isVisible());
    QTest::keyClicks(&field, QStringLiteral("lake"));
    QVERIFY(clear->isVisible());
    QToolButton* button = nullptr;
    const auto buttons = field.findChildren<QToolButton*>();
    for (QToolButton* candidate : buttons) {
        if (candidate->defaultAction() == clear)
            button = candidate;
    }
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(field.text().isEmpty());
    QVERIFY(!clear->isVisible());
}

void TestSearchField::escapeClearsFirst()
{
    test::Themed themed;
    QWidget window;
    SearchField field(themed.theme, QStringLiteral("Find"), &window);
    field.setText(QStringLiteral("lake"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
    // Empty, the key is left to whoever else wants it.
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    QCoreApplication::sendEvent(&field, &escape);
    QVERIFY(!escape.isAccepted());
}

void TestSearchField::downLeadsIntoTheList()
{
    test::Themed themed;
    SearchField field(themed.theme, QStringLiteral("Find"));
    QSignalSpy down(&field, &SearchField::downPressed);
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(down.count(), 1);
}

void TestSearchField::isNamed()
{
    test::Themed themed;
    SearchField field(themed.theme, QStringLiteral("Filter 64 fields"));
    QCOMPARE(field.accessibleName(), QStringLiteral("Filter 64 fields"));
    field.setPlaceholder(QStringLiteral("Filter 1 field"));
    QCOMPARE(field.accessibleName(), QStringLiteral("Filter 1 field"));
    QCOMPARE(field.placeholderText(), QStringLiteral("Filter 1 field"));
}

QTEST_MAIN(TestSearchField)
#include "tst_searchfield.moc"
