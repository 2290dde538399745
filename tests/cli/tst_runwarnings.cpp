// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/gessoprocess.h"

#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

// A server on which a node holds back what follows it: the run is done, and what is missing is told.
class TestRunWarnings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBlockedNodeIsAFinding()
    {
        QProcess server;
        const QString url =
            m_gesso.startDemo(server, {QStringLiteral("--fault"), QStringLiteral("block=VAEDecode")});
        const Outcome outcome =
            m_gesso.run({QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                         QStringLiteral("--server"), url, QStringLiteral("--output"), m_gesso.outputFolder(),
                         QStringLiteral("-p"), QStringLiteral("Steps=2"), QStringLiteral("--json")});
        server.terminate();
        QVERIFY(server.waitForFinished());
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.savedFiles(), QStringList());
        const Json finding = outcome.event(QStringLiteral("finding"));
        QCOMPARE(stringMember(finding, "code"), QStringLiteral("execution-blocked"));
        QCOMPARE(stringMember(finding, "severity"), QStringLiteral("warning"));
        QCOMPARE(stringMember(finding, "nodeType"), QStringLiteral("SaveImage"));
        QVERIFY(stringMember(finding, "message").contains(u"blocked on purpose"));
    }

private:
    GessoProcess m_gesso;
};

QTEST_GUILESS_MAIN(TestRunWarnings)
#include "tst_runwarnings.moc"
