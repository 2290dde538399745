// SPDX-License-Identifier: GPL-3.0-or-later
// A token and the words of a server that says it back: neither is found anywhere afterwards.
#include "gessoprocess.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/secretstesting.h"
#include "tests/testkit/testdata.h"

#include <QFile>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

bool isHarmless(const QString& shown)
{
    return !QStringView(shown).contains(u'\x1b') && !shown.contains(u'\x07') && !shown.contains(u'\u009b')
        && !shown.contains(u'\u202E') && !shown.contains(u'\r');
}

} // namespace

class TestSecretsStay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tokenIsNowhere_data();
    void tokenIsNowhere();
    void escapeSequencesDoNotReachTheTerminal();

private:
    Outcome run(const QStringList& arguments);
    QByteArray answer(const ScriptedServer::Request& request);

    std::unique_ptr<GessoProcess> m_gesso;
    std::unique_ptr<ScriptedServer> m_server;
    QString m_workflow;
    QByteArray m_refusal; // of a run, "%1" is what the server was sent as Authorization
    int m_status = 400;
    int m_heard = 0; // requests that carried the token
    QByteArray m_stats; // of /system_stats
};

void TestSecretsStay::init()
{
    m_gesso = std::make_unique<GessoProcess>();
    m_workflow = writePainterWorkflow(m_gesso->home());
    QVERIFY(!m_workflow.isEmpty());
    m_heard = 0;
    m_stats = R"({"system": {"comfyui_version": "0.8.0"}, "devices": []})";
    m_server = std::make_unique<ScriptedServer>([this](const ScriptedServer::Request& request) {
        m_heard += request.headers.value("authorization") == "Bearer " + secretToken ? 1 : 0;
        request.socket->write(answer(request));
    });
}

QByteArray TestSecretsStay::answer(const ScriptedServer::Request& request)
{
    const QByteArray path = request.target.split('?').first();
    if (path == "/object_info" && m_status == 400) { // else not even this is told
        return ScriptedServer::answer(200, painterCatalog);
    }
    if (path == "/system_stats") {
        return ScriptedServer::answer(200, m_stats);
    }
    if (path == "/queue") {
        return ScriptedServer::answer(200, R"({"queue_running": [], "queue_pending": []})");
    }
    QByteArray said = m_refusal;
    said.replace("%1", request.headers.value("authorization"));
    said.replace("%2", request.headers.value("authorization").mid(7)); // the token alone
    if (path == "/prompt" || path == "/object_info") {
        return ScriptedServer::answer(m_status, said);
    }
    return ScriptedServer::answer(500, said, "text/plain", "X-Echo: " + secretToken + "\r\n");
}

// The server lives in this process: it answers while the program runs.
Outcome TestSecretsStay::run(const QStringList& arguments)
{
    constexpr int patienceMs = 60'000;
    QProcess process;
    m_gesso->start(process, arguments);
    [&process] { QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, patienceMs); }();
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestSecretsStay::tokenIsNowhere_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("refusal");
    QTest::addColumn<bool>("json");
    const QByteArray text = "Denied.\nAuthorization: %1\nYou sent %2 to us, %2!";
    const QByteArray refusal = R"({"error": {"type": "denied", "message": "no: %2", "details": "header %1",
"extra_info": {}}, "node_errors": {"1": {"class_type": "Painter", "dependent_outputs": ["1"], "errors":
[{"type": "value", "message": "not with %2", "details": "%1", "extra_info": {"input_name": "text"}}]}}})";
    for (const bool json : {false, true}) {
        const char* form = json ? ", as JSON" : ", as text";
        QTest::addRow("an error page%s", form) << 500 << text << json;
        QTest::addRow("not let in%s", form) << 401 << text << json;
        QTest::addRow("a refusal%s", form) << 400 << refusal << json;
    }
}

void TestSecretsStay::tokenIsNowhere()
{
    QFETCH(int, status);
    QFETCH(QByteArray, refusal);
    QFETCH(bool, json);
    m_status = status;
    m_refusal = refusal;
    m_gesso->setEnvironment(QStringLiteral("COMFYUI_TOKEN"), QString::fromLatin1(secretToken));
    const QString server = m_server->url().toString();
    const QString record = m_gesso->home() + QStringLiteral("/traffic.json");
    const QString bundle = m_gesso->home() + QStringLiteral("/report.txt");

    QStringList arguments{QStringLiteral("run"),      m_workflow,
                          QStringLiteral("--server"), server,
                          QStringLiteral("--output"), m_gesso->outputFolder(),
                          QStringLiteral("--record"), record};
    if (json) {
        arguments += QStringLiteral("--json");
    }
    const Outcome ran = run(arguments);
    QVERIFY2(ran.exitCode != 0, ran.said().constData());
    QVERIFY2(!ran.said().contains(secretToken), ran.said().constData());
    QVERIFY(m_heard > 0); // it was sent, so it could have been said back

    const Outcome doctor = run(
        {QStringLiteral("doctor"), QStringLiteral("--server"), server, QStringLiteral("--bundle"), bundle});
    QVERIFY2(!doctor.said().contains(secretToken), doctor.said().constData());
    QVERIFY(QFile::exists(bundle));
    QVERIFY(readAll(record).contains("/object_info")); // there is something to look at

    // Settings, database of runs with its journal, caches, logs, recording, report: whatever was written.
    const SecretSearch search = searchForSecret(m_gesso->home());
    QCOMPARE(search.leaks, QStringList());
    QVERIFY(search.files >= 3);
}

void TestSecretsStay::escapeSequencesDoNotReachTheTerminal()
{
    m_status = 400;
    m_refusal = R"({"error": {"type": "x", "message": "\u001b]0;owned\u0007\u001b[2J\u009b2J\u202Eno\rgone",
"details": "\u001b[31m", "extra_info": {}}, "node_errors": {}})";
    const Outcome outcome =
        run({QStringLiteral("run"), m_workflow, QStringLiteral("--server"), m_server->url().toString(),
             QStringLiteral("--output"), m_gesso->outputFolder()});
    QVERIFY(outcome.exitCode != 0);
    const QString said = QString::fromUtf8(outcome.said());
    QVERIFY2(said.contains(QLatin1String("owned")), outcome.said().constData()); // told, as text
    QVERIFY2(isHarmless(said), outcome.said().constData());

    // What a server says of itself stands on stdout.
    m_stats = R"({"system": {"comfyui_version": "0.8\u001b[2J", "os": "\u009b2J\u0007\r"}, "devices":
[{"name": "cuda:0\u001b]0;owned\u0007\n  ok      Forged  line\u202E", "vram_total": 8, "vram_free": 1}]})";
    const Outcome doctor =
        run({QStringLiteral("doctor"), QStringLiteral("--server"), m_server->url().toString()});
    const QString report = QString::fromUtf8(doctor.out);
    QVERIFY2(report.contains(QLatin1String("owned")), doctor.out.constData());
    QVERIFY2(isHarmless(report) && !report.contains(QLatin1String("\n  ok      Forged")),
             doctor.out.constData());
}

QTEST_GUILESS_MAIN(TestSecretsStay)
#include "tst_secretsstay.moc"
