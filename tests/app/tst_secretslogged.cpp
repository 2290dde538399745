// SPDX-License-Identifier: GPL-3.0-or-later
// A server that says the token back wherever it can: in no log, report, recording or other file of the window
// is it found afterwards.
#include "core/base/json.h"
#include "core/base/log.h"
#include "tests/app/guifixture.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/scriptedsocket.h"
#include "tests/testkit/secretstesting.h"
#include "tests/testkit/testdata.h"
#include "viewmodels/diagnostics/report.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/shell/mainwindow.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>

using namespace gesso;
using testkit::ScriptedServer;
using testkit::secretToken;

namespace {

constexpr int patienceMs = 20000;

// Takes a run, lets it fail, ends the socket, and lets nobody in any more; each time with the token.
class Echo
{
public:
    Echo()
    {
        m_server.setHandler([this](const ScriptedServer::Request& request) {
            m_heard += request.headers.value("authorization") == "Bearer " + secretToken ? 1 : 0;
            answer(request);
        });
    }

    QUrl url() const { return m_server.url(); }
    int heard() const { return m_heard; }

    void close()
    {
        m_isClosed = true;
        m_socket->write(testkit::closeFrame(1011, withToken("no more %1")));
    }

private:
    static QByteArray withToken(QByteArray text) { return text.replace("%1", secretToken); }

    static void say(const ScriptedServer::Request& request, const QByteArray& body)
    {
        request.socket->write(ScriptedServer::answer(200, body));
    }

    void answer(const ScriptedServer::Request& request)
    {
        const QByteArray path = request.target.split('?').first();
        if (m_isClosed) {
            request.socket->write(withToken(
                "HTTP/1.1 401 Not with %1\r\nContent-Length: 38\r\nWWW-Authenticate: Bearer %1\r\n\r\n"
                "You sent %1 here."));
        } else if (path == "/ws") {
            m_socket = request.socket;
            m_socket->write(testkit::socketAccepted(request));
            frame(R"({"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}}})");
        } else if (path == "/system_stats") {
            say(request,
                withToken(R"({"system": {"comfyui_version": "0.8 %1", "os": "%1"}, "devices": []})"));
        } else if (path == "/object_info") {
            say(request, withToken(testkit::painterCatalog));
        } else if (path == "/queue") {
            say(request, R"({"queue_running": [], "queue_pending": []})");
        } else if (path.startsWith("/history/")) {
            say(request, withToken(history()));
        } else if (path == "/prompt" && request.method == "POST") {
            run(request);
        } else {
            request.socket->write(ScriptedServer::answer(500, withToken("Bearer %1"), "text/plain"));
        }
    }

    void run(const ScriptedServer::Request& request)
    {
        const Json id = m_run = (*parseJson(request.body))["prompt_id"];
        say(request, writeJson({{"prompt_id", id}, {"number", 1}, {"node_errors", Json::object()}}));
        frame(R"({"type": "%1", "data": {"%1": "%1"}})");
        frame("{cut %1");
        frame(writeJson({{"type", "execution_start"}, {"data", {{"prompt_id", id}}}}));
        frame(writeJson({{"type", "execution_error"}, {"data", failure()}}));
        frame(writeJson({{"type", "executing"}, {"data", {{"node", nullptr}, {"prompt_id", m_run}}}}));
    }

    Json failure() const
    {
        return {{"node_id", "1"},
                {"node_type", "Painter"},
                {"executed", Json::array()},
                {"exception_type", "%1"},
                {"exception_message", "sent %1 away"},
                {"traceback", Json::array({"with %1"})},
                {"current_inputs", Json::object()},
                {"current_outputs", Json::array()},
                {"prompt_id", m_run}};
    }

    QByteArray history() const
    {
        const Json said = Json::array({"execution_error", failure()});
        const Json status{{"status_str", "error"}, {"completed", false}, {"messages", Json::array({said})}};
        Json all = Json::object();
        all[m_run.get<std::string>()] = {
            {"prompt", Json::array()}, {"outputs", Json::object()}, {"status", status}};
        return writeJson(all);
    }

    void frame(const QByteArray& text) { m_socket->write(testkit::textFrame(withToken(text))); }

    ScriptedServer m_server;
    QPointer<QTcpSocket> m_socket;
    Json m_run; // its id
    int m_heard = 0;
    bool m_isClosed = false;
};

} // namespace

class TestSecretsLogged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenIsInNoFileOfTheWindow();

private:
    void openWorkflow(testkit::GuiFixture& gui);
    void checkShown(const QWidget& window);
};

void TestSecretsLogged::openWorkflow(testkit::GuiFixture& gui)
{
    const QString path = testkit::writePainterWorkflow(gui.folder());
    QVERIFY(!path.isEmpty());
    gui.shell().openWorkflow(path);
    QTRY_COMPARE_WITH_TIMEOUT(gui.shell().document().sourcePath(), path, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(gui.shell().canGenerate(), patienceMs);
}

void TestSecretsLogged::checkShown(const QWidget& window)
{
    const auto isClean = [](const QString& text) { return !text.contains(QString::fromLatin1(secretToken)); };
    for (const QLabel* label : window.findChildren<QLabel*>())
        QVERIFY2(isClean(label->text()), qPrintable(label->text()));
    for (const QPlainTextEdit* edit : window.findChildren<QPlainTextEdit*>())
        QVERIFY2(isClean(edit->toPlainText()), qPrintable(edit->toPlainText()));
}

void TestSecretsLogged::tokenIsInNoFileOfTheWindow()
{
    testkit::GuiFixture gui(*qApp);
    gui.keepEverything();
    const QString logs = gui.folder() + QStringLiteral("/logs");
    log::start(logs, log::Level::Error);
    gui.start();
    ShellViewModel& shell = gui.shell();
    Echo server;
    shell.server().connectTo({QStringLiteral("Echo"), server.url(), QString::fromLatin1(secretToken), false});
    QTRY_COMPARE_WITH_TIMEOUT(shell.server().url(), server.url().toString(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(shell.server().state(), ConnectionState::Connected, patienceMs);
    openWorkflow(gui);

    shell.generate(1);
    const auto hasFailed = [&shell] {
        const RunState* run = shell.runs().stateOf(shell.runs().idAt(0));
        return run != nullptr && run->phase == RunPhase::Failed;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasFailed(), patienceMs);
    server.close();
    QTRY_COMPARE_WITH_TIMEOUT(shell.server().status().loss.trouble, ConnectionTrouble::Unauthorized,
                              patienceMs);
    checkShown(gui.window());
    QVERIFY(writeBundle(gui.folder() + QStringLiteral("/report.txt"),
                        diagnosticsBundle({}, gui.folder() + QStringLiteral("/config/gesso.ini"), logs,
                                          Anonymizer(), QDateTime::currentDateTimeUtc())));
    gui.stop();

    // It was sent, and what it came back in was written down.
    QVERIFY(server.heard() > 3);
    const QByteArray written = testkit::readAll(logs + QStringLiteral("/gesso.log"));
    for (const char* line : {"unknown message: <redacted>", "socket lost", "not valid JSON", " failed"})
        QVERIFY2(written.contains(line), written.constData());
    const testkit::SecretSearch search = testkit::searchForSecret(gui.folder());
    QCOMPARE(search.leaks, QStringList());
    QVERIFY(search.files >= 6); // settings, log, history, report, catalogue, workflow
}

QTEST_MAIN(TestSecretsLogged)
#include "tst_secretslogged.moc"
