// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/endteller.h"

#include <QSignalSpy>
#include <QTest>

using namespace gesso;

namespace {
const PromptId a(QStringLiteral("a"));
const PromptId b(QStringLiteral("b"));
const Error why{ErrorKind::Lost, QStringLiteral("The server no longer knows this run."), {}, {}};
} // namespace

class TestEndTeller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyThatEndedAreOneNotice()
    {
        NoticeList notices;
        EndTeller teller(notices);
        teller.noteEndedWhileAway(a);
        QCOMPARE(notices.at(0).text, QStringLiteral("A run finished while Gesso was away."));
        teller.noteEndedWhileAway(b);
        teller.noteEndedWhileAway(b);
        QCOMPARE(notices.rowCount(), 1);
        QCOMPARE(notices.at(0).text, QStringLiteral("2 runs finished while Gesso was away."));
        QSignalSpy shown(&teller, &EndTeller::showRequested);
        notices.trigger(notices.at(0).id, 0);
        QCOMPARE(shown.size(), 1);
        QCOMPARE(notices.rowCount(), 0);
    }

    void lostOnesAreRunAgainTogether()
    {
        NoticeList notices;
        EndTeller teller(notices);
        teller.noteLost(a, why);
        QCOMPARE(notices.at(0).text, why.message);
        QCOMPARE(notices.at(0).actions.at(0).label, QStringLiteral("Run again"));
        teller.noteLost(b, why);
        QCOMPARE(notices.rowCount(), 1);
        QVERIFY(notices.at(0).text.contains(QStringLiteral("2 runs")));
        QCOMPARE(notices.at(0).actions.at(0).label, QStringLiteral("Run all again"));
        QSignalSpy again(&teller, &EndTeller::runAgainRequested);
        notices.trigger(notices.at(0).id, 0);
        QCOMPARE(again.size(), 1);
        QCOMPARE(again.at(0).at(0).value<QList<PromptId>>(), (QList<PromptId>{a, b}));
    }

    void oneRunAgainInTheListLeavesTheOther()
    {
        NoticeList notices;
        EndTeller teller(notices);
        teller.noteLost(a, why);
        teller.noteLost(b, why);
        teller.noteRunAgain(a);
        QCOMPARE(notices.at(0).actions.at(0).label, QStringLiteral("Run again"));
        teller.noteRunAgain(b);
        QCOMPARE(notices.rowCount(), 0);
    }

    void whatIsStartedByItselfIsOnlyMentioned()
    {
        NoticeList notices;
        EndTeller teller(notices);
        teller.noteRunAgain(a);
        teller.noteRunAgain(b);
        QCOMPARE(notices.rowCount(), 1);
        QCOMPARE(notices.at(0).tone, NoticeTone::Info);
        QVERIFY(notices.at(0).timeoutMs > 0);
        QVERIFY(notices.at(0).text.contains(QStringLiteral("2 runs")));
    }
};

QTEST_GUILESS_MAIN(TestEndTeller)
#include "tst_endteller.moc"
