// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on a real server over a real wire: what a person would see.
#include "core/server/serversession.h"
#include "tests/core/server/demofixture.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QImage>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using testkit::DemoFixture;
using testkit::TcpProxy;

class TestRunIntegration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunFromPromptToPicture()
    {
        DemoFixture f;
        QVERIFY(f.isReady);
        const RunRequest request = f.request(7, 5);
        QVERIFY(!request.prompt.isEmpty());
        const PromptId id = f.submit(request);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, testkit::patienceMs);
        QCOMPARE(f.state(id).overall, 1.0);
        QVERIFY(f.previews.size() >= 2);
        QVERIFY(f.previews.first().image != f.previews.last().image);
        QVERIFY(!QImage::fromData(f.previews.last().image).isNull());
        QCOMPARE(f.state(id).files.size(), 1);
        const QString path = f.state(id).files.first().path;
        QCOMPARE(QImage(path).size(), QSize(64, 64));
        QCOMPARE(testkit::embeddedPrompt(path), toJson(request.prompt)); // metadata as the server wrote it
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    void theSameSeedGivesTheSamePicture()
    {
        DemoFixture f;
        const PromptId a = f.submit(f.request(7));
        const PromptId b = f.submit(f.request(7));
        const PromptId c = f.submit(f.request(8));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(a), RunPhase::Done, testkit::patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(b), RunPhase::Done, testkit::patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(c), RunPhase::Done, testkit::patienceMs);
        const auto picture = [&](const PromptId& id) { return QImage(f.state(id).files.value(0).path); };
        QVERIFY(!picture(a).isNull());
        QCOMPARE(picture(b), picture(a));
        QVERIFY(picture(c) != picture(a));
    }

    void theJobMayEndBeforeThePostIsAnswered()
    {
        DemoFixture f;
        demo::Faults faults;
        faults.promptAnswerDelayMs = 3000;
        f.server.setFaults(faults);
        const PromptId id = f.submit(f.request(7));
        QTRY_VERIFY_WITH_TIMEOUT(f.state(id).serverEnded, testkit::patienceMs);
        QVERIFY(!f.state(id).queueNumber); // not answered yet
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, testkit::patienceMs);
        QVERIFY(f.state(id).queueNumber.has_value());
    }

    void aRefusalNamesTheInput()
    {
        DemoFixture f;
        RunRequest request = f.request(7);
        for (PromptNode& node : request.prompt.nodes) {
            if (node.classType == QLatin1String("KSampler")) {
                node.setInput(QStringLiteral("sampler_name"), Json("no such sampler"));
            }
        }
        const PromptId id = f.submit(request);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Refused, testkit::patienceMs);
        QCOMPARE(f.state(id).findings.size(), 1);
        QCOMPARE(f.state(id).findings.first().input, QStringLiteral("sampler_name"));
        QCOMPARE(f.state(id).error->kind, ErrorKind::Refused);
    }

    void aFailingNodeEndsTheRun()
    {
        DemoFixture f;
        demo::Faults faults;
        faults.failNode = QStringLiteral("VAEDecode");
        f.server.setFaults(faults);
        const PromptId id = f.submit(f.request(7));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Failed, testkit::patienceMs);
        QCOMPARE(f.state(id).failure->nodeType, QStringLiteral("VAEDecode"));
        QCOMPARE(f.state(id).error->kind, ErrorKind::NodeFailed);
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    void aBlockedNodeIsAWarning()
    {
        DemoFixture f;
        demo::Faults faults;
        faults.blockNode = QStringLiteral("VAEDecode");
        f.server.setFaults(faults);
        const PromptId id = f.submit(f.request(7));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, testkit::patienceMs);
        QCOMPARE(f.state(id).warnings.size(), 1);
        QVERIFY(!f.state(id).error);
    }

    void cancelsTheRunningAndTheWaiting()
    {
        DemoFixture f(50);
        const PromptId running = f.submit(f.request(7, 200));
        const PromptId waiting = f.submit(f.request(8, 200));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(running), RunPhase::Running, testkit::patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(waiting), RunPhase::Queued, testkit::patienceMs);
        f.service->cancel(waiting);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(waiting), RunPhase::Cancelled, testkit::patienceMs);
        QCOMPARE(f.phase(running), RunPhase::Running); // nobody else's
        QTRY_VERIFY_WITH_TIMEOUT(f.state(running).value >= 1, testkit::patienceMs);
        f.service->cancel(running);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(running), RunPhase::Cancelled, testkit::patienceMs);
        QCOMPARE(f.state(running).verdict, std::optional(HistoryStatus::Interrupted)); // the server said so
    }

    void twoRunsKeepTheirFramesApart()
    {
        DemoFixture f(5);
        const PromptId a = f.submit(f.request(1, 6));
        const PromptId b = f.submit(f.request(2, 6));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(b), RunPhase::Done, testkit::patienceMs);
        QCOMPARE(f.phase(a), RunPhase::Done);
        QList<PromptId> order;
        for (const PreviewFrame& frame : f.previews) {
            if (order.isEmpty() || order.last() != frame.run) {
                order.append(frame.run);
            }
        }
        QCOMPARE(order, (QList<PromptId>{a, b})); // never mixed
    }

    void anInputPictureIsUploaded()
    {
        DemoFixture f;
        QImage picture(32, 32, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QTemporaryDir inputs;
        const QString path = inputs.filePath(QStringLiteral("Été.png"));
        QVERIFY(picture.save(path));
        RunRequest request = f.request(7);
        request.prompt = DemoFixture::samplePrompt(QStringLiteral("soft-glow.json"), f.server.url(), 7, 3);
        QVERIFY(!request.prompt.isEmpty());
        for (const PromptNode& node : std::as_const(request.prompt.nodes)) {
            if (node.classType == QLatin1String("LoadImage")) {
                request.uploads.append(RunUpload{path, node.id, QStringLiteral("image")});
            }
        }
        QCOMPARE(request.uploads.size(), 1);
        const PromptId id = f.submit(request);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, testkit::patienceMs);
        QVERIFY(!f.filesOnDisk().isEmpty());
        const Json sent = testkit::embeddedPrompt(f.state(id).files.first().path);
        QVERIFY(
            stringMember(sent.at(request.uploads.first().node.toString().toStdString()).at("inputs"), "image")
                .startsWith(QLatin1String("gesso-")));
    }

    void withoutHistoryTheAnnouncedFilesAreSaved()
    {
        DemoFixture f;
        demo::Faults faults;
        faults.forgetHistory = true;
        f.server.setFaults(faults);
        const PromptId id = f.submit(f.request(7));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, testkit::patienceMs);
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    void aRestartedServerHasLostTheRun()
    {
        DemoFixture f(50);
        const PromptId running = f.submit(f.request(7, 500));
        const PromptId waiting = f.submit(f.request(8, 500));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(running), RunPhase::Running, testkit::patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(waiting), RunPhase::Queued, testkit::patienceMs);
        f.server.restart(false);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(running), RunPhase::Lost, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(waiting), RunPhase::Lost, 10'000);
        QCOMPARE(f.state(running).error->kind, ErrorKind::Lost);

        const PromptId again = f.submit(f.request(7)); // and the next one goes through
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(again), RunPhase::Done, 10'000);
    }

    void aCutWireDoesNotLoseTheRun()
    {
        DemoFixture f(30);
        const PromptId id = f.submit(f.request(7, 20));
        QTRY_VERIFY_WITH_TIMEOUT(f.state(id).value >= 2, testkit::patienceMs);
        f.wire->cutNow();
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    // Away for the whole end of the job: its result is in the history.
    void aJobThatEndedDuringAnOutageIsFetched()
    {
        DemoFixture f(30);
        const PromptId id = f.submit(f.request(7, 10));
        QTRY_VERIFY_WITH_TIMEOUT(f.state(id).value >= 1, testkit::patienceMs);
        f.wire->setAccepting(false);
        f.wire->cutNow();
        QTRY_VERIFY_WITH_TIMEOUT(f.socket->state() != ConnectionState::Connected, testkit::patienceMs);
        QVERIFY(QTest::qWaitFor(
            [&] {
                return QDir(f.server.folder() + QStringLiteral("/output")).entryList(QDir::Files).size() == 1;
            },
            10'000));
        QVERIFY(!isEnded(f.phase(id)));
        f.wire->setAccepting(true);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    // The worst wire: open on both ends, taking connections, and dead. It could be a busy server, so it is
    // told and not cut.
    void aHalfOpenWireIsNoticed()
    {
        DemoFixture f(30);
        const PromptId id = f.submit(f.request(7, 10));
        QTRY_VERIFY_WITH_TIMEOUT(f.state(id).value >= 1, testkit::patienceMs);
        f.wire->setHalfOpen(true);
        QTRY_COMPARE_WITH_TIMEOUT(f.socket->status().loss.trouble, ConnectionTrouble::Busy, 10'000);
        QVERIFY(!isEnded(f.phase(id)));
        f.wire->cutNow();
        f.wire->setHalfOpen(false);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 20'000);
    }

    void aDownloadCutInTheMiddleIsFetchedAgain()
    {
        DemoFixture f;
        const PromptId id = f.submit(f.request(7));
        QTRY_VERIFY_WITH_TIMEOUT(f.state(id).serverEnded, testkit::patienceMs);
        f.wire->cutAfter(TcpProxy::Direction::ToClient, 2500); // in the history or in the picture
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.filesOnDisk().size(), 1);
        QVERIFY(!QImage(f.state(id).files.first().path).isNull());
    }

    void anAnswerLostOnTheWireIsLookedUp()
    {
        DemoFixture f(30);
        demo::Faults faults;
        faults.promptAnswerDelayMs = 300;
        f.server.setFaults(faults);
        const RunRequest request = f.request(7, 10);
        const PromptId id = f.submit(request);
        QTRY_VERIFY_WITH_TIMEOUT(f.phase(id) == RunPhase::Running,
                                 testkit::patienceMs); // it arrived; the answer has not
        f.wire->cutNow();
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(QDir(f.server.folder() + QStringLiteral("/output")).entryList(QDir::Files).size(),
                 1); // sent once
    }

    // As behind a gateway while ComfyUI starts.
    void aServerThatOnlyHasErrorsIsWaitedFor()
    {
        DemoFixture f;
        const RunRequest request = f.request(7);
        demo::Faults faults;
        faults.serverError = true;
        f.server.setFaults(faults);
        const PromptId id = f.submit(request);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Submitting, testkit::patienceMs);
        QTest::qWait(2500); // longer than it is looked up
        QCOMPARE(f.phase(id), RunPhase::Submitting);
        f.server.setFaults({});
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    void aSessionOpensAndRuns()
    {
        demo::DemoServer server;
        demo::DemoOptions options;
        options.stepDelayMs = 0;
        options.previewSize = 64;
        const Result<QUrl> url = server.start(options);
        QVERIFY(url.has_value());
        const SystemClock clock;
        const QTemporaryDir cache;
        ServerProfile profile{QStringLiteral("Demo"), *url, {}, true};
        QByteArray hash;
        {
            ServerSession session(profile, clock, cache.path());
            QSignalSpy catalogChanged(&session, &ServerSession::catalogChanged);
            const Result<void> opened = QCoro::waitFor(session.open());
            QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
            QCOMPARE(session.state(), ConnectionState::Connected);
            QVERIFY(session.stats()->isDemo);
            QVERIFY(session.catalog()->contains(QStringLiteral("KSampler")));
            QCOMPARE(catalogChanged.size(), 1);
            QVERIFY(session.latencyMs() >= 0);
            hash = session.catalog()->contentHash();

            const QTemporaryDir output;
            RunRequest request;
            request.id = newPromptId();
            request.prompt = DemoFixture::samplePrompt(QStringLiteral("text-to-picture.json"), *url, 7, 3);
            request.outputFolder = output.filePath(QStringLiteral("made on the way"));
            session.runs().submit(request);
            QTRY_COMPARE_WITH_TIMEOUT(session.runs().state(request.id)->phase, RunPhase::Done,
                                      testkit::patienceMs);
            QVERIFY(QFileInfo::exists(session.runs().state(request.id)->files.first().path));
        }
        server.stop();

        // The next session knows the nodes before its server answers, here never.
        ServerSession later(profile, clock, cache.path());
        const Result<void> opened = QCoro::waitFor(later.open());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Unreachable);
        QTRY_COMPARE_WITH_TIMEOUT(later.catalog()->contentHash(), hash, testkit::patienceMs);
    }

    void aSessionComesBackByItself()
    {
        demo::DemoServer server;
        const Result<QUrl> url = server.start();
        QVERIFY(url.has_value());
        const SystemClock clock;
        ServerSession session({{}, *url, {}, false}, clock, {});
        QVERIFY(QCoro::waitFor(session.open()));
        QSignalSpy stats(&session, &ServerSession::statsChanged);
        server.restart(true);
        QTRY_VERIFY_WITH_TIMEOUT(session.state() != ConnectionState::Connected, testkit::patienceMs);
        QVERIFY(!session.stateReason().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), ConnectionState::Connected, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(!stats.isEmpty(), testkit::patienceMs);
    }
};

QTEST_GUILESS_MAIN(TestRunIntegration)
#include "tst_runintegration.moc"
