// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httptesting.h"

#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

class TestHttpRedirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redirects_data();
    void redirects();
    void redirectLoopEnds();
    void credentialsStayWithTheirServer();
};

void TestHttpRedirects::redirects_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("target"); // %1: the server's own port
    QTest::addColumn<bool>("isFollowed");
    QTest::addColumn<QString>("named");
    const QString own = QStringLiteral("http://127.0.0.1:%1/new");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("GET %d relative", status)
            << QByteArray("GET") << status << QStringLiteral("/new") << true << QString();
        QTest::addRow("GET %d own", status) << QByteArray("GET") << status << own << true << QString();
        QTest::addRow("POST %d own", status)
            << QByteArray("POST") << status << own << (status >= 307) << QString();
    }
    QTest::newRow("other host") << QByteArray("GET") << 302 << QStringLiteral("http://evil.invalid:%1/new")
                                << false << QStringLiteral("http://evil.invalid");
    QTest::newRow("other port") << QByteArray("GET") << 302 << QStringLiteral("http://127.0.0.1:1/new")
                                << false << QStringLiteral("http://127.0.0.1:1");
    QTest::newRow("same machine, other name")
        << QByteArray("GET") << 307 << QStringLiteral("http://localhost:%1/new") << false
        << QStringLiteral("http://localhost");
    QTest::newRow("other scheme") << QByteArray("GET") << 301 << QStringLiteral("https://127.0.0.1:%1/new")
                                  << false << QStringLiteral("https://127.0.0.1");
    QTest::newRow("file") << QByteArray("GET") << 302 << QStringLiteral("file:///etc/passwd") << false
                          << QStringLiteral("file:");
    QTest::newRow("user name is not shown")
        << QByteArray("GET") << 302 << QStringLiteral("http://me:word@evil.invalid/") << false
        << QStringLiteral("http://evil.invalid");
}

void TestHttpRedirects::redirects()
{
    QFETCH(QByteArray, method);
    QFETCH(int, status);
    QFETCH(QString, target);
    QFETCH(bool, isFollowed);
    QFETCH(QString, named);
    ScriptedServer server;
    const QByteArray location =
        target.contains(QLatin1String("%1")) ? target.arg(server.port()).toUtf8() : target.toUtf8();
    server.setHandler([&](const Request& request) {
        const bool isNew = request.target == "/new";
        request.socket->write(isNew ? ScriptedServer::answer(200, "moved")
                                    : ScriptedServer::answer(status, "see there", "text/plain",
                                                             "Location: " + location + "\r\n"));
    });
    HttpClient client(server.url());
    HttpRequest request = get();
    request.method = method;
    request.body = method == "POST" ? "{}" : "";
    const auto answer = send(client, request);
    if (isFollowed) {
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
        QCOMPARE(answer->body, "moved");
        QCOMPARE(server.requests().last().method, method);
        QCOMPARE(server.requests().last().body, request.body);
        return;
    }
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    QVERIFY2(answer.error().message.contains(named), qPrintable(answer.error().message));
    QVERIFY(!answer.error().message.contains(QStringLiteral("word")));
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpRedirects::redirectLoopEnds()
{
    ScriptedServer server(say(ScriptedServer::answer(302, "", "text/plain", "Location: /x\r\n")));
    HttpClient client(server.url());
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    QCOMPARE(server.requests().size(), 6);
}

void TestHttpRedirects::credentialsStayWithTheirServer()
{
    ScriptedServer other(say(ScriptedServer::answer(200, "{}")));
    ScriptedServer server(say(ScriptedServer::answer(
        307, "", "text/plain", "Location: " + other.url(QStringLiteral("/y")).toEncoded() + "\r\n")));
    HttpClient client(server.url(), Auth(QStringLiteral("s3cret")));
    const auto answer = send(client, post("{}"));
    QVERIFY(!answer);
    QCOMPARE(other.connections(), 0);
    QVERIFY(!answer.error().message.contains(QStringLiteral("s3cret")));
    QVERIFY(!answer.error().detail.contains(QStringLiteral("s3cret")));
}

QTEST_GUILESS_MAIN(TestHttpRedirects)
#include "tst_httpredirects.moc"
