// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of the real program, and what the next one makes of it: each result once, nothing run twice.
#include "gessoprocess.h"

#include <QDir>
#include <QImage>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using testkit::GessoProcess;
using testkit::Outcome;
using testkit::sampleWorkflow;

namespace {

constexpr int patienceMs = 60'000;

// A server, a program that was killed, and its home.
struct Scene {
    GessoProcess gesso;
    QProcess demo;
    QString url;

    explicit Scene(const QStringList& demoArguments) { url = gesso.startDemo(demo, demoArguments); }
    ~Scene()
    {
        demo.kill();
        demo.waitForFinished();
    }

    QStringList runArguments(const QStringList& more = {}) const
    {
        const auto set = [](const char* value) {
            return QStringList{QStringLiteral("-p"), QLatin1String(value)};
        };
        return QStringList{QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture"))}
        + set("Steps=4") + set("Width=64") + set("Height=64")
            + QStringList{QStringLiteral("--server"), url, QStringLiteral("--output"), gesso.outputFolder(),
                          QStringLiteral("--json")}
        + more;
    }

    // Starts a run, waits for a line that contains the text, and kills it.
    void killAt(const QByteArray& text, int laterMs = 0, const QStringList& more = {})
    {
        QProcess run;
        gesso.start(run, runArguments(more));
        QByteArray out;
        while (!out.contains(text)) {
            QVERIFY2(run.waitForReadyRead(patienceMs), out);
            out += run.readAllStandardOutput();
        }
        if (laterMs > 0) {
            QTest::qWait(laterMs); // where exactly does not matter: every moment must end well
        }
        run.kill();
        QVERIFY(run.state() == QProcess::NotRunning || run.waitForFinished(patienceMs)); // it may have ended
    }

    Outcome resume(const QStringList& more = {})
    {
        return gesso.run(
            QStringList{QStringLiteral("resume"), QStringLiteral("--server"), url, QStringLiteral("--json")}
            + more);
    }

    QStringList files() const // hidden ones too
    {
        return QDir(gesso.outputFolder()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    }

    // How often something was run.
    int jobsOnServer() const
    {
        QNetworkAccessManager network;
        QNetworkReply* reply = network.get(QNetworkRequest(QUrl(url + QStringLiteral("/history"))));
        QSignalSpy finished(reply, &QNetworkReply::finished);
        if (!reply->isFinished() && !finished.wait(patienceMs)) {
            return -1;
        }
        const Result<Json> history = parseJson(reply->readAll());
        return history ? int(history->size()) : -1;
    }
};

QStringList faults(const QStringList& all)
{
    QStringList arguments;
    for (const QString& fault : all) {
        arguments += {QStringLiteral("--fault"), fault};
    }
    return arguments;
}

QStringList stepDelay(int ms)
{
    return {QStringLiteral("--step-delay"), QString::number(ms)};
}

} // namespace

class TestResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killed_data()
    {
        QTest::addColumn<QStringList>("server");
        QTest::addColumn<QByteArray>("moment");
        QTest::addColumn<int>("laterMs");
        QTest::newRow("before the POST was answered")
            << faults({QStringLiteral("late-answer=3000")}) << QByteArray("\"state\":\"submitting\"") << 0;
        QTest::newRow("while it runs") << stepDelay(300) << QByteArray("\"event\":\"progress\"") << 0;
        for (const int later : {0, 150, 300, 450, 600, 750, 900}) {
            QTest::addRow("fetching, %d ms on", later)
                << faults({QStringLiteral("delay=300")}) << QByteArray("\"state\":\"fetching\"") << later;
        }
        QTest::newRow("when its file has its name")
            << QStringList() << QByteArray("\"event\":\"output\"") << 0;
    }

    void killed()
    {
        QFETCH(QStringList, server);
        QFETCH(QByteArray, moment);
        QFETCH(int, laterMs);
        Scene scene(server);
        scene.killAt(moment, laterMs);
        const Outcome outcome = scene.resume();
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        QVERIFY2(scene.files().size() == 1, qPrintable(scene.files().join(u' ')));
        QVERIFY(!QImage(QDir(scene.gesso.outputFolder()).filePath(scene.files().first())).isNull());
        QCOMPARE(scene.jobsOnServer(), 1);

        const Outcome again = scene.resume(); // accounted for
        QCOMPARE(again.exitCode, 0);
        QVERIFY2(again.events(QStringLiteral("resumed")).isEmpty(), again.said());
        QCOMPARE(scene.files().size(), 1);
    }

    void theQueueGoesOn()
    {
        Scene scene(stepDelay(20));
        scene.killAt("\"event\":\"output\"", 0, {QStringLiteral("--batch"), QStringLiteral("8")});
        const Outcome outcome = scene.resume();
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        QCOMPARE(scene.files().size(), 8);
        QCOMPARE(scene.jobsOnServer(), 8);
    }

    void runsOfALivingProcessAreLeftToIt()
    {
        Scene scene(stepDelay(500));
        QProcess run;
        scene.gesso.start(run, scene.runArguments());
        QByteArray out;
        while (!out.contains("\"event\":\"progress\"")) {
            QVERIFY2(run.waitForReadyRead(patienceMs), out);
            out += run.readAllStandardOutput();
        }
        const Outcome outcome = scene.resume();
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.events(QStringLiteral("resumed")).isEmpty(), outcome.said());
        QVERIFY(run.waitForFinished(patienceMs));
        QCOMPARE(run.exitCode(), 0);
        QCOMPARE(scene.files().size(), 1);
        QCOMPARE(scene.jobsOnServer(), 1);
    }

    void twoAtOnceDoNotFetchTwice()
    {
        Scene scene(stepDelay(200));
        scene.killAt("\"event\":\"progress\"", 0, {QStringLiteral("--batch"), QStringLiteral("4")});
        QProcess first;
        QProcess second;
        for (QProcess* process : {&first, &second}) {
            scene.gesso.start(
                *process,
                {QStringLiteral("resume"), QStringLiteral("--server"), scene.url, QStringLiteral("--json")});
        }
        QVERIFY(first.waitForFinished(patienceMs));
        QVERIFY(second.waitForFinished(patienceMs));
        QCOMPARE(first.exitCode(), 0);
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(scene.files().size(), 4);
        QCOMPARE(scene.jobsOnServer(), 4);
    }

    void aLostRunIsToldOrSentAgain()
    {
        Scene scene(stepDelay(1000));
        scene.killAt("\"event\":\"progress\"", 500); // by then it is noted that the server has it
        const QUrl address(scene.url);
        scene.demo.kill(); // and its memory with it
        QVERIFY(scene.demo.waitForFinished(patienceMs));
        QProcess anew;
        scene.gesso.start(anew,
                          {QStringLiteral("demo-server"), QStringLiteral("--port"),
                           QString::number(address.port()), QStringLiteral("--step-delay"),
                           QStringLiteral("0"), QStringLiteral("--json")});
        QVERIFY(anew.waitForReadyRead(patienceMs));
        const Outcome outcome = scene.resume({QStringLiteral("--resubmit")});
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        const QList<Json> ends = outcome.events(QStringLiteral("done"));
        QCOMPARE(ends.size(), 2);
        QCOMPARE(stringMember(ends[0], "state"), QStringLiteral("lost"));
        QCOMPARE(stringMember(ends[0], "again"), stringMember(ends[1], "run"));
        QCOMPARE(stringMember(ends[1], "state"), QStringLiteral("done"));
        QCOMPARE(scene.files().size(), 1);
        anew.kill();
        anew.waitForFinished();
    }

    void withoutAPlaceForTheHistoryRunsGoOn()
    {
        Scene scene(stepDelay(0));
        scene.gesso.setEnvironment(QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/dev/null"));
        QStringList arguments = scene.runArguments();
        arguments.removeOne(QStringLiteral("--json")); // it is told to people
        const Outcome outcome = scene.gesso.run(arguments);
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        QVERIFY2(outcome.err.contains("cannot be written"), outcome.said());
        QCOMPARE(scene.files().size(), 1);
    }

    // The window takes up what the command line left, is killed itself, and the next window ends it.
    void theWindowEndsWhatWasKilled()
    {
        Scene scene(stepDelay(400));
        scene.killAt("\"event\":\"progress\"");
        scene.gesso.setEnvironment(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        QProcess killed;
        scene.gesso.start(killed, {QStringLiteral("gui")});
        QTest::qWait(1200); // it has taken the run over, or is about to: either must end well
        killed.kill();
        QVERIFY(killed.waitForFinished(patienceMs));

        QProcess window;
        scene.gesso.start(window, {QStringLiteral("gui")});
        QTRY_COMPARE_WITH_TIMEOUT(
            QDir(scene.gesso.outputFolder()).entryList({QStringLiteral("*.png")}, QDir::Files).size(), 1,
            patienceMs);
        QTest::qWait(500);
        window.kill();
        QVERIFY(window.waitForFinished(patienceMs));
        QCOMPARE(scene.files().size(), 1);
        QCOMPARE(scene.jobsOnServer(), 1);
        QVERIFY(scene.resume().events(QStringLiteral("resumed")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"
