// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httptesting.h"
#include "tests/testkit/tcpproxy.h"

#include <QTest>
#include <QTimer>

using namespace gesso;
using namespace gesso::testkit;

class TestHttpBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capStopsAnAnswerWithoutEnd();
    void capCountsDecompressedBytes();
    void streamsAreNotCompressed();
    void largeWellCompressedAnswerIsRead();
    void totalDeadlineEndsASlowDrip();
    void idleDeadlineEndsASilence();
    void idleDeadlineLetsASlowAnswerLive();
    void cancelBeforeAndWhile();
    void streamsToTheSink();
    void sinkStopsTheDownload();
    void refusalOfAStreamIsKept();
    void destroyedInTheMiddle();
    void cutByTheWire();
};

// The server would go on for ever: only a cap that holds while reading ends this.
void TestHttpBounds::capStopsAnAnswerWithoutEnd()
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

void TestHttpBounds::capCountsDecompressedBytes()
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
void TestHttpBounds::streamsAreNotCompressed()
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
void TestHttpBounds::largeWellCompressedAnswerIsRead()
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

void TestHttpBounds::totalDeadlineEndsASlowDrip()
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

void TestHttpBounds::idleDeadlineEndsASilence()
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
void TestHttpBounds::idleDeadlineLetsASlowAnswerLive()
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

void TestHttpBounds::cancelBeforeAndWhile()
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

void TestHttpBounds::streamsToTheSink()
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

void TestHttpBounds::sinkStopsTheDownload()
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

void TestHttpBounds::refusalOfAStreamIsKept()
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

void TestHttpBounds::destroyedInTheMiddle()
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

void TestHttpBounds::cutByTheWire()
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

QTEST_GUILESS_MAIN(TestHttpBounds)
#include "tst_httpbounds.moc"
