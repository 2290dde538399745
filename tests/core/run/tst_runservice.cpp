// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/runservicefixture.h"

#include <QFile>
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

    void aLostAnswerIsLookedUp_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<RunPhase>("phase");
        QTest::newRow("running") << QStringLiteral("running") << RunPhase::Running;
        QTest::newRow("waiting") << QStringLiteral("pending") << RunPhase::Queued;
        QTest::newRow("done") << QStringLiteral("history") << RunPhase::Done;
    }

    void aLostAnswerIsLookedUp()
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
        }
        f.submit(a.toString());
        QTRY_COMPARE(f.phase(a), phase);
        QCOMPARE(f.api.submitted.size(), 1); // never sent again
        QVERIFY(!f.state(a).error);
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
};

QTEST_GUILESS_MAIN(TestRunService)
#include "tst_runservice.moc"
