// SPDX-License-Identifier: GPL-3.0-or-later
// Cancelling, outages, and runs that the server has forgotten.
#include "tests/core/run/runservicefixture.h"

#include <QTest>

using namespace gesso;
using testkit::RunServiceFixture;

namespace {

// What ComfyUI says of a run whose results it cannot write as JSON, for ever.
Error denial()
{
    return {ErrorKind::ServerError, QStringLiteral("gpu answered with an error (500)."), {}, {}};
}

Error lostConnection()
{
    return {ErrorKind::Unreachable, QStringLiteral("The connection was lost."), {}, {}};
}

// Stands still unless moved.
class SetClock final : public Clock
{
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(elapsed, Qt::UTC); }
    qint64 elapsedMs() const override { return elapsed; }

    qint64 elapsed = 1000;
};

} // namespace

class TestRunLookup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelsBeforePosting()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("submit"));
        f.submit(QStringLiteral("a"));
        const PromptId b = f.submit(QStringLiteral("b"));
        QTRY_COMPARE(f.api.submitted.size(), 1);
        f.service->cancel(b);
        QCOMPARE(f.phase(b), RunPhase::Preparing); // not from inside cancel()
        QTRY_COMPARE(f.phase(b), RunPhase::Cancelled);
        f.api.release(QStringLiteral("submit"));
        QTRY_COMPARE(f.phase(PromptId(QStringLiteral("a"))), RunPhase::Queued);
        QCOMPARE(f.api.submitted.size(), 1);
    }

    void cancelsWhileThePostIsUnderWay()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("submit"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Submitting);
        f.api.queueState.pending.append(QueueEntry{1, a, {}});
        f.service->cancel(a);
        f.api.release(QStringLiteral("submit"));
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.api.count(QStringLiteral("deleteQueued a")), 1);
    }

    void cancelsAWaitingRun()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.queueState.pending.append(QueueEntry{1, a, {}});
        f.service->cancel(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Cancelled);
        QCOMPARE(f.api.count(QStringLiteral("deleteQueued a")), 1);
        QCOMPARE(f.api.count(QStringLiteral("interrupt a")), 0);
    }

    // It began between the click and the request.
    void cancelsARunThatStartsMeanwhile()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.onDeleteQueued = [&](const QList<PromptId>&) {
            f.api.queueState.running.append(QueueEntry{1, a, {}});
        };
        f.service->cancel(a);
        QTRY_COMPARE(f.api.count(QStringLiteral("interrupt a")), 1);
    }

    void cancelsARunningRun()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.start(a);
        f.api.queueState.running.append(QueueEntry{1, a, {}});
        f.api.onInterrupt = [&](const PromptId& id) {
            f.api.queueState.running.clear();
            f.addHistory(id, {}, HistoryStatus::Interrupted);
            f.stream.send(ExecutionInterruptedEvent{id, NodeId(QStringLiteral("1")), {}});
            f.end(id);
        };
        f.service->cancel(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.api.count(QStringLiteral("interrupt a")), 1); // by id: never somebody else's
        QCOMPARE(f.state(a).error->message, QStringLiteral("The run was cancelled."));
    }

    void saysSoWhenTheServerDoesNotConfirmAStop()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.start(a);
        f.api.queueState.running.append(QueueEntry{1, a, {}});
        f.service->cancel(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QVERIFY(f.state(a).error->message.contains(QStringLiteral("not confirmed")));
    }

    void anInterruptByOthersIsSaidSo()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.start(a);
        f.addHistory(a, {}, HistoryStatus::Interrupted);
        f.stream.send(ExecutionInterruptedEvent{a, {}, {}});
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QVERIFY(f.state(a).error->message.contains(QStringLiteral("on the server")));
    }

    void findsARunDeletedByOthers()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.stream.send(StatusEvent{0, {}}); // fewer than ours: no frame names the deleted one
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QVERIFY(f.state(a).error->message.contains(QStringLiteral("removed")));
    }

    void reconcilesAfterAnOutage_data()
    {
        QTest::addColumn<bool>("wasRunning");
        QTest::addColumn<QString>("where");
        QTest::addColumn<RunPhase>("phase");
        QTest::newRow("still waiting") << false << QStringLiteral("pending") << RunPhase::Queued;
        QTest::newRow("started") << false << QStringLiteral("running") << RunPhase::Running;
        QTest::newRow("ended") << false << QStringLiteral("history") << RunPhase::Done;
        QTest::newRow("forgotten while waiting") << false << QStringLiteral("nowhere") << RunPhase::Lost;
        QTest::newRow("still running") << true << QStringLiteral("running") << RunPhase::Running;
        QTest::newRow("run and ended") << true << QStringLiteral("history") << RunPhase::Done;
        QTest::newRow("forgotten while running") << true << QStringLiteral("nowhere") << RunPhase::Lost;
    }

    void reconcilesAfterAnOutage()
    {
        QFETCH(bool, wasRunning);
        QFETCH(QString, where);
        QFETCH(RunPhase, phase);
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        if (wasRunning) {
            f.start(a);
        }
        f.stream.setState(ConnectionState::Reconnecting);
        f.api.errors[QStringLiteral("queue")] = lostConnection();
        if (where == QLatin1String("pending")) {
            f.api.queueState.pending.append(QueueEntry{1, a, {}});
        } else if (where == QLatin1String("running")) {
            f.api.queueState.running.append(QueueEntry{1, a, {}});
        } else if (where == QLatin1String("history")) {
            f.addHistory(a, {QStringLiteral("x.png")});
        }
        f.api.calls.clear();
        f.api.errors.clear();
        f.stream.setState(ConnectionState::Connected);
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) >= 1);
        QTRY_COMPARE(f.phase(a), phase);
        QTest::qWait(80); // and stays so through further looks
        QCOMPARE(f.phase(a), phase);
        if (phase == RunPhase::Done) {
            QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        }
        if (phase == RunPhase::Lost) {
            QCOMPARE(f.state(a).error->kind, ErrorKind::Lost);
        }
    }

    // The socket is open and silent (protocol.md, section 1): asking finds the end.
    void asksWhenNothingIsHeard()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
    }

    // The timer of the poll does not begin with the silence.
    void asksWhenItWasSilentForHalfAPoll()
    {
        RunServiceFixture f;
        SetClock clock;
        const RunTimings timings = RunServiceFixture::shortTimings();
        NullRunJournal journal;
        RunService service(f.api, f.stream, clock, journal, OutputStore({}, 0), timings);
        const PromptId a(QStringLiteral("a"));
        service.submit(f.request(a.toString()));
        QTRY_COMPARE(service.state(a)->phase, RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png")});
        clock.elapsed += timings.pollMs * 3 / 5;
        QTRY_COMPARE(service.state(a)->phase, RunPhase::Done);
    }

    void theHistoryIsFetchedWhenTheServerIsBack()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.errors[QStringLiteral("history")] = lostConnection();
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_VERIFY(f.api.count(QStringLiteral("history a")) >= 3);
        QTest::qWait(20);
        QCOMPARE(f.phase(a), RunPhase::Fetching);
        f.api.errors.clear();
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
    }

    void aDeniedHistoryDoesNotHoldWhatFramesTold()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.errors[QStringLiteral("history")] = denial();
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    // Frames may have been missed, so the history is asked some more times; not for ever.
    void aDeniedHistoryEndsARunAfterAnOutage_data()
    {
        QTest::addColumn<bool>("isEndHeard");
        QTest::addColumn<RunPhase>("phase");
        QTest::newRow("its end was heard") << true << RunPhase::Done;
        QTest::newRow("nothing was heard") << false << RunPhase::Lost;
    }

    void aDeniedHistoryEndsARunAfterAnOutage()
    {
        QFETCH(bool, isEndHeard);
        QFETCH(RunPhase, phase);
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.queueState.running.append(QueueEntry{1, a, {}});
        f.api.errors[QStringLiteral("history")] = denial();
        f.stream.setState(ConnectionState::Reconnecting);
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.phase(a), RunPhase::Running);
        f.api.queueState.running.clear();
        if (isEndHeard) {
            f.runToEnd(a, {QStringLiteral("x.png")});
        }
        QTRY_VERIFY(f.api.count(QStringLiteral("history a")) >= 3);
        QTRY_COMPARE(f.phase(a), phase);
        QCOMPARE(f.filesOnDisk().size(), isEndHeard ? 1 : 0);
        if (!isEndHeard) {
            QVERIFY(f.state(a).error->message.contains(denial().message));
            QVERIFY(!f.state(a).error->hint.isEmpty());
        }
    }

    // A server that is being started behind a gateway: its history tells later.
    void aGatewaysErrorsAreNoDenial()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.errors[QStringLiteral("history")] = denial();
        f.api.errors[QStringLiteral("queue")] = denial();
        f.runToEnd(a, {QStringLiteral("told.png")});
        const int asked = f.api.count(QStringLiteral("history a"));
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) > 10);
        QVERIFY(f.api.count(QStringLiteral("history a")) >= asked);
        QVERIFY(!isEnded(f.phase(a)));
        f.addHistory(a, {QStringLiteral("x.png")});
        f.api.errors.clear();
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QVERIFY(f.filesOnDisk().contains(QStringLiteral("x.png")));
    }

    // Proxies that let no socket through: runs are asked for, and soon.
    void asksOftenWithoutASocket()
    {
        RunServiceFixture f;
        RunTimings timings = RunServiceFixture::shortTimings();
        timings.pollMs = 600'000;
        timings.followMs = 20;
        f.useTimings(timings);
        f.stream.setState(ConnectionState::Reconnecting);
        f.api.queueState.pending.append(QueueEntry{1, PromptId(QStringLiteral("a")), {}});
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png")});
        f.api.queueState.pending.clear();
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
    }

    void aServerThatDoesNotAnswerIsNotAskedOften()
    {
        RunServiceFixture f;
        RunTimings timings = RunServiceFixture::shortTimings();
        timings.pollMs = 600'000;
        timings.followMs = 5;
        f.useTimings(timings);
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.errors[QStringLiteral("queue")] = lostConnection();
        f.api.calls.clear();
        f.stream.setState(ConnectionState::Reconnecting);
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) >= 1);
        QTest::qWait(60);
        QVERIFY(f.api.count(QStringLiteral("queue")) <= 2); // one may have been under way
    }
};

QTEST_GUILESS_MAIN(TestRunLookup)
#include "tst_runlookup.moc"
