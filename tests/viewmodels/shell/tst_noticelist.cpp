// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/noticelist.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;

class TestNoticeList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postsAndDismisses();
    void aKeyReplacesItsNotice();
    void errorsBecomeNotices();
    void actionsRunAfterTheNoticeIsGone();
    void unknownIdsAndActionsChangeNothing();
    void timesOut();
};

static Notice notice(const QString& text, const QString& key = {})
{
    Notice made;
    made.text = text;
    made.key = key;
    return made;
}

void TestNoticeList::postsAndDismisses()
{
    NoticeList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const quint64 first = list.post(notice(QStringLiteral("one")));
    const quint64 second = list.post(notice(QStringLiteral("two")));
    QVERIFY(first != second);
    QCOMPARE(list.rowCount(), 2);
    QCOMPARE(list.index(1).data(NoticeList::TextRole).toString(), QStringLiteral("two"));
    list.dismiss(first);
    QCOMPARE(list.rowCount(), 1);
    QCOMPARE(list.at(0).text, QStringLiteral("two"));
    QCOMPARE(list.index(0).data(NoticeList::IdRole).toULongLong(), second);
}

void TestNoticeList::aKeyReplacesItsNotice()
{
    NoticeList list;
    QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    list.post(notice(QStringLiteral("old"), QStringLiteral("k")));
    list.post(notice(QStringLiteral("other")));
    QSignalSpy changed(&list, &QAbstractItemModel::dataChanged);
    list.post(notice(QStringLiteral("new"), QStringLiteral("k")));
    QCOMPARE(list.rowCount(), 2);
    QCOMPARE(list.at(0).text, QStringLiteral("new"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 0);
    list.dismissKey(QStringLiteral("k"));
    QCOMPARE(list.rowCount(), 1);
}

void TestNoticeList::errorsBecomeNotices()
{
    NoticeList list;
    list.post({ErrorKind::DiskFull, QStringLiteral("The disk is full."), QStringLiteral("Free some space."),
               QStringLiteral("ENOSPC")});
    list.post({ErrorKind::Cancelled, QStringLiteral("Cancelled."), {}, {}});
    QCOMPARE(list.at(0).text, QStringLiteral("The disk is full. Free some space."));
    QCOMPARE(list.at(0).tone, NoticeTone::Bad);
    QCOMPARE(list.index(0).data(NoticeList::DetailRole).toString(), QStringLiteral("ENOSPC"));
    QCOMPARE(list.at(1).tone, NoticeTone::Info);
    QCOMPARE(list.index(1).data(NoticeList::ToneRole).value<NoticeTone>(), NoticeTone::Info);
}

void TestNoticeList::actionsRunAfterTheNoticeIsGone()
{
    NoticeList list;
    int rowsWhenRun = -1;
    Notice made = notice(QStringLiteral("retry?"));
    made.actions = {{QStringLiteral("No"), [] { QFAIL("the wrong action"); }},
                    {QStringLiteral("Retry"), [&] { rowsWhenRun = list.rowCount(); }}};
    const quint64 id = list.post(made);
    QCOMPARE(list.index(0).data(NoticeList::ActionsRole).toStringList(),
             (QStringList{QStringLiteral("No"), QStringLiteral("Retry")}));
    list.trigger(id, 1);
    QCOMPARE(rowsWhenRun, 0);
}

void TestNoticeList::unknownIdsAndActionsChangeNothing()
{
    NoticeList list;
    const quint64 id = list.post(notice(QStringLiteral("stays")));
    list.dismiss(id + 100);
    list.dismissKey(QStringLiteral("no such key"));
    list.trigger(id, 0);
    list.trigger(id, -1);
    QCOMPARE(list.rowCount(), 1);
}

void TestNoticeList::timesOut()
{
    NoticeList list;
    Notice made = notice(QStringLiteral("short"));
    made.timeoutMs = 1;
    list.post(made);
    QTRY_COMPARE(list.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestNoticeList)
#include "tst_noticelist.moc"
