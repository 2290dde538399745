// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/runservicefixture.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using testkit::RunServiceFixture;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Error lostConnection()
{
    return {ErrorKind::Unreachable, QStringLiteral("The connection was lost."), {}, {}};
}

} // namespace

class TestRunService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesTheResultsOfARun()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QVERIFY(f.log.isEmpty()); // nothing is told from inside submit()
        QCOMPARE(f.phase(a), RunPhase::Preparing);
        QCOMPARE(f.service->runs(), QList<PromptId>{a});
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.state(a).queueNumber, std::optional<double>(1));

        f.runToEnd(a, {QStringLiteral("x.png"), QStringLiteral("y.png")});
        QCOMPARE(f.phase(a), RunPhase::Fetching);
        QVERIFY(f.state(a).overall < 1);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.log,
                 (QStringList{QStringLiteral("added a"), QStringLiteral("saved a x.png"),
                              QStringLiteral("saved a y.png"), QStringLiteral("finished a done")}));
        QCOMPARE(f.state(a).overall, 1.0);
        QVERIFY(!f.state(a).error);
        QVERIFY(f.state(a).started.isValid() && f.state(a).ended >= f.state(a).started);
        QCOMPARE(contentOf(f.state(a).files[1].path), f.api.files.value(QStringLiteral("y.png")));
        QCOMPARE(f.filesOnDisk(), (QStringList{QStringLiteral("x.png"), QStringLiteral("y.png")}));
        QVERIFY(!f.service->hasActiveRuns());
    }

    void postsInTheOrderOfSubmission()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("submit"));
        f.submit(QStringLiteral("a"));
        f.submit(QStringLiteral("b"));
        QTRY_COMPARE(f.api.submitted.size(), 1);
        QCOMPARE(f.api.submitted[0].promptId, PromptId(QStringLiteral("a")));
        QCOMPARE(f.api.submitted[0].clientId, f.stream.clientId());
        f.api.release(QStringLiteral("submit"));
        QTRY_COMPARE(f.api.submitted.size(), 2);
        QTRY_COMPARE(f.phase(PromptId(QStringLiteral("b"))), RunPhase::Queued);
    }

    // Libraries that learn the id from the answer lose these.
    void aJobMayEndBeforeItsPostIsAnswered()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("submit"));
        const PromptId a = f.submit(QStringLiteral("a"));
        f.api.onSubmit = [](const SubmitRequest& request) -> Result<SubmitOutcome> {
            SubmitAnswer answer;
            answer.promptId = request.promptId;
            answer.findings.append(NodeFinding{
                NodeId(QStringLiteral("9")), {}, QStringLiteral("value_not_in_list"), {}, {}, {}, {}});
            return SubmitOutcome(answer);
        };
        QTRY_COMPARE(f.phase(a), RunPhase::Submitting);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_VERIFY(!f.state(a).files.isEmpty() && !f.state(a).files[0].path.isEmpty());
        QCOMPARE(f.phase(a), RunPhase::Fetching); // its answer may still bring findings
        f.api.release(QStringLiteral("submit"));
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.state(a).findings.size(), 1);
    }

    void aLateAnswerDoesNotMoveARunningRunBack()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("submit"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Submitting);
        f.start(a);
        f.step(a, 3, 4);
        f.api.release(QStringLiteral("submit"));
        QTRY_VERIFY(f.state(a).queueNumber.has_value());
        QCOMPARE(f.phase(a), RunPhase::Running);
    }

    void aLostAnswerIsLookedUpAndNeverSentAgain_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<RunPhase>("phase");
        QTest::newRow("running") << QStringLiteral("running") << RunPhase::Running;
        QTest::newRow("waiting") << QStringLiteral("pending") << RunPhase::Queued;
        QTest::newRow("done") << QStringLiteral("history") << RunPhase::Done;
        QTest::newRow("nowhere") << QStringLiteral("nowhere") << RunPhase::Failed;
        QTest::newRow("server silent") << QStringLiteral("silent") << RunPhase::Lost;
    }

    void aLostAnswerIsLookedUpAndNeverSentAgain()
    {
        QFETCH(QString, where);
        QFETCH(RunPhase, phase);
        RunServiceFixture f;
        f.api.errors[QStringLiteral("submit")] = lostConnection();
        const PromptId a(QStringLiteral("a"));
        if (where == QLatin1String("running")) {
            f.api.queueState.running.append(QueueEntry{1, a, {}});
        } else if (where == QLatin1String("pending")) {
            f.api.queueState.pending.append(QueueEntry{1, a, {}});
        } else if (where == QLatin1String("history")) {
            f.addHistory(a, {QStringLiteral("x.png")});
        } else if (where == QLatin1String("silent")) {
            f.api.errors[QStringLiteral("queue")] = lostConnection();
        }
        f.submit(a.toString());
        QTRY_COMPARE(f.phase(a), phase);
        QCOMPARE(f.api.submitted.size(), 1);
        QCOMPARE(f.state(a).error.has_value(), phase == RunPhase::Failed || phase == RunPhase::Lost);
        if (f.state(a).error) {
            QCOMPARE(f.state(a).error->kind, ErrorKind::Unreachable);
        }
    }

    void anAnswerThatWasNotLostIsNotLookedUp()
    {
        RunServiceFixture f;
        f.api.errors[QStringLiteral("submit")] =
            Error{ErrorKind::Unauthorized, QStringLiteral("Not allowed."), {}, {}};
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Unauthorized);
        QCOMPARE(f.api.count(QStringLiteral("queue")), 0);
    }

    void aRefusalKeepsItsFindings()
    {
        RunServiceFixture f;
        f.api.onSubmit = [](const SubmitRequest&) -> Result<SubmitOutcome> {
            Refusal refusal;
            refusal.type = QStringLiteral("prompt_outputs_failed_validation");
            refusal.message = QStringLiteral("Prompt outputs failed validation");
            NodeFinding finding;
            finding.node = NodeId(QStringLiteral("1"));
            finding.input = QStringLiteral("image");
            finding.message = QStringLiteral("Invalid image file");
            refusal.findings.append(finding);
            return SubmitOutcome(refusal);
        };
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Refused);
        QCOMPARE(f.state(a).findings.size(), 1);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Refused);
        QVERIFY(f.state(a).error->message.contains(QStringLiteral("Invalid image file")));
        QCOMPARE(f.log.last(), QStringLiteral("finished a refused"));
        QTest::qWait(0);
        QCOMPARE(f.log.count(QStringLiteral("finished a refused")), 1);
    }

    void anAcceptedPromptMayHaveFindings()
    {
        RunServiceFixture f;
        f.api.onSubmit = [](const SubmitRequest& request) -> Result<SubmitOutcome> {
            SubmitAnswer answer;
            answer.promptId = request.promptId;
            answer.findings.append(NodeFinding{
                NodeId(QStringLiteral("7")), {}, QStringLiteral("value_not_in_list"), {}, {}, {}, {}});
            return SubmitOutcome(answer);
        };
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.state(a).findings.size(), 1);
    }

    void aServerWithIdsOfItsOwnIsToldApart()
    {
        RunServiceFixture f;
        f.api.onSubmit = [](const SubmitRequest&) -> Result<SubmitOutcome> {
            SubmitAnswer answer;
            answer.promptId = PromptId(QStringLiteral("theirs"));
            return SubmitOutcome(answer);
        };
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Protocol);
    }

    void uploadsTheSameContentOnce()
    {
        RunServiceFixture f;
        QTemporaryDir sources;
        const auto withUpload = [&](const QString& id, const QString& fileName, const QByteArray& bytes) {
            QFile file(sources.filePath(fileName));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
                qFatal("no test file");
            }
            RunRequest request = f.request(id);
            request.uploads.append(
                RunUpload{sources.filePath(fileName), NodeId(QStringLiteral("1")), QStringLiteral("image")});
            f.service->submit(request);
        };
        withUpload(QStringLiteral("a"), QStringLiteral("Ferien am Meer.PNG"), "picture one");
        withUpload(QStringLiteral("b"), QStringLiteral("copy.png"), "picture one");
        withUpload(QStringLiteral("c"), QStringLiteral("other.png"), "picture two");
        QTRY_COMPARE(f.api.submitted.size(), 3);
        QCOMPARE(f.api.uploads.size(), 2);
        QCOMPARE(f.api.uploads[0].bytes, QByteArray("picture one"));
        QVERIFY(f.api.uploads[0].name.startsWith(QLatin1String("gesso-")));
        QVERIFY(f.api.uploads[0].name.endsWith(QLatin1String(".png")));
        QVERIFY(!f.api.uploads[0].name.contains(QLatin1String("Meer"))); // not the artist's file names
        const auto sent = [&](int i) {
            return toQString(
                *f.api.submitted[i].prompt.node(NodeId(QStringLiteral("1")))->input(QStringLiteral("image")));
        };
        QCOMPARE(sent(0), QString(u"sub/server-" + f.api.uploads[0].name));
        QCOMPARE(sent(1), sent(0));
        QCOMPARE(sent(2), QString(u"sub/server-" + f.api.uploads[1].name));
        QVERIFY(f.api.calls.indexOf(QStringLiteral("submit a"))
                > f.api.calls.indexOf(u"upload " + f.api.uploads[0].name));
    }

    void anUnreadableInputIsNamedAndNothingIsPosted()
    {
        RunServiceFixture f;
        RunRequest request = f.request(QStringLiteral("a"));
        request.uploads.append(RunUpload{f.folder.filePath(QStringLiteral("gone.png")),
                                         NodeId(QStringLiteral("1")), QStringLiteral("image")});
        f.service->submit(request);
        QTRY_COMPARE(f.phase(request.id), RunPhase::Failed);
        QCOMPARE(f.state(request.id).error->kind, ErrorKind::Unreadable);
        QVERIFY(f.state(request.id).error->message.contains(QStringLiteral("gone.png")));
        QCOMPARE(f.api.submitted.size(), 0);
    }

    void aFailingNodeIsNamed()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.start(a);
        f.executed(a, {QStringLiteral("early.png")});
        ExecutionErrorEvent error;
        error.promptId = a;
        error.node = NodeId(QStringLiteral("3"));
        error.nodeType = QStringLiteral("KSampler");
        error.exceptionType = QStringLiteral("RuntimeError");
        error.message = QStringLiteral("CUDA out of memory");
        f.stream.send(error);
        f.addHistory(a, {QStringLiteral("early.png")}, HistoryStatus::Error);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::NodeFailed);
        QCOMPARE(f.state(a).error->message, QStringLiteral("KSampler failed: CUDA out of memory"));
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("early.png")}); // what was done before is kept
        QVERIFY(f.state(a).overall < 1);
    }

    // The history is written around the time of the last frame; a server may be late.
    void waitsForALateHistory()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.start(a);
        f.succeed(a);
        f.end(a);
        QTRY_VERIFY(f.api.count(QStringLiteral("history a")) >= 1);
        f.addHistory(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    void withoutHistoryWhatWasAnnouncedIsFetched()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.files.insert(QStringLiteral("x.png"), "bytes");
        f.start(a);
        f.executed(a, {QStringLiteral("x.png")});
        f.succeed(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    void anEndWithoutVerdictOrHistoryIsLost()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Lost);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Lost);
    }

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

    void keepsFramesOfTwoRunsApart()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        const PromptId b = f.submit(QStringLiteral("b"));
        QTRY_COMPARE(f.phase(b), RunPhase::Queued);
        f.start(a);
        f.step(a, 1, 4);
        PreviewEvent named;
        named.promptId = a;
        named.image = "frame of a";
        f.stream.send(named);
        PreviewEvent unnamed; // old framing: belongs to what runs here
        unnamed.image = "old frame";
        f.stream.send(unnamed);
        PreviewEvent foreign;
        foreign.promptId = PromptId(QStringLiteral("somebody else's"));
        f.stream.send(foreign);
        f.stream.send(ProgressEvent{PromptId(QStringLiteral("somebody else's")), {}, 9, 9});
        QCOMPARE(f.previews.size(), 2);
        QCOMPARE(f.previews[0].run, a);
        QCOMPARE(f.previews[1].run, a);
        QCOMPARE(f.previews[1].node, std::optional(NodeId(QStringLiteral("1"))));
        QCOMPARE(f.phase(b), RunPhase::Queued);
        QVERIFY(f.state(b).nodes.isEmpty());
        QCOMPARE(f.state(a).value, 1.0);

        f.runToEnd(a, {QStringLiteral("a.png")});
        f.start(b);
        f.stream.send(unnamed);
        QCOMPARE(f.previews.last().run, b);
        f.runToEnd(b, {QStringLiteral("b.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QTRY_COMPARE(f.phase(b), RunPhase::Done);
        QCOMPARE(QFileInfo(f.state(a).files.first().path).fileName(), QStringLiteral("a.png"));
        QCOMPARE(QFileInfo(f.state(b).files.first().path).fileName(), QStringLiteral("b.png"));
        f.stream.send(named); // late: the run has ended
        QCOMPARE(f.previews.size(), 3);
    }

    void aFullDiskKeepsTheResultOnTheServer()
    {
        RunServiceFixture f;
        f.freeSpace = 1000;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::DiskFull);
        QCOMPARE(f.state(a).files.size(), 1);
        QCOMPARE(f.state(a).files[0].error.kind, ErrorKind::DiskFull);
        QCOMPARE(f.state(a).verdict, std::optional(HistoryStatus::Success));
        QCOMPARE(f.filesOnDisk(), QStringList());

        f.freeSpace = 1'000'000'000;
        f.service->retryDownloads(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        QVERIFY(!f.state(a).error);
    }

    void aGoneFolderCanBeReplaced()
    {
        RunServiceFixture f;
        QTemporaryDir other;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QVERIFY(QDir(f.folder.path()).removeRecursively());
        f.runToEnd(a, {QStringLiteral("x.png"), QStringLiteral("y.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::DiskError);
        QVERIFY(f.state(a).error->message.contains(QDir::toNativeSeparators(f.folder.path())));
        QVERIFY(!QFileInfo::exists(f.folder.path())); // not made anew: its drive may be elsewhere

        f.service->retryDownloads(a, other.path());
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(contentOf(other.filePath(QStringLiteral("y.png"))),
                 f.api.files.value(QStringLiteral("y.png")));
    }

    void aCutDownloadLeavesNothingPartial()
    {
        RunServiceFixture f;
        f.api.cutDownloadsAfter = 3000;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Unreachable);
        QCOMPARE(f.api.count(QStringLiteral("view x.png")), 2); // tried again
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    void someMissingFilesMakeThePartialError()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png"), QStringLiteral("gone.png")});
        f.api.files.remove(QStringLiteral("gone.png"));
        f.start(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Partial);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    void cancellingStopsDownloads()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("view"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        f.service->cancel(a);
        QTest::qWait(0);
        f.api.release(QStringLiteral("view"));
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    void hostileNamesStayInTheFolder()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        const QStringList names{QStringLiteral("../../evil.png"),
                                QStringLiteral("C:\\Windows\\evil.png"),
                                QStringLiteral("/etc/passwd"),
                                QStringLiteral("con.png"),
                                QString(5000, u'ü') + QStringLiteral(".png"),
                                QStringLiteral("evil\u202Egnp.exe")};
        f.runToEnd(a, names);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        for (const SavedFile& file : f.state(a).files) {
            QCOMPARE(QFileInfo(file.path).absolutePath(), QDir(f.folder.path()).absolutePath());
        }
        QCOMPARE(f.filesOnDisk().size(), names.size());
        QVERIFY(f.filesOnDisk().contains(QStringLiteral("evil (2).png")));
    }

    void previewsOfNodesAreKeptApartFromResults()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("temp.png")}, HistoryStatus::Success, QStringLiteral("temp"));
        HistoryEntry entry = f.api.histories.value(a);
        OutputItem result = entry.outputs.first();
        result.filename = QStringLiteral("result.png");
        result.type = QStringLiteral("output");
        entry.outputs.append(result);
        f.api.files.insert(QStringLiteral("result.png"), "result");
        f.api.histories.insert(a, entry);
        f.start(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("result.png")});
        QCOMPARE(f.state(a).files[0].item.filename, QStringLiteral("result.png"));
        const QString preview = f.state(a).files[1].path;
        QVERIFY(QFileInfo::exists(preview) && !preview.startsWith(f.folder.path()));
        f.service.reset();
        QVERIFY(!QFileInfo::exists(preview));
    }

    // What a killed program left is swept when the folder is used again.
    void sweepsWhatAKilledProgramLeft()
    {
        RunServiceFixture f;
        QFile stale(f.folder.filePath(QStringLiteral(".gesso-0123456789abcdef.part")));
        QVERIFY(stale.open(QIODevice::WriteOnly));
        stale.write("half a picture");
        stale.close();
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    // Whatever is under way, destroying the service is safe and leaves no partial file.
    void canBeDestroyedAtAnyMoment_data()
    {
        QTest::addColumn<QString>("held");
        for (const char* call : {"upload", "submit", "history", "view", "queue", "interrupt"}) {
            QTest::newRow(call) << QString::fromLatin1(call);
        }
    }

    void canBeDestroyedAtAnyMoment()
    {
        QFETCH(QString, held);
        RunServiceFixture f;
        f.api.hold(held);
        RunRequest request = f.request(QStringLiteral("a"));
        QFile input(f.folder.filePath(QStringLiteral("in.png")));
        QVERIFY(input.open(QIODevice::WriteOnly) && input.write("bytes") == 5);
        input.close();
        request.uploads.append(
            RunUpload{input.fileName(), NodeId(QStringLiteral("1")), QStringLiteral("image")});
        f.service->submit(request);
        const QString prefix = held + (held == QLatin1String("queue") ? QString() : QStringLiteral(" "));
        const auto isWaiting = [&] {
            return std::any_of(f.api.calls.cbegin(), f.api.calls.cend(),
                               [&](const QString& call) { return call.startsWith(prefix); });
        };
        if (held != QLatin1String("upload") && held != QLatin1String("submit")) {
            QTRY_COMPARE(f.phase(request.id), RunPhase::Queued);
            f.start(request.id);
            if (held == QLatin1String("queue")) {
                f.stream.setState(ConnectionState::Connected);
            } else if (held == QLatin1String("interrupt")) {
                f.service->cancel(request.id);
            } else {
                f.runToEnd(request.id, {QStringLiteral("x.png")});
            }
        }
        QTRY_VERIFY(isWaiting());
        f.service.reset();
        f.api.release(held);
        QTest::qWait(20);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("in.png")});
    }
};

QTEST_GUILESS_MAIN(TestRunService)
#include "tst_runservice.moc"
