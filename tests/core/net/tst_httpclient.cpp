// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httperrors.h"
#include "tests/core/net/httptesting.h"

#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatItShould();
    void sendsNoSecretsOfItsOwn();
    void buildsUrls_data();
    void buildsUrls();
    void postsTheBody_data();
    void postsTheBody();
    void sendsParts();
    void anyStatusIsAnAnswer_data();
    void anyStatusIsAnAnswer();
    void statusErrors_data();
    void statusErrors();
    void readsBodies_data();
    void readsBodies();
    void brokenAnswers_data();
    void brokenAnswers();
    void neverPostsTwice();
    void nothingAnswers();
    void httpsToAPlainPort();
    void proxiesAreNamed_data();
    void proxiesAreNamed();
    void unknownMachine();
};

void TestHttpClient::sendsWhatItShould()
{
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient client(server.url(), Auth(QStringLiteral("s3cret")));
    QVERIFY(send(client, get()));
    const Request seen = server.requests().first();
    QCOMPARE(seen.method, "GET");
    QCOMPARE(seen.target, "/x");
    QCOMPARE(seen.headers.value("authorization"), "Bearer s3cret");
    QVERIFY(seen.headers.value("user-agent").startsWith("Gesso/0."));
    QVERIFY(!seen.headers.contains("origin"));
    QVERIFY(!seen.headers.contains("referer"));
}

void TestHttpClient::sendsNoSecretsOfItsOwn()
{
    ScriptedServer server(say(ScriptedServer::answer(200, "{}", "application/json", "Set-Cookie: a=b\r\n")));
    QUrl url = server.url();
    url.setUserInfo(QStringLiteral("me:word"));
    HttpClient client(url);
    QVERIFY(send(client, get()));
    QVERIFY(send(client, get()));
    QCOMPARE(client.host(), QStringLiteral("127.0.0.1:%1").arg(server.port()));
    for (const Request& seen : server.requests()) {
        QVERIFY(!seen.headers.contains("cookie"));
        QVERIFY(!seen.headers.contains("authorization"));
    }
}

void TestHttpClient::buildsUrls_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("expected");
    const QString plain = QStringLiteral("/view");
    QTest::newRow("root") << QString() << plain << QStringLiteral("a") << QByteArray("/view?filename=a");
    QTest::newRow("slash") << QStringLiteral("/") << plain << QStringLiteral("a")
                           << QByteArray("/view?filename=a");
    QTest::newRow("prefix") << QStringLiteral("/farm/comfy/") << plain << QStringLiteral("a")
                            << QByteArray("/farm/comfy/view?filename=a");
    QTest::newRow("signs") << QString() << plain << QStringLiteral("a&b=c+d%41#e f")
                           << QByteArray("/view?filename=a%26b%3Dc%2Bd%2541%23e%20f");
    QTest::newRow("not ASCII") << QString() << plain << QStringLiteral("é中")
                               << QByteArray("/view?filename=%C3%A9%E4%B8%AD");
    QTest::newRow("encoded segment") << QString() << QStringLiteral("/userdata/a%2Fb%20c")
                                     << QStringLiteral("a") << QByteArray("/userdata/a%2Fb%20c?filename=a");
}

void TestHttpClient::buildsUrls()
{
    QFETCH(QString, prefix);
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QByteArray, expected);
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient client(server.url(prefix));
    HttpRequest request = get(path);
    request.query = {{QStringLiteral("filename"), value}};
    QVERIFY(send(client, request));
    QCOMPARE(server.requests().first().target, expected);
}

void TestHttpClient::postsTheBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("small") << QByteArray("{\"a\":1}");
    QTest::newRow("large") << QByteArray(3'000'000, 'x');
}

void TestHttpClient::postsTheBody()
{
    QFETCH(QByteArray, body);
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient client(server.url());
    const auto answer = send(client, post(body));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().body, body);
    QCOMPARE(server.requests().first().headers.value("content-type"), "application/json");
}

void TestHttpClient::sendsParts()
{
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient client(server.url());
    HttpRequest request = get();
    request.method = "POST";
    request.parts = {
        {QStringLiteral("image"), "PNG\r\n\0bytes", QStringLiteral("é\"\r\nX: 1.png"), "image/png"},
        {QStringLiteral("type"), "input", {}, {}}};
    QVERIFY(send(client, request));
    const Request seen = server.requests().first();
    QVERIFY(seen.headers.value("content-type").startsWith("multipart/form-data; boundary="));
    QVERIFY(seen.body.contains(
        "Content-Disposition: form-data; name=\"image\"; filename=\"\xC3\xA9___X: 1.png\"\r\n"));
    QVERIFY(seen.body.contains("Content-Type: image/png\r\n"));
    QVERIFY(seen.body.contains("Content-Disposition: form-data; name=\"type\"\r\n\r\ninput\r\n"));
    QVERIFY(!seen.body.contains("\r\nX: 1.png"));
}

void TestHttpClient::anyStatusIsAnAnswer_data()
{
    QTest::addColumn<int>("status");
    for (const int status :
         {200, 204, 304, 400, 401, 403, 404, 405, 409, 410, 413, 418, 429, 500, 501, 502, 503, 504, 599}) {
        QTest::addRow("%d", status) << status;
    }
}

void TestHttpClient::anyStatusIsAnAnswer()
{
    QFETCH(int, status);
    const bool hasBody = status != 204 && status != 304;
    const QByteArray body = hasBody ? "plain words" : "";
    ScriptedServer server(say(ScriptedServer::answer(status, body, "text/plain")));
    HttpClient client(server.url());
    const auto answer = send(client, get());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->body, body);
    QCOMPARE(answer->bytes, body.size());
    QCOMPARE(answer->contentType, "text/plain");
    QCOMPARE(answer->isSuccess(), status < 300);
}

void TestHttpClient::statusErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("400") << 400 << ErrorKind::ServerError;
    QTest::newRow("401") << 401 << ErrorKind::Unauthorized;
    QTest::newRow("403") << 403 << ErrorKind::Unauthorized;
    QTest::newRow("404") << 404 << ErrorKind::NotFound;
    QTest::newRow("413") << 413 << ErrorKind::TooLarge;
    QTest::newRow("500") << 500 << ErrorKind::ServerError;
    QTest::newRow("503") << 503 << ErrorKind::ServerError;
}

void TestHttpClient::statusErrors()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    HttpAnswer answer;
    answer.status = status;
    answer.reason = QStringLiteral("Reason");
    answer.body = "Error: <b>boom</b>" + QByteArray(100'000, 'x');
    const Error error = statusError(QStringLiteral("gpu:8188"), QStringLiteral("GET /x"), answer);
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.hint.isEmpty());
    QVERIFY(error.message.contains(QStringLiteral("gpu:8188")));
    QVERIFY(error.message.contains(QString::number(status)));
    QVERIFY(!error.message.contains(QStringLiteral("boom")));
    QVERIFY(error.detail.startsWith(QStringLiteral("GET /x\nError: <b>boom</b>")));
    QVERIFY(error.detail.size() < 5000);
}

void TestHttpClient::readsBodies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("length") << QByteArray(head + "Content-Length: 5\r\n\r\nhello") << QByteArray("hello");
    QTest::newRow("empty") << QByteArray(head + "Content-Length: 0\r\n\r\n") << QByteArray();
    QTest::newRow("chunked") << QByteArray(
        head + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n")
                             << QByteArray("hello");
    QTest::newRow("until the end") << QByteArray(head + "Connection: close\r\n\r\nhello")
                                   << QByteArray("hello");
    const QByteArray packed = deflated("hello");
    QTest::newRow("deflate") << QByteArray(head + "Content-Encoding: deflate\r\nContent-Length: "
                                           + QByteArray::number(packed.size()) + "\r\n\r\n" + packed)
                             << QByteArray("hello");
}

void TestHttpClient::readsBodies()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    ScriptedServer server(sayAndClose(bytes));
    HttpClient client(server.url());
    const auto answer = send(client, get());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->body, expected);
    QCOMPARE(answer->bytes, expected.size());
}

void TestHttpClient::brokenAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nConte");
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("TLS") << QByteArray("\x15\x03\x01\x00\x02\x02\x0A", 7);
    QTest::newRow("noise") << QByteArray(4000, '\xFE');
    QTest::newRow("cut body") << QByteArray(head + "Content-Length: 10\r\n\r\nhello");
    QTest::newRow("no body at all") << QByteArray(head + "Content-Length: 10\r\n\r\n");
    QTest::newRow("cut chunk") << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");
    QTest::newRow("no last chunk") << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    QTest::newRow("chunk without a size")
        << QByteArray(head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n");
    QTest::newRow("two lengths") << QByteArray(head + "Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello");
    QTest::newRow("negative length") << QByteArray(head + "Content-Length: -5\r\n\r\nhello");
    QTest::newRow("no number as a length") << QByteArray(head + "Content-Length: five\r\n\r\nhello");
    QTest::newRow("lying encoding") << QByteArray(
        head + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello");
}

void TestHttpClient::brokenAnswers()
{
    QFETCH(QByteArray, bytes);
    ScriptedServer server(sayAndClose(bytes));
    HttpClient client(server.url());
    const auto answer = send(client, get());
    QVERIFY2(!answer, answer ? answer->body.constData() : "");
    QVERIFY2(answer.error().kind == ErrorKind::Unreachable || answer.error().kind == ErrorKind::Protocol,
             qPrintable(nameOf(answer.error().kind)));
    QVERIFY2(answer.error().message.contains(client.host()), qPrintable(answer.error().message));
}

// HTTP libraries like to repeat a request by themselves when the connection ends before the answer.
void TestHttpClient::neverPostsTwice()
{
    ScriptedServer server([](const Request& request) { request.socket->abort(); });
    HttpClient client(server.url());
    const auto answer = send(client, post("{\"prompt\":{}}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpClient::nothingAnswers()
{
    quint16 port = 0;
    {
        const ScriptedServer gone;
        port = gone.port();
    }
    HttpClient client(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)));
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY(answer.error().message.contains(QStringLiteral("127.0.0.1:%1").arg(port)));
    QVERIFY(!answer.error().hint.isEmpty());
}

void TestHttpClient::httpsToAPlainPort()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&plain] {
        QTcpSocket* socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->readAll();
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
    });
    HttpClient client(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(plain.serverPort())));
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY2(answer.error().hint.contains(QStringLiteral("http")), qPrintable(answer.error().message));
}

void TestHttpClient::proxiesAreNamed_data()
{
    QTest::addColumn<HttpFault>("fault");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("proxy") << HttpFault::Proxy << ErrorKind::Unreachable << QStringLiteral("proxy");
    QTest::newRow("no network") << HttpFault::NoWay << ErrorKind::Unreachable << QStringLiteral("no way");
    QTest::newRow("late") << HttpFault::Timeout << ErrorKind::Timeout << QStringLiteral("in time");
    QTest::newRow("other") << HttpFault::Unknown << ErrorKind::Unreachable
                           << QStringLiteral("cannot be reached");
}

void TestHttpClient::proxiesAreNamed()
{
    QFETCH(HttpFault, fault);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, says);
    const Error told = transportError(QStringLiteral("gpu:8188"), fault, QStringLiteral("technical"));
    QCOMPARE(told.kind, kind);
    QVERIFY2(told.message.contains(says), qPrintable(told.message));
    QVERIFY(told.message.contains(QStringLiteral("gpu:8188")));
    QVERIFY(!told.hint.isEmpty());
}

void TestHttpClient::unknownMachine()
{
    HttpClient client(QUrl(QStringLiteral("http://no-such-machine.invalid:8188")));
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY(answer.error().message.contains(QStringLiteral("no-such-machine.invalid:8188")));
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
