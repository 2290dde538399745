// SPDX-License-Identifier: GPL-3.0-or-later
// Busy, gone or only its socket dead; and why a server does not shake hands.
#include "core/base/clock.h"
#include "core/comfy/comfyclient.h"
#include "core/server/serverhealth.h"
#include "core/server/serversession.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/tcpproxy.h"

#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace gesso;
using testkit::ScriptedServer;
using testkit::TcpProxy;
using Request = ScriptedServer::Request;

namespace {

ComfyClientLimits impatient()
{
    ComfyClientLimits limits;
    limits.general = {2000, 2000, 1024 * 1024};
    return limits;
}

ScriptedServer::Handler say(const QByteArray& answer)
{
    return [answer](const Request& request) { request.socket->write(answer); };
}

} // namespace

class TestServerHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void livenessOfAnswers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("features") << ScriptedServer::answer(200, "{}");
        QTest::newRow("unknown route") << ScriptedServer::answer(404, "");
        QTest::newRow("unauthorized") << ScriptedServer::answer(401, "");
        QTest::newRow("proxy") << ScriptedServer::answer(502, "");
        QTest::newRow("a page") << ScriptedServer::answer(200, "<html>", "text/html");
    }

    void livenessOfAnswers()
    {
        QFETCH(QByteArray, answer);
        ScriptedServer server(say(answer));
        ComfyClient client(server.url(), {}, nullptr, impatient());
        QCOMPARE(QCoro::waitFor(livenessOf(client, server.url(), {})), Liveness::Answers);
    }

    // The system takes connections for a program that is blocked.
    void aBlockedProgramIsBusy()
    {
        QTcpServer blocked; // never accepts
        QVERIFY(blocked.listen(QHostAddress::LocalHost));
        blocked.pauseAccepting();
        const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(blocked.serverPort()));
        ComfyClient client(url, {}, nullptr, impatient());
        QCOMPARE(QCoro::waitFor(livenessOf(client, url, {})), Liveness::Busy);
    }

    void nobodyThereIsGone()
    {
        ScriptedServer server;
        TcpProxy proxy(server.port());
        proxy.setAccepting(false);
        ComfyClient client(proxy.url(), {}, nullptr, impatient());
        QCOMPARE(QCoro::waitFor(livenessOf(client, proxy.url(), {})), Liveness::Gone);
    }

    void diagnoses_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ConnectionTrouble>("trouble");
        QTest::addColumn<QString>("says");
        QTest::newRow("token") << ScriptedServer::answer(401, "") << ConnectionTrouble::Unauthorized
                               << QStringLiteral("401");
        QTest::newRow("forbidden") << ScriptedServer::answer(403, "") << ConnectionTrouble::Unauthorized
                                   << QStringLiteral("403");
        QTest::newRow("another program") << ScriptedServer::answer(200, "<html>", "text/html")
                                         << ConnectionTrouble::NoWebSocket << QStringLiteral("JSON");
        QTest::newRow("proxy") << ScriptedServer::answer(502, "") << ConnectionTrouble::NoWebSocket
                               << QStringLiteral("502");
        QTest::newRow("moved") << ScriptedServer::answer(301, "", "text/plain",
                                                         "Location: https://elsewhere.invalid/\r\n")
                               << ConnectionTrouble::NoWebSocket << QStringLiteral("elsewhere.invalid");
        QTest::newRow("REST works") << ScriptedServer::answer(200, "{}") << ConnectionTrouble::NoWebSocket
                                    << QStringLiteral("live");
    }

    void diagnoses()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ConnectionTrouble, trouble);
        QFETCH(QString, says);
        ScriptedServer server(say(answer));
        ComfyClient client(server.url(), {}, nullptr, impatient());
        const ConnectionLoss known{ConnectionTrouble::NoWebSocket, QStringLiteral("known"), {}};
        const ConnectionLoss found = QCoro::waitFor(diagnosed(client, known, server.url(), {}));
        QCOMPARE(nameOf(found.trouble), nameOf(trouble));
        QVERIFY2(found.reason.contains(says), qPrintable(found.reason));
    }

    // The token runs out in the middle: told with the way out, and over when the server lets us in again.
    void unauthorizedInTheMiddle()
    {
        QWebSocketServer sockets(QStringLiteral("x"), QWebSocketServer::NonSecureMode);
        QVERIFY(sockets.listen(QHostAddress::LocalHost));
        ScriptedServer locked(say(ScriptedServer::answer(401, "no")));
        TcpProxy proxy(sockets.serverPort());
        const QTemporaryDir cache;
        SystemClock clock;
        ServerSession session({{}, proxy.url(), {}, false}, clock, cache.path());
        const auto opening = session.open(); // its REST ends somehow: only the socket matters here
        QTRY_COMPARE(session.state(), ConnectionState::Connected);
        proxy.setServerPort(locked.port());
        proxy.cutNow();
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(session.status().loss.trouble),
                                  nameOf(ConnectionTrouble::Unauthorized), 15'000);
        proxy.setServerPort(sockets.serverPort());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), ConnectionState::Connected, 15'000);
        QCOMPARE(session.status().loss, ConnectionLoss());
    }

    // The session tells it, with the way out; and the token does not get out.
    void aSessionWithoutATokenSaysSo()
    {
        ScriptedServer server(say(ScriptedServer::answer(401, "no")));
        const QTemporaryDir cache;
        SystemClock clock;
        ServerSession session({{}, server.url(), QStringLiteral("s3cret"), false}, clock, cache.path());
        const Result<void> opened = QCoro::waitFor(session.open());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Unauthorized);
        QTRY_COMPARE(nameOf(session.status().loss.trouble), nameOf(ConnectionTrouble::Unauthorized));
        QCOMPARE(session.status().state, ConnectionState::Reconnecting);
        QVERIFY(session.stateReason().contains(QStringLiteral("401")));
        QVERIFY(session.status().loss.hint.contains(QStringLiteral("token")));
        QVERIFY(!session.stateReason().contains(QStringLiteral("s3cret")));
    }
};

QTEST_GUILESS_MAIN(TestServerHealth)
#include "tst_serverhealth.moc"
