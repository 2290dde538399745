// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/historyteller.h"

#include "core/run/runhistory.h"
#include "viewmodels/shell/noticelist.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestHistoryTeller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // That the history says so when a full disk has room again: tst_faultydisk.
    void whatIsSolvedTakesThePlaceOfTheProblem()
    {
        QTemporaryDir folder;
        RunHistory history(folder.filePath(QStringLiteral("history.db")));
        NoticeList notices;
        const HistoryTeller teller(history, notices);
        const QString full = QStringLiteral("The disk of /a is full.");
        Q_EMIT history.problemFound({ErrorKind::DiskFull, full, QStringLiteral("Make room."), {}});
        QCOMPARE(notices.rowCount(), 1);
        QCOMPARE(notices.at(0).tone, NoticeTone::Bad);
        QVERIFY(notices.at(0).text.startsWith(full));
        Q_EMIT history.problemSolved();
        QCOMPARE(notices.rowCount(), 1);
        QCOMPARE(notices.at(0).tone, NoticeTone::Good);
        QVERIFY(notices.at(0).text.contains(QStringLiteral("again")));
        QVERIFY(notices.at(0).timeoutMs > 0);
    }
};

QTEST_GUILESS_MAIN(TestHistoryTeller)
#include "tst_historyteller.moc"
