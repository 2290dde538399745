// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httptesting.h"
#include "tests/testkit/tcpproxy.h"

#include <QFile>
#include <QTest>
#include <QTimer>

using namespace gesso;
using namespace gesso::testkit;

class TestHttpBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capStopsAnAnswerWithoutEnd();
    void capCountsDecompressedBytes_data();
    void capCountsDecompressedBytes();
    void aBombTakesNoMemory();
    void aHeadWithoutEndEnds_data();
    void aHeadWithoutEndEnds();
    void headsAreToldOnce();
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

void TestHttpBounds::capCountsDecompressedBytes_data()
{
    QTest::addColumn<QByteArray>("bomb");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("deflate") << deflated(QByteArray(60'000'000, '\0')) << QByteArray("deflate");
    QTest::newRow("gzip") << gzipBomb(60'000'000) << QByteArray("gzip");
}

// A thousand to one.
void TestHttpBounds::capCountsDecompressedBytes()
{
    QFETCH(QByteArray, bomb);
    QFETCH(QByteArray, encoding);
    QVERIFY(bomb.size() < 1'000'000);
    ScriptedServer server(
        say(ScriptedServer::answer(200, bomb, "application/json", "Content-Encoding: " + encoding + "\r\n")));
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.maxBytes = 2'000'000;
    const auto answer = send(client, request);
    QVERIFY(!answer);
    QVERIFY2(answer.error().kind == ErrorKind::TooLarge || answer.error().kind == ErrorKind::Protocol,
             qPrintable(nameOf(answer.error().kind)));
}

void TestHttpBounds::aBombTakesNoMemory()
{
#ifndef Q_OS_LINUX
    QSKIP("needs /proc");
#else
    const auto kilobytes = [](const char* key) -> qint64 {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly)) {
            return -1;
        }
        const QByteArray text = status.readAll();
        return text.mid(text.indexOf(key)).simplified().split(' ').value(1).toLongLong();
    };
    const QByteArray bomb = gzipBomb(250'000'000);
    ScriptedServer server(
        say(ScriptedServer::answer(200, bomb, "application/json", "Content-Encoding: gzip\r\n")));
    HttpClient client(server.url());
    QFile reset(QStringLiteral("/proc/self/clear_refs"));
    if (!reset.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || reset.write("5") != 1) {
        QSKIP("the peak cannot be reset here");
    }
    const qint64 before = kilobytes("VmRSS:");
    HttpRequest request = get();
    request.limits.maxBytes = 2'000'000;
    QVERIFY(!send(client, request));
    const qint64 grown = kilobytes("VmHWM:") - before;
    QVERIFY2(grown < 100'000, qPrintable(QString::number(grown)));
#endif
}

void TestHttpBounds::aHeadWithoutEndEnds_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("drip") << QByteArray("HTTP/1.1 200 OK\r\nX: ") << QByteArray("x");
    QTest::newRow("one endless line") << QByteArray("HTTP/1.1 200 OK\r\nX: ") << QByteArray(100'000, 'x');
    QTest::newRow("endless lines") << QByteArray("HTTP/1.1 200 OK\r\n")
                                   << QByteArray("X: y\r\n").repeated(20'000);
    QTest::newRow("endless interim heads")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\n")
        << QByteArray("HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n").repeated(1000);
    QTest::newRow("endless status") << QByteArray("HTTP/1.1 200 ") << QByteArray(100'000, 'x');
}

void TestHttpBounds::aHeadWithoutEndEnds()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, piece);
    QTimer pump;
    QPointer<QTcpSocket> socket;
    connect(&pump, &QTimer::timeout, this, [&] {
        if (socket && socket->bytesToWrite() < 1'000'000) {
            socket->write(piece);
        }
    });
    ScriptedServer server([&](const Request& request) {
        request.socket->write(start);
        socket = request.socket;
        pump.start(2);
    });
    HttpClient client(server.url());
    HttpRequest request = get();
    request.limits.idleMs = 4 * kSoonMs; // bytes of a head are no sign of life
    const auto answer = send(client, request);
    pump.stop();
    QVERIFY(!answer);
    QVERIFY2(answer.error().kind == ErrorKind::Timeout || answer.error().kind == ErrorKind::Protocol
                 || answer.error().kind == ErrorKind::Unreachable,
             qPrintable(nameOf(answer.error().kind)));
}

// What a download needs to know before its first byte; nothing is told of refusals and redirects.
void TestHttpBounds::headsAreToldOnce()
{
    ScriptedServer server([](const Request& request) {
        request.socket->write(request.target == "/moved"
                                  ? ScriptedServer::answer(302, "", "text/plain", "Location: /x\r\n")
                                  : request.target == "/gone" ? ScriptedServer::answer(404, "no")
                                  : request.target == "/empty"
                                  ? ScriptedServer::answer(200, "", "image/png", "ETag: \"e\"\r\n")
                                  : ScriptedServer::answer(206, "body", "image/png", "etag: \"a\" \r\n"));
    });
    HttpClient client(server.url());
    QList<HttpAnswer> heads;
    const auto fetch = [&](const char* path, bool goesOn) {
        HttpRequest request = get(QString::fromLatin1(path));
        request.headers = {{"Range", "bytes=5-"}};
        request.onHead = [&heads, goesOn](const HttpAnswer& answer) {
            heads += answer;
            return goesOn;
        };
        return QCoro::waitFor(client.stream(request, [](const QByteArray&) { return true; }));
    };
    QVERIFY(fetch("/moved", true));
    QCOMPARE(heads.size(), 1);
    QCOMPARE(heads[0].status, 206);
    QCOMPARE(heads[0].header("ETag"), "\"a\"");
    QCOMPARE(heads[0].header("Missing"), QByteArray());
    QCOMPARE(server.requests().last().headers.value("range"), "bytes=5-");
    QVERIFY(fetch("/gone", true));
    QCOMPARE(heads.size(), 1);
    QVERIFY(fetch("/empty", true));
    QCOMPARE(heads.size(), 2);
    QCOMPARE(fetch("/x", false).error().kind, ErrorKind::Cancelled);
    QCOMPARE(heads.size(), 3);
}

// Files do not shrink, and a range counts their own bytes.
void TestHttpBounds::streamsAreNotCompressed()
{
    const QByteArray packed = deflated(QByteArray(100'000, 'a'));
    ScriptedServer server(
        sayAndClose(ScriptedServer::answer(200, packed, "image/png", "Content-Encoding: deflate\r\n")));
    HttpClient client(server.url());
    const auto answer = QCoro::waitFor(client.stream(get(), [](const QByteArray&) { return true; }));
    QCOMPARE(server.requests().first().headers.value("accept-encoding"), "identity");
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
}

// The ratio alone makes no bomb.
void TestHttpBounds::largeWellCompressedAnswerIsRead()
{
    const QByteArray plain(30'000'000, '\0');
    ScriptedServer server(say(
        ScriptedServer::answer(200, deflated(plain), "application/json", "Content-Encoding: deflate\r\n")));
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
