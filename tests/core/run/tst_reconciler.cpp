// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/reconciler.h"

#include <QTest>

using namespace gesso;

using Action = ReconcileAction;
using Where = Whereabouts;

class TestReconciler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_data()
    {
        QTest::addColumn<ReconcileCase>("found");
        QTest::addColumn<Action>("expected");
        const auto row = [](const char* name, ReconcileCase found, Action expected) {
            QTest::newRow(name) << found << expected;
        };
        const RunPhase submitting = RunPhase::Submitting;
        const RunPhase queued = RunPhase::Queued;
        const RunPhase running = RunPhase::Running;
        const RunPhase fetching = RunPhase::Fetching;
        row("not sent yet", {RunPhase::Preparing, Where::Nowhere}, Action::Keep);
        row("post arrived, waits", {submitting, Where::Pending}, Action::MarkQueued);
        row("post arrived, runs", {submitting, Where::Running}, Action::MarkRunning);
        row("post arrived, ended", {submitting, Where::InHistory}, Action::Collect);
        row("post did not arrive", {submitting, Where::Nowhere, false, true, false, true}, Action::SendAgain);
        row("nor did the last", {submitting, Where::Nowhere}, Action::EndNotQueued);
        row("nor is it wanted", {submitting, Where::Nowhere, true, true, false, true}, Action::EndDeleted);
        row("waits", {queued, Where::Pending}, Action::Keep);
        row("started", {queued, Where::Running}, Action::MarkRunning);
        row("started and ended", {queued, Where::InHistory}, Action::Collect);
        row("deleted", {queued, Where::Nowhere}, Action::EndDeleted);
        row("lost while waiting", {queued, Where::Nowhere, false, false}, Action::EndLost);
        row("runs", {running, Where::Running}, Action::Keep);
        row("an old look", {running, Where::Pending}, Action::Keep);
        row("ended unnoticed", {running, Where::InHistory}, Action::Collect);
        row("lost while running", {running, Where::Nowhere}, Action::EndLost);
        row("stopped", {running, Where::Nowhere, true}, Action::EndDeleted);
        row("cancelled while waiting", {queued, Where::Nowhere, true, false}, Action::EndDeleted);
        row("a stop comes too late", {running, Where::InHistory, true}, Action::Collect);
        row("history came back", {fetching, Where::InHistory}, Action::Collect);
        row("not ended after all", {fetching, Where::Running}, Action::MarkRunning);
        row("events knew the end", {fetching, Where::Nowhere, false, true, true}, Action::Collect);
        row("nobody knows the end", {fetching, Where::Nowhere}, Action::EndLost);
        for (const RunPhase ended :
             {RunPhase::Done, RunPhase::Failed, RunPhase::Refused, RunPhase::Cancelled, RunPhase::Lost}) {
            for (const Where where : {Where::Running, Where::Pending, Where::InHistory, Where::Nowhere}) {
                row(qPrintable(nameOf(ended) + QString::number(int(where))), {ended, where}, Action::Keep);
            }
        }
    }

    void table()
    {
        QFETCH(ReconcileCase, found);
        QFETCH(Action, expected);
        QCOMPARE(reconcile(found), expected);
    }
};

QTEST_GUILESS_MAIN(TestReconciler)
#include "tst_reconciler.moc"
