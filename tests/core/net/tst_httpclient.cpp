// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"
#include "core/net/httperrors.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/tcpproxy.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace gesso;
using testkit::ScriptedServer;
using testkit::TcpProxy;
using Request = ScriptedServer::Request;

namespace {

// What a test uses where a deadline must pass, and where none may.
constexpr int kSoonMs = 150;
constexpr int kNeverMs = 60'000;

ScriptedServer::Handler say(const QByteArray& bytes)
{
    return [bytes](const Request& request) { request.socket->write(bytes); };
}

ScriptedServer::Handler sayAndClose(const QByteArray& bytes)
{
    return [bytes](const Request& request) {
        request.socket->write(bytes);
        request.socket->disconnectFromHost();
    };
}

HttpRequest get(const QString& path = QStringLiteral("/x"))
{
    HttpRequest request;
    request.path = path;
    request.limits.totalMs = kNeverMs;
    request.limits.idleMs = kNeverMs;
    return request;
}

HttpRequest post(const QByteArray& body)
{
    HttpRequest request = get();
    request.method = "POST";
    request.body = body;
    request.contentType = "application/json";
    return request;
}

// A task that waits no longer than the test's own patience.
Result<HttpAnswer> send(HttpClient& client, const HttpRequest& request, const CancelToken& cancel = {})
{
    return QCoro::waitFor(client.send(request, cancel));
}

QByteArray gzip(const QByteArray& bytes)
{
    // qCompress gives 4 bytes of length and a zlib stream; "deflate" is just that stream.
    return qCompress(bytes, 9).mid(4);
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatItShould();
    void sendsNoSecretsOfItsOwn();
    void keepsTheConnection();
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
    void capStopsAnAnswerWithoutEnd();
    void capCountsDecompressedBytes();
    void streamsAreNotCompressed();
    void largeWellCompressedAnswerIsRead();
    void neverPostsTwice();
    void totalDeadlineEndsASlowDrip();
    void idleDeadlineEndsASilence();
    void idleDeadlineLetsASlowAnswerLive();
    void cancelBeforeAndWhile();
    void redirects_data();
    void redirects();
    void redirectLoopEnds();
    void credentialsStayWithTheirServer();
    void streamsToTheSink();
    void sinkStopsTheDownload();
    void refusalOfAStreamIsKept();
    void nothingAnswers();
    void unknownMachine();
    void destroyedInTheMiddle();
    void cutByTheWire();
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

void TestHttpClient::keepsTheConnection()
{
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient client(server.url());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(send(client, get()));
    }
    QCOMPARE(server.connections(), 1);
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
    const QByteArray packed = gzip("hello");
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
    QTest::newRow("noise") << QByteArray(4000, '\xFE');
    QTest::newRow("cut body") << QByteArray(head + "Content-Length: 10\r\n\r\nhello");
    QTest::newRow("no body at all") << QByteArray(head + "Content-Length: 10\r\n\r\n");
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

// The server would go on for ever: only a cap that holds while reading ends this.
void TestHttpClient::capStopsAnAnswerWithoutEnd()
{
    qint64 written = 0;
    QTimer pump;
    QPointer<QTcpSocket> socket;
    connect(&pump, &QTimer::timeout, this, [&] {
        if (socket && socket->bytesToWrite() < 1'000'000) {
            written += socket->write(QByteArray(100'000, 'x'));
        }
    });
    ScriptedServer server([&](const Request& request) {
        request.socket->write("HTTP/1.1 200 OK\r\n\r\n");
        socket = request.socket;
        pump.start(0);
    });
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.maxBytes = 1'000'000;
    const auto answer = send(client, request);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TooLarge);
    QVERIFY(answer.error().message.contains(client.host()));
    pump.stop();
}

void TestHttpClient::capCountsDecompressedBytes()
{
    const QByteArray bomb = gzip(QByteArray(200'000'000, '\0'));
    QVERIFY(bomb.size() < 1'000'000);
    ScriptedServer server(
        say(ScriptedServer::answer(200, bomb, "application/json", "Content-Encoding: deflate\r\n")));
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.maxBytes = 2'000'000;
    const auto answer = send(client, request);
    QVERIFY(!answer);
    QVERIFY2(answer.error().kind == ErrorKind::TooLarge || answer.error().kind == ErrorKind::Protocol,
             qPrintable(nameOf(answer.error().kind)));
}

// A compressed body that is cut short looks complete to Qt, so files are asked for as they are.
void TestHttpClient::streamsAreNotCompressed()
{
    const QByteArray packed = gzip(QByteArray(100'000, 'a'));
    ScriptedServer server(
        sayAndClose(ScriptedServer::answer(200, packed, "image/png", "Content-Encoding: deflate\r\n")));
    HttpClient client(server.url());
    const auto answer = QCoro::waitFor(client.stream(get(), [](const QByteArray&) { return true; }));
    QCOMPARE(server.requests().first().headers.value("accept-encoding"), "identity");
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
}

// Qt would refuse this by default: the ratio looks like a bomb.
void TestHttpClient::largeWellCompressedAnswerIsRead()
{
    const QByteArray plain(30'000'000, '\0');
    ScriptedServer server(
        say(ScriptedServer::answer(200, gzip(plain), "application/json", "Content-Encoding: deflate\r\n")));
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.maxBytes = 40'000'000;
    const auto answer = send(client, request);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->body.size(), plain.size());
}

// QNetworkAccessManager repeats a request by itself when the connection ends before the answer.
void TestHttpClient::neverPostsTwice()
{
    ScriptedServer server([](const Request& request) { request.socket->abort(); });
    HttpClient client(server.url());
    const auto answer = send(client, post("{\"prompt\":{}}"));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpClient::totalDeadlineEndsASlowDrip()
{
    QTimer drip;
    QPointer<QTcpSocket> socket;
    connect(&drip, &QTimer::timeout, this, [&socket] {
        if (socket) {
            socket->write("x");
        }
    });
    ScriptedServer server([&](const Request& request) {
        request.socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        socket = request.socket;
        drip.start(5);
    });
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.totalMs = kSoonMs;
    const auto answer = send(client, request);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QVERIFY(answer.error().message.contains(client.host()));
}

void TestHttpClient::idleDeadlineEndsASilence()
{
    ScriptedServer server(say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"));
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.idleMs = kSoonMs;
    const auto answer = send(client, request);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
}

// Pieces come well inside the idle limit, the whole takes longer than it.
void TestHttpClient::idleDeadlineLetsASlowAnswerLive()
{
    constexpr int kPieces = 12;
    constexpr int kIdleMs = 2000;
    constexpr int kBetweenMs = 200;
    int sent = 0;
    QTimer drip;
    QPointer<QTcpSocket> socket;
    connect(&drip, &QTimer::timeout, this, [&] {
        socket->write("x");
        if (++sent == kPieces) {
            drip.stop();
        }
    });
    ScriptedServer server([&](const Request& request) {
        request.socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(kPieces)
                              + "\r\n\r\n");
        socket = request.socket;
        drip.start(kBetweenMs);
    });
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.totalMs = 0;
    request.limits.idleMs = kIdleMs;
    const auto answer = send(client, request);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->body.size(), kPieces);
}

void TestHttpClient::cancelBeforeAndWhile()
{
    ScriptedServer server; // never answers
    HttpClient client(server.url());

    CancelSource before;
    before.cancel();
    const auto never = send(client, get(), before.token());
    QVERIFY(!never);
    QCOMPARE(never.error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.requests().size(), 0);

    CancelSource during;
    server.setHandler([&during](const Request&) { during.cancel(); });
    const auto stopped = send(client, get(), during.token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpClient::redirects_data()
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

void TestHttpClient::redirects()
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

void TestHttpClient::redirectLoopEnds()
{
    ScriptedServer server(say(ScriptedServer::answer(302, "", "text/plain", "Location: /x\r\n")));
    HttpClient client(server.url());
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    QCOMPARE(server.requests().size(), 6);
}

void TestHttpClient::credentialsStayWithTheirServer()
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

void TestHttpClient::streamsToTheSink()
{
    QByteArray body;
    for (int i = 0; body.size() < 5'000'000; ++i) {
        body += QByteArray::number(i);
    }
    ScriptedServer server(say(ScriptedServer::answer(200, body, "image/png")));
    HttpClient client(server.url());
    QByteArray received;
    int pieces = 0;
    const auto answer = QCoro::waitFor(client.stream(get(), [&](const QByteArray& piece) {
        received += piece;
        ++pieces;
        return true;
    }));
    QVERIFY(answer);
    QVERIFY(pieces > 1);
    QCOMPARE(received, body);
    QCOMPARE(answer->bytes, body.size());
    QVERIFY(answer->body.isEmpty());
}

void TestHttpClient::sinkStopsTheDownload()
{
    ScriptedServer server(say(ScriptedServer::answer(200, QByteArray(5'000'000, 'x'), "image/png")));
    HttpClient client(server.url());
    int pieces = 0;
    const auto answer =
        QCoro::waitFor(client.stream(get(), [&pieces](const QByteArray&) { return ++pieces < 3; }));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    QCOMPARE(pieces, 3);
}

void TestHttpClient::refusalOfAStreamIsKept()
{
    ScriptedServer server(say(ScriptedServer::answer(404, QByteArray(200'000, 'x'), "text/plain")));
    HttpClient client(server.url());
    bool wasCalled = false;
    const auto answer =
        QCoro::waitFor(client.stream(get(), [&wasCalled](const QByteArray&) { return wasCalled = true; }));
    QVERIFY(answer);
    QCOMPARE(answer->status, 404);
    QCOMPARE(answer->body.size(), 64 * 1024);
    QVERIFY(!wasCalled);
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

void TestHttpClient::unknownMachine()
{
    HttpClient client(QUrl(QStringLiteral("http://no-such-machine.invalid:8188")));
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY(answer.error().message.contains(QStringLiteral("no-such-machine.invalid:8188")));
}

void TestHttpClient::destroyedInTheMiddle()
{
    ScriptedServer server; // never answers
    auto client = std::make_unique<HttpClient>(server.url());
    std::optional<Result<HttpAnswer>> answer;
    auto task = client->send(get()).then([&answer](const Result<HttpAnswer>& result) { answer = result; });
    QTRY_COMPARE(server.requests().size(), 1);
    client.reset();
    QVERIFY(answer.has_value()); // at once, not some time later
    QVERIFY(!*answer);
    QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
}

void TestHttpClient::cutByTheWire()
{
    ScriptedServer server(say(ScriptedServer::answer(200, QByteArray(1'000'000, 'x'))));
    TcpProxy proxy(server.port());
    proxy.cutAfter(TcpProxy::Direction::ToClient, 300'000);
    HttpClient client(proxy.url());
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);

    proxy.setHalfOpen(true);
    HttpRequest request = get();
    request.limits.idleMs = kSoonMs;
    const auto silent = send(client, request);
    QVERIFY(!silent);
    QCOMPARE(silent.error().kind, ErrorKind::Timeout);
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
