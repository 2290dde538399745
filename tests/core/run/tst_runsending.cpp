// SPDX-License-Identifier: GPL-3.0-or-later
// A bad way to the server: what did not arrive is sent again, and what arrived twice is run once.
#include "tests/core/run/runservicefixture.h"

#include <QTest>

using namespace gesso;
using testkit::RunServiceFixture;

namespace {

Error lostConnection()
{
    return {ErrorKind::Unreachable, QStringLiteral("The connection was lost."), {}, {}};
}

SubmitOutcome accepted(const PromptId& id)
{
    SubmitAnswer answer;
    answer.promptId = id;
    answer.number = 1;
    return answer;
}

// POSTs whose answers are lost; the first `arriving` of them are in the queue all the same.
void losePosts(RunServiceFixture& f, int lost, int arriving = 0)
{
    f.api.onSubmit = [&f, lost, arriving](const SubmitRequest& request) -> Result<SubmitOutcome> {
        const auto sent = f.api.submitted.size();
        if (sent > lost || sent <= arriving) {
            f.api.queueState.pending.append(QueueEntry{double(sent), request.promptId, {}});
        }
        if (sent <= lost) {
            return fail(lostConnection());
        }
        return accepted(request.promptId);
    };
}

} // namespace

class TestRunSending : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDidNotArriveIsSentAgain()
    {
        RunServiceFixture f;
        losePosts(f, 2);
        const PromptId a = f.submit(QStringLiteral("a"));
        const PromptId b = f.submit(QStringLiteral("b"));
        QTRY_COMPARE(f.phase(b), RunPhase::Queued);
        QCOMPARE(f.phase(a), RunPhase::Queued);
        QVERIFY(!f.state(a).error);
        QStringList sent;
        for (const SubmitRequest& request : std::as_const(f.api.submitted)) {
            sent.append(request.promptId.toString());
        }
        QCOMPARE(sent.join(u' '), QStringLiteral("a a a b")); // under its own id, and in its place
        const auto firstAgain = f.api.calls.indexOf(QStringLiteral("submit a"), 1);
        QCOMPARE(f.api.calls.first(firstAgain).count(QStringLiteral("queue")), 2); // not believed at once
    }

    void notForEver()
    {
        RunServiceFixture f;
        losePosts(f, 100);
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Unreachable);
        QCOMPARE(f.api.submitted.size(), RunService::maxSends);
    }

    void whatIsTooLargeStaysSo()
    {
        RunServiceFixture f;
        f.api.errors[QStringLiteral("submit")] =
            Error{ErrorKind::TooLarge, QStringLiteral("It is too large."), {}, {}};
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::TooLarge);
        QCOMPARE(f.api.submitted.size(), 1);
    }

    // The server was still handling it when it was first asked.
    void acceptedBetweenTwoLooks()
    {
        RunServiceFixture f;
        losePosts(f, 1);
        f.api.hold(QStringLiteral("history"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.api.count(QStringLiteral("history a")), 1); // it was not in the queue
        f.api.queueState.pending.append(QueueEntry{1, a, {}});
        f.api.release(QStringLiteral("history"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QTest::qWait(60);
        QCOMPARE(f.api.submitted.size(), 1);
    }

    // /api/jobs knows nothing of a POST that is still being handled either.
    void theJobsRouteIsNotBelievedAtOnce()
    {
        RunServiceFixture f;
        const PromptId a(QStringLiteral("a"));
        f.api.jobs.insert(a, JobState::Absent);
        f.api.errors[QStringLiteral("queue")] = lostConnection();
        losePosts(f, 1);
        f.submit(a.toString());
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) >= 5);
        f.api.calls.clear();
        f.api.errors.clear();
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.api.submitted.size(), 2);
        const auto sent = f.api.calls.indexOf(QStringLiteral("submit a"));
        QCOMPARE(f.api.calls.first(sent).count(QStringLiteral("job a")), 2);
    }

    void acceptedAfterItWasSentAgain_data()
    {
        QTest::addColumn<bool>("isLate"); // after the other had begun
        QTest::newRow("both wait") << false;
        QTest::newRow("one runs when the other comes") << true;
    }

    void acceptedAfterItWasSentAgain()
    {
        QFETCH(bool, isLate);
        RunServiceFixture f;
        losePosts(f, 1);
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.api.submitted.size(), 2);
        const QueueEntry twin{2, a, {}};
        if (!isLate) {
            f.api.queueState.pending.append(twin);
        }
        QTest::qWait(30);
        QCOMPARE(f.api.count(QStringLiteral("deleteQueued a")), 0); // a server may delete both
        f.api.queueState.running.append(f.api.queueState.pending.takeFirst());
        f.start(a);
        if (isLate) {
            QTest::qWait(30);
            f.api.queueState.pending.append(twin);
            f.api.queueState.running.clear();
            f.runToEnd(a, {QStringLiteral("x.png")});
        }
        QTRY_COMPARE(f.api.count(QStringLiteral("deleteQueued a")), 1);
        QTRY_VERIFY(f.api.queueState.pending.isEmpty());
        if (!isLate) {
            f.api.queueState.running.clear();
            f.runToEnd(a, {QStringLiteral("x.png")});
        }
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        QCOMPARE(f.api.count(QStringLiteral("interrupt a")), 0);
    }

    void aTwinThatBeginsWhenAllIsDoneIsStopped()
    {
        RunServiceFixture f;
        losePosts(f, 1);
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.queueState.pending.clear();
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        f.start(a);
        QTRY_COMPARE(f.api.count(QStringLiteral("interrupt a")), 1);
        QCOMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    void aRunSentOnceIsLeftAlone()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        f.start(a); // frames that were late
        QTest::qWait(30);
        QCOMPARE(f.api.count(QStringLiteral("queue")), 0);
        QCOMPARE(f.api.count(QStringLiteral("interrupt a")), 0);
    }

    void cancelledWhileItIsNotKnownToBeThere()
    {
        RunServiceFixture f;
        losePosts(f, 100);
        f.api.hold(QStringLiteral("history"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.api.count(QStringLiteral("history a")), 1);
        f.service->cancel(a);
        QTest::qWait(0);
        f.api.release(QStringLiteral("history"));
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.api.submitted.size(), 1);
    }

    void anUploadThatIsCutIsTriedAgain_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<RunPhase>("phase");
        QTest::newRow("cut") << ErrorKind::Unreachable << RunPhase::Queued;
        QTest::newRow("not allowed") << ErrorKind::Unauthorized << RunPhase::Failed;
    }

    void anUploadThatIsCutIsTriedAgain()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(RunPhase, phase);
        RunServiceFixture f;
        f.api.errors[QStringLiteral("upload")] = Error{kind, QStringLiteral("Not uploaded."), {}, {}};
        RunRequest request = f.request(QStringLiteral("a"));
        QFile picture(f.folder.filePath(QStringLiteral("mine.png")));
        QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write("picture") > 0);
        picture.close();
        request.uploads = {{picture.fileName(), NodeId(QStringLiteral("1")), QStringLiteral("image")}};
        f.api.hold(QStringLiteral("queue")); // it is asked whether it is there at all
        f.service->submit(request);
        QTRY_COMPARE(f.api.uploads.size(), 1);
        QTRY_VERIFY(f.phase(request.id) == RunPhase::Waiting || isEnded(f.phase(request.id)));
        f.api.errors.clear();
        f.api.release(QStringLiteral("queue"));
        QTRY_COMPARE(f.phase(request.id), phase);
        QCOMPARE(f.api.uploads.size(), phase == RunPhase::Queued ? 2 : 1);
        QCOMPARE(f.api.submitted.size(), phase == RunPhase::Queued ? 1 : 0);
    }
};

QTEST_GUILESS_MAIN(TestRunSending)
#include "tst_runsending.moc"
