// SPDX-License-Identifier: GPL-3.0-or-later
#include "gessoprocess.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

class TestServerOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void unreachableServer_data();
    void unreachableServer();
    void choiceOfServer();

private:
    GessoProcess m_gesso;
    QProcess m_demo;
    QString m_url;
};

void TestServerOptions::initTestCase()
{
    m_url = m_gesso.startDemo(m_demo);
}

void TestServerOptions::cleanupTestCase()
{
    m_demo.terminate();
    QVERIFY(m_demo.waitForFinished());
}

void TestServerOptions::unreachableServer_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("environment");
    QTest::newRow("named by the flag")
        << QStringList{QStringLiteral("--server"), QStringLiteral("127.0.0.1:9")} << QString();
    QTest::newRow("named by the environment") << QStringList{} << QStringLiteral("127.0.0.1:9");
}

void TestServerOptions::unreachableServer()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, environment);
    GessoProcess gesso;
    if (!environment.isEmpty()) {
        gesso.setEnvironment(QStringLiteral("COMFYUI_SERVER_ADDRESS"), environment);
    }
    const Outcome outcome =
        gesso.run(QStringList{QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                              QStringLiteral("--json"), QStringLiteral("--output"), gesso.outputFolder()}
                  + arguments);
    QCOMPARE(outcome.exitCode, 3);
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("unreachable"));
    QVERIFY(outcome.events(QStringLiteral("server")).isEmpty()); // never the demo server instead
}

void TestServerOptions::choiceOfServer()
{
    GessoProcess gesso;
    const QStringList command{QStringLiteral("params"), sampleWorkflow(QStringLiteral("text-to-picture")),
                              QStringLiteral("--json")};
    // Nothing named, nothing used, the demo forbidden.
    const Outcome none = gesso.run(command + QStringList{QStringLiteral("--no-demo")});
    if (none.exitCode == 0) {
        QSKIP("another ComfyUI answers on this machine's usual port");
    }
    QCOMPARE(none.exitCode, 3);
    // The built-in one, then one that is named, which is remembered from then on.
    QCOMPARE(gesso.run(command).event(QStringLiteral("server"))["demo"], Json(true));
    gesso.run(command + QStringList{QStringLiteral("--server"), m_url});
    QCOMPARE(stringMember(gesso.run(command).event(QStringLiteral("server")), "url"), m_url);
    // The environment wins over what is remembered, the flag over both.
    gesso.setEnvironment(QStringLiteral("COMFYUI_SERVER_ADDRESS"), QStringLiteral("127.0.0.1:9"));
    QCOMPARE(gesso.run(command).exitCode, 3);
    QCOMPARE(gesso.run(command + QStringList{QStringLiteral("--server"), m_url}).exitCode, 0);
    // The demo server by its name, whatever else is named or remembered; it is not remembered itself.
    const Outcome demo = gesso.run(command + QStringList{QStringLiteral("--server"), QStringLiteral("demo")});
    QCOMPARE(demo.event(QStringLiteral("server"))["demo"], Json(true));
    QCOMPARE(gesso.run(command).exitCode, 3);
}

QTEST_GUILESS_MAIN(TestServerOptions)
#include "tst_serveroptions.moc"
