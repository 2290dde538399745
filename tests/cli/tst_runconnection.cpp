// SPDX-License-Identifier: GPL-3.0-or-later
// The real program over a line that fails: it says why, goes on, and ends with its result.
#include "tests/cli/gessoprocess.h"
#include "tests/testkit/tcpproxy.h"

#include <QDir>
#include <QTest>
#include <QUrl>

using namespace gesso;
using namespace gesso::testkit;

class TestRunConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfALineThatIsCut()
    {
        constexpr int patienceMs = 60'000;
        GessoProcess gesso;
        QProcess demo;
        const QUrl url(gesso.startDemo(demo, {QStringLiteral("--step-delay"), QStringLiteral("100")}));
        TcpProxy wire(quint16(url.port()));
        QProcess run;
        gesso.start(run,
                    {QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                     QStringLiteral("-p"), QStringLiteral("Steps=30"), QStringLiteral("--json"),
                     QStringLiteral("--server"), wire.url().toString(), QStringLiteral("--output"),
                     gesso.outputFolder()});
        Outcome outcome;
        QTRY_VERIFY_WITH_TIMEOUT((outcome.out += run.readAllStandardOutput()).contains("\"progress\""),
                                 patienceMs);
        wire.cutNow();
        QTRY_COMPARE_WITH_TIMEOUT(run.state(), QProcess::NotRunning, patienceMs);
        outcome.out += run.readAllStandardOutput();
        outcome.err = run.readAllStandardError();
        QVERIFY2(run.exitCode() == 0, outcome.said());
        const QList<Json> told = outcome.events(QStringLiteral("connection"));
        QVERIFY2(told.size() >= 2, outcome.said());
        QCOMPARE(stringMember(told.first(), "state"), QStringLiteral("reconnecting"));
        QCOMPARE(stringMember(told.first(), "trouble"), QStringLiteral("ended"));
        QVERIFY(stringMember(told.first(), "message").contains(QStringLiteral("127.0.0.1")));
        QCOMPARE(stringMember(told.last(), "state"), QStringLiteral("connected"));
        QCOMPARE(stringMember(told.last(), "trouble"), QStringLiteral("none"));
        QCOMPARE(outcome.savedFiles().size(), 1);
        QCOMPARE(QDir(gesso.outputFolder()).entryList(QDir::Files | QDir::Hidden).size(), 1);
        demo.terminate();
        QVERIFY(demo.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(TestRunConnection)
#include "tst_runconnection.moc"
