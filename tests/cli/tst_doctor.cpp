// SPDX-License-Identifier: GPL-3.0-or-later
#include "gessoprocess.h"
#include "tests/core/run/transcript.h"

#include "core/run/runreducer.h"

#include <QFile>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

Json checkWith(const Outcome& outcome, const QString& id)
{
    const QList<Json> checks = outcome.events(QStringLiteral("check"));
    for (const Json& check : checks) {
        if (stringMember(check, "id") == id) {
            return check;
        }
    }
    return {};
}

} // namespace

class TestDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allIsWell();
    void readsLikeAText();
    void serverIsGone();
    void writesABundleOnce();
    void theBundleNamesNoServer();
    void recordingReplaysToTheSameEnd();
};

void TestDoctor::allIsWell()
{
    GessoProcess gesso;
    const Outcome outcome = gesso.run({QStringLiteral("doctor"), QStringLiteral("--server"),
                                       QStringLiteral("demo"), QStringLiteral("--json")});
    QVERIFY2(outcome.exitCode == 0, outcome.said().constData());
    QCOMPARE(stringMember(checkWith(outcome, QStringLiteral("server-socket")), "state"),
             QStringLiteral("ok"));
    QVERIFY(stringMember(checkWith(outcome, QStringLiteral("server-nodes")), "text").toInt() > 10);
    QVERIFY(checkWith(outcome, QStringLiteral("folder-output")).is_object());
}

void TestDoctor::readsLikeAText()
{
    GessoProcess gesso;
    const Outcome outcome =
        gesso.run({QStringLiteral("doctor"), QStringLiteral("--server"), QStringLiteral("demo")});
    QCOMPARE(outcome.exitCode, 0);
    for (const char* topic : {"This computer\n", "Places\n", "Server\n"}) {
        QVERIFY2(outcome.out.contains(topic), outcome.out.constData());
    }
}

void TestDoctor::serverIsGone()
{
    GessoProcess gesso;
    const Outcome outcome = gesso.run({QStringLiteral("doctor"), QStringLiteral("--server"),
                                       QStringLiteral("127.0.0.1:9"), QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, 3);
    const Json reached = checkWith(outcome, QStringLiteral("server-reached"));
    QCOMPARE(stringMember(reached, "state"), QStringLiteral("problem"));
    QVERIFY(!stringMember(reached, "text").isEmpty());
    QVERIFY(checkWith(outcome, QStringLiteral("qt")).is_object()); // the rest is told all the same
}

void TestDoctor::writesABundleOnce()
{
    GessoProcess gesso;
    const QString path = gesso.home() + QStringLiteral("/report.txt");
    const QStringList arguments{QStringLiteral("doctor"), QStringLiteral("--server"), QStringLiteral("demo"),
                                QStringLiteral("--bundle"), path};
    QCOMPARE(gesso.run(arguments).exitCode, 0);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("This computer"));
    QVERIFY(text.contains("Settings"));
    QVERIFY2(!text.contains(gesso.home().toUtf8()), text.constData());
    QCOMPARE(gesso.run(arguments).exitCode, 2); // a report is never overwritten
}

// Above all the one that does not answer: that is what reports are about.
void TestDoctor::theBundleNamesNoServer()
{
    GessoProcess gesso;
    gesso.setEnvironment(QStringLiteral("COMFYUI_SERVER_ADDRESS"), QStringLiteral("render-07"));
    const QString path = gesso.home() + QStringLiteral("/report.txt");
    const Outcome outcome =
        gesso.run({QStringLiteral("doctor"), QStringLiteral("--server"),
                   QStringLiteral("gpu-box.invalid:8188"), QStringLiteral("--bundle"), path});
    QCOMPARE(outcome.exitCode, 3);
    QVERIFY2(outcome.out.contains("gpu-box.invalid"), outcome.out.constData()); // the person may know
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.contains("<server-"), text.constData());
    QVERIFY2(!text.contains("gpu-box") && !text.contains("render-07"), text.constData());
}

// What --record writes is what the recordings of real servers look like: the same reader, the same end.
void TestDoctor::recordingReplaysToTheSameEnd()
{
    GessoProcess gesso;
    const QString path = gesso.home() + QStringLiteral("/traffic.json");
    const Outcome outcome =
        gesso.run({QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                   QStringLiteral("--server"), QStringLiteral("demo"), QStringLiteral("--record"), path,
                   QStringLiteral("--output"), gesso.outputFolder(), QStringLiteral("--json")});
    QVERIFY2(outcome.exitCode == 0, outcome.said().constData());

    const Transcript transcript = Transcript::read(path);
    QVERIFY2(transcript.frameErrors.isEmpty(), qPrintable(transcript.frameErrors.join(u'\n')));
    QCOMPARE(transcript.submits.size(), 1);
    const RecordedSubmit& submit = transcript.submits.first();
    QCOMPARE(submit.status, 200);
    QVERIFY(submit.hasClientId);
    QVERIFY(transcript.histories.contains(submit.promptId));

    RunState state;
    state.id = submit.promptId;
    state.phase = RunPhase::Submitting;
    state.nodeCount = int(submit.prompt.size());
    state = reduce(state, decodeSubmitAnswer(submit.body).value());
    bool hasPreview = false;
    for (const ComfyEvent& event : transcript.events) {
        hasPreview = hasPreview || std::holds_alternative<PreviewEvent>(event);
        state = reduce(state, event);
    }
    QVERIFY(hasPreview);
    QVERIFY(state.serverEnded);
    QCOMPARE(state.outputs.size(), outcome.savedFiles().size());
}

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
