// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/commandlist.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace gesso;

class TestCommandList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAllInTheirOrder();
    void findsByLettersInOrder_data();
    void findsByLettersInOrder();
    void whatCannotBeDoneComesLast();
    void shortcutStandsForTheKind();

private:
    static Command command(const QString& title, bool enabled = true);
};

Command TestCommandList::command(const QString& title, bool enabled)
{
    return {.title = title,
            .kind = QStringLiteral("Action"),
            .shortcut = {},
            .icon = {},
            .enabled = enabled,
            .run = [] {}};
}

void TestCommandList::showsAllInTheirOrder()
{
    CommandList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    list.setCommands({command(QStringLiteral("Zoom in")), command(QStringLiteral("About"))});
    QCOMPARE(list.rowCount(), 2);
    QCOMPARE(list.index(0).data().toString(), QStringLiteral("Zoom in"));
    list.setQuery(QStringLiteral("  "));
    QCOMPARE(list.rowCount(), 2);
    list.setQuery(QStringLiteral("nothing like it"));
    QCOMPARE(list.rowCount(), 0);
}

void TestCommandList::findsByLettersInOrder_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("first");
    QTest::newRow("whole word") << QStringLiteral("zoom in") << QStringLiteral("Zoom in");
    QTest::newRow("capitals do not count") << QStringLiteral("ABOUT") << QStringLiteral("About");
    QTest::newRow("beginnings") << QStringLiteral("gf") << QStringLiteral("Generate four");
    QTest::newRow("umlaut") << QStringLiteral("grö") << QStringLiteral("Größe ändern");
}

void TestCommandList::findsByLettersInOrder()
{
    CommandList list;
    list.setCommands({command(QStringLiteral("Zoom in")), command(QStringLiteral("About")),
                      command(QStringLiteral("Größe ändern")), command(QStringLiteral("Generate four"))});
    QFETCH(const QString, typed);
    list.setQuery(typed);
    QVERIFY(list.rowCount() > 0);
    QTEST(list.index(0).data().toString(), "first");
}

void TestCommandList::whatCannotBeDoneComesLast()
{
    CommandList list;
    list.setCommands({command(QStringLiteral("Undo"), false), command(QStringLiteral("Under the moon"))});
    list.setQuery(QStringLiteral("und"));
    QCOMPARE(list.rowCount(), 2);
    QCOMPARE(list.index(0).data().toString(), QStringLiteral("Under the moon"));
    QVERIFY(!list.index(1).flags().testFlag(Qt::ItemIsEnabled));
}

void TestCommandList::shortcutStandsForTheKind()
{
    Command undo = command(QStringLiteral("Undo"));
    undo.shortcut = QStringLiteral("Ctrl+Z");
    CommandList list;
    list.setCommands({undo, command(QStringLiteral("Redo"))});
    QCOMPARE(list.index(0).data(CommandList::HintRole).toString(), QStringLiteral("Ctrl+Z"));
    QCOMPARE(list.index(1).data(CommandList::HintRole).toString(), QStringLiteral("Action"));
}

QTEST_MAIN(TestCommandList)
#include "tst_commandlist.moc"
