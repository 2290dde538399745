// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that outlive their process, the queue they wait in, and runs sent once more.
#include "tests/core/run/keptfixture.h"

#include <QDir>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using testkit::KeptFixture;
using testkit::RunServiceFixture;

namespace {

// Nothing can be written.
class FullJournal final : public RunJournal
{
public:
    bool isKept() const override { return true; }
    QFuture<Result<void>> add(RunRequestPtr, RunOrigin, const RunState&, const QString&) override
    {
        return refused<void>();
    }
    void note(const RunState&, const QString&, bool) override { }
    QFuture<Result<void>> written() override { return refused<void>(); }
    QFuture<Result<QStringList>> promise(const PromptId&, const QHash<QString, QString>&) override
    {
        return refused<QStringList>();
    }
    QFuture<Result<QList<JournaledRun>>> takeOver() override { return refused<QList<JournaledRun>>(); }

private:
    template <typename T> QFuture<Result<T>> refused()
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(Result<T>(
            fail(ErrorKind::DiskFull, QStringLiteral("The disk is full."), QStringLiteral("Make room."))));
        promise.finish();
        return promise.future();
    }
};

PromptId idOf(int number)
{
    return PromptId(QString::number(number));
}

// Takes its time from a moment on.
class SlowJournal final : public RunJournal
{
public:
    bool isKept() const override { return true; }
    QFuture<Result<void>> add(RunRequestPtr request, RunOrigin origin, const RunState& state,
                              const QString& clientId) override
    {
        return m_quick.add(std::move(request), std::move(origin), state, clientId);
    }
    void note(const RunState&, const QString&, bool) override { }
    QFuture<Result<void>> written() override { return isSlow ? m_later.future() : m_quick.written(); }
    QFuture<Result<QStringList>> promise(const PromptId& run, const QHash<QString, QString>& paths) override
    {
        return m_quick.promise(run, paths);
    }
    QFuture<Result<QList<JournaledRun>>> takeOver() override { return m_quick.takeOver(); }

    void write()
    {
        m_later.start();
        m_later.addResult(Result<void>());
        m_later.finish();
    }

    bool isSlow = false;

private:
    NullRunJournal m_quick;
    QPromise<Result<void>> m_later;
};

} // namespace

class TestRunRestore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Else the next process, after a kill in between, would send the run again as one that was lost.
    void aCancelIsWrittenDownBeforeTheServerHearsOfIt()
    {
        RunServiceFixture f;
        SlowJournal journal;
        RunService service(f.api, f.stream, f.clock, journal, OutputStore({}, 0),
                           RunServiceFixture::shortTimings());
        const PromptId a(QStringLiteral("a"));
        service.submit(f.request(a.toString()));
        QTRY_COMPARE(service.state(a)->phase, RunPhase::Queued);
        f.api.queueState.pending.append(QueueEntry{1, a, {}});
        journal.isSlow = true;
        service.cancel(a);
        const int asked = f.api.count(QStringLiteral("queue"));
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) > asked); // the poll goes on
        QCOMPARE(f.api.count(QStringLiteral("deleteQueued a")), 0);
        journal.write();
        QTRY_COMPARE(f.api.count(QStringLiteral("deleteQueued a")), 1);
    }

    // --- the queue ---

    void feedsTheServerAFewAhead()
    {
        KeptFixture f;
        f.keepQueue();
        for (int i = 0; i < 6; ++i) {
            f.submit(QString::number(i));
        }
        QCOMPARE(f.phase(idOf(2)), RunPhase::Preparing);
        QCOMPARE(f.phase(idOf(3)), RunPhase::Waiting);
        QTRY_COMPARE(f.phase(idOf(2)), RunPhase::Queued);
        QTest::qWait(20);
        QCOMPARE(f.api.submitted.size(), RunService::defaultAhead);
        f.runThrough(idOf(0));
        QTRY_COMPARE(f.phase(idOf(3)), RunPhase::Queued); // in their order
        QCOMPARE(f.phase(idOf(4)), RunPhase::Waiting);
        f.service->setAhead(4);
        QTRY_COMPARE(f.phase(idOf(4)), RunPhase::Queued);
        QCOMPARE(f.phase(idOf(5)), RunPhase::Waiting);
    }

    void aFrontRunPassesThoseThatWait()
    {
        KeptFixture f;
        f.keepQueue();
        f.service->setAhead(1);
        f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Queued);
        f.submit(QStringLiteral("1"));
        RunRequest front = f.request(QStringLiteral("2"));
        front.front = true;
        f.service->submit(front);
        f.runThrough(idOf(0));
        QTRY_COMPARE(f.phase(idOf(2)), RunPhase::Queued);
        QCOMPARE(f.phase(idOf(1)), RunPhase::Waiting);
    }

    void aWaitingRunIsCancelledWithoutTheServer()
    {
        KeptFixture f;
        f.keepQueue();
        f.service->setAhead(1);
        f.submit(QStringLiteral("0"));
        const PromptId b = f.submit(QStringLiteral("1"));
        QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Queued);
        f.api.calls.clear();
        f.service->cancel(b);
        QTRY_COMPARE(f.phase(b), RunPhase::Cancelled);
        QVERIFY(f.api.calls.filter(QRegularExpression(QStringLiteral(" 1$"))).isEmpty());
        f.restart();
        QCOMPARE(f.service->runs(), QList<PromptId>{idOf(0)}); // nor does it come back
    }

    void theQueueOutlivesItsProcess()
    {
        KeptFixture f;
        f.keepQueue();
        for (int i = 0; i < 6; ++i) {
            f.submit(QString::number(i));
        }
        QTRY_COMPARE(f.phase(idOf(2)), RunPhase::Queued);
        f.restart();
        QCOMPARE(f.service->runs(), (QList<PromptId>{idOf(0), idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)}));
        QTest::qWait(30);
        QCOMPARE(f.api.submitted.size(), 3);
        QCOMPARE(f.phase(idOf(3)), RunPhase::Waiting);
        for (int i = 0; i < 6; ++i) {
            f.runThrough(idOf(i));
            QTRY_COMPARE(f.phase(idOf(i)), RunPhase::Done);
        }
        QCOMPARE(f.api.submitted.size(), 6); // each once, in their order
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(f.api.submitted[i].promptId, idOf(i));
        }
        QCOMPARE(f.filesOnDisk().size(), 6);
    }

    void nothingIsSentToAServerThatIsAway()
    {
        KeptFixture f;
        f.service->setAhead(1);
        f.api.errors[QStringLiteral("submit")] = f.api.errors[QStringLiteral("queue")] =
            Error{ErrorKind::Unreachable, QStringLiteral("The cable is out."), {}, {}};
        const PromptId a = f.submit(QStringLiteral("0"));
        f.submit(QStringLiteral("1"));
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) >= 5); // looked up in vain, again and again
        QTest::qWait(50);
        QCOMPARE(f.phase(a), RunPhase::Submitting); // not known, so not given up
        QCOMPARE(f.api.submitted.size(), 1);
        f.addHistory(a, {QStringLiteral("0.png")}); // it had arrived, and has run
        f.keepQueue();
        f.api.errors.clear();
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QVERIFY(f.state(a).endedWhileAway);
        QVERIFY(!f.state(a).error);
        QTRY_COMPARE(f.phase(idOf(1)), RunPhase::Queued);
        QCOMPARE(f.api.submitted.size(), 2);
    }

    void aPostThatNeverArrivedIsSentAgainWhenTheServerIsBack()
    {
        KeptFixture f;
        f.keepQueue();
        f.api.errors[QStringLiteral("submit")] = f.api.errors[QStringLiteral("queue")] =
            Error{ErrorKind::Unreachable, QStringLiteral("The cable is out."), {}, {}};
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) >= 5);
        f.api.queueState.pending.clear(); // and yet it has not arrived
        f.api.errors.clear();
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.api.submitted.size(), 2);
        f.runThrough(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QVERIFY(!f.state(a).error);
    }

    void aRunThatCannotBeKeptIsNotSent()
    {
        RunServiceFixture f;
        FullJournal full;
        f.service = std::make_unique<RunService>(f.api, f.stream, f.clock, full, OutputStore(),
                                                 RunServiceFixture::shortTimings());
        f.service->setAhead(1);
        const PromptId a = f.submit(QStringLiteral("0"));
        const PromptId b = f.submit(QStringLiteral("1"));
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QTRY_COMPARE(f.phase(b), RunPhase::Failed);
        QVERIFY(f.api.calls.isEmpty());
        QCOMPARE(f.state(a).error->kind, ErrorKind::DiskFull);
        QVERIFY(f.state(a).error->message.contains(QStringLiteral("not sent")));
        QVERIFY(!f.state(a).error->hint.isEmpty());
        f.service.reset(); // before its journal
    }

    // --- another process ---

    void findsItsRunsAgain_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<RunPhase>("phase");
        QTest::newRow("waiting there") << QStringLiteral("pending") << RunPhase::Queued;
        QTest::newRow("running") << QStringLiteral("running") << RunPhase::Running;
        QTest::newRow("ended meanwhile") << QStringLiteral("history") << RunPhase::Done;
        QTest::newRow("failed meanwhile") << QStringLiteral("failed") << RunPhase::Failed;
        QTest::newRow("forgotten") << QStringLiteral("nowhere") << RunPhase::Lost;
    }

    void findsItsRunsAgain()
    {
        QFETCH(QString, where);
        QFETCH(RunPhase, phase);
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        if (where == QLatin1String("pending")) {
            f.api.queueState.pending.append(QueueEntry{1, a, {}});
        } else if (where == QLatin1String("running")) {
            f.api.queueState.running.append(QueueEntry{1, a, {}});
        } else if (where == QLatin1String("history")) {
            f.addHistory(a, {QStringLiteral("x.png")});
        } else if (where == QLatin1String("failed")) {
            f.addHistory(a, {}, HistoryStatus::Error);
        }
        f.restart();
        QCOMPARE(f.clientId, f.stream.clientId()); // the frames of what runs go to that socket
        QVERIFY(f.service->wasRestored(a));
        QCOMPARE(f.service->request(a)->title, QStringLiteral("A lighthouse"));
        QTRY_COMPARE(f.phase(a), phase);
        QTest::qWait(60);
        QCOMPARE(f.phase(a), phase);
        QCOMPARE(f.api.submitted.size(), 1);
        QCOMPARE(f.state(a).endedWhileAway,
                 where == QLatin1String("history") || where == QLatin1String("failed"));
        QCOMPARE(f.filesOnDisk().size(), phase == RunPhase::Done ? 1 : 0);
        if (isEnded(phase)) {
            f.restart();
            QVERIFY(f.service->runs().isEmpty()); // accounted for
        }
    }

    // It is told lost at the first look where one answer knows all, and at the second elsewhere.
    void believesTheJobsRoute()
    {
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.jobs.insert(a, JobState::Absent);
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Lost);
        QCOMPARE(f.api.count(QStringLiteral("queue")), 1);

        const PromptId b = f.submit(QStringLiteral("1"));
        QTRY_COMPARE(f.phase(b), RunPhase::Queued);
        f.api.jobs.insert(b, JobState::Running); // between queue and history
        f.restart();
        QTRY_COMPARE(f.phase(b), RunPhase::Running);
    }

    void killedWhilePosting_data()
    {
        QTest::addColumn<bool>("arrived");
        QTest::newRow("it had not arrived") << false;
        QTest::newRow("it had arrived") << true;
    }

    void killedWhilePosting()
    {
        QFETCH(bool, arrived);
        KeptFixture f;
        f.api.hold(QStringLiteral("submit"));
        const PromptId a = f.submit(QStringLiteral("0"));
        const PromptId b = f.submit(QStringLiteral("1"));
        QTRY_COMPARE(f.phase(a), RunPhase::Submitting);
        f.finish();
        f.api.release(QStringLiteral("submit"));
        f.api.submitted.clear();
        if (arrived) {
            f.api.queueState.pending.append(QueueEntry{1, a, {}});
        }
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QTRY_COMPARE(f.phase(b), RunPhase::Queued);
        QCOMPARE(f.api.count(QStringLiteral("submit 0")), arrived ? 0 : 1);
        QCOMPARE(f.api.count(QStringLiteral("submit 1")), 1);
    }

    void aCancelThatWasNotSeenDoneIsCarriedOut()
    {
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.queueState.pending.append(QueueEntry{1, a, {}});
        f.api.hold(QStringLiteral("deleteQueued"));
        f.api.onDeleteQueued = [](const QList<PromptId>&) {};
        f.service->cancel(a);
        QTRY_COMPARE(f.api.count(QStringLiteral("deleteQueued 0")), 1);
        f.finish();
        f.api.release(QStringLiteral("deleteQueued"));
        f.api.onDeleteQueued = {};
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.api.count(QStringLiteral("deleteQueued 0")), 1);
    }

    // --- files ---

    void aFileThatGotItsNameIsNotFetchedAgain()
    {
        KeptFixture f;
        f.api.hold(QStringLiteral("view"));
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png"), QStringLiteral("y.png")});
        QTRY_COMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        f.finish();
        f.api.release(QStringLiteral("view"));
        const QString named = f.save(QStringLiteral("x.png")); // renamed, and then killed
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.api.count(QStringLiteral("view x.png")), 0);
        QCOMPARE(f.state(a).files.size(), 2);
        QCOMPARE(f.state(a).files[0].path, named);
        QCOMPARE(f.filesOnDisk(), (QStringList{QStringLiteral("x.png"), QStringLiteral("y.png")}));
    }

    void aFileOfSomebodyElseIsNotTakenForOurs()
    {
        KeptFixture f;
        QFile theirs(f.save(QStringLiteral("x.png")));
        f.api.hold(QStringLiteral("view"));
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        f.finish();
        f.api.release(QStringLiteral("view"));
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        QCOMPARE(QFileInfo(f.state(a).files[0].path).fileName(), QStringLiteral("x (2).png"));
        QVERIFY(theirs.open(QIODevice::ReadOnly) && theirs.readAll() == "bytes");
    }

    void withoutHistoryWhatWasAnnouncedIsFetchedByTheNextProcess()
    {
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.files.insert(QStringLiteral("x.png"), "bytes");
        f.api.hold(QStringLiteral("history"));
        f.start(a);
        f.executed(a, {QStringLiteral("x.png")});
        f.succeed(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Fetching);
        f.finish();
        f.api.release(QStringLiteral("history"));
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    // Its frames were missed, Gesso was killed while fetching, and the server came back empty: not lost.
    void withoutHistoryWhatItHadSaidIsEnough()
    {
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png"), QStringLiteral("y.png")});
        f.api.hold(QStringLiteral("view"));
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        f.finish();
        f.api.release(QStringLiteral("view"));
        f.save(QStringLiteral("x.png")); // renamed, and then killed
        f.api.histories.clear();
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.api.count(QStringLiteral("view x.png")), 0);
        QCOMPARE(f.filesOnDisk(), (QStringList{QStringLiteral("x.png"), QStringLiteral("y.png")}));
    }

    // --- once more ---

    void aLostRunIsSentOnceMore()
    {
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.service->resubmit(a), PromptId()); // it has not ended
        f.restart();
        QTRY_COMPARE(f.phase(a), RunPhase::Lost);
        QSignalSpy resubmitted(f.service.get(), &RunService::resubmitted);
        const PromptId b = f.service->resubmit(a);
        QVERIFY(!b.isEmpty() && b != a);
        QTRY_COMPARE(f.phase(b), RunPhase::Queued);
        QCOMPARE(resubmitted.size(), 1);
        QCOMPARE(f.service->origin(b).resubmitOf, std::optional(a));
        QCOMPARE(f.service->resubmission(a), b);
        QCOMPARE(toJson(f.service->request(b)->prompt), toJson(f.service->request(a)->prompt));
        f.runToEnd(b, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(b), RunPhase::Done);
        QCOMPARE(f.phase(a), RunPhase::Lost);
    }

    void lostRunsAreSentAgainByThemselvesButNotForEver()
    {
        KeptFixture f;
        f.service->setResubmitLost(true);
        f.stream.setState(ConnectionState::Reconnecting); // so that "gone" is not taken for "deleted"
        f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.service->runs().size(), 1 + RunService::maxResubmits);
        QTRY_VERIFY(!f.service->hasActiveRuns());
        QTest::qWait(60);
        const QList<PromptId> runs = f.service->runs();
        QCOMPARE(runs.size(), 1 + RunService::maxResubmits);
        QCOMPARE(f.api.submitted.size(), 1 + RunService::maxResubmits);
        for (qsizetype i = 0; i < runs.size(); ++i) {
            QCOMPARE(f.phase(runs[i]), RunPhase::Lost);
            QCOMPARE(f.service->origin(runs[i]).attempt, int(i));
        }
    }

    void forgettingARunKeepsItInTheFile()
    {
        KeptFixture f;
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.service->forget(a);
        QVERIFY(f.service->state(a) != nullptr); // it has not ended
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        f.service->forget(a);
        QVERIFY(f.service->state(a) == nullptr);
        QVERIFY(f.service->runs().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRunRestore)
#include "tst_runrestore.moc"
