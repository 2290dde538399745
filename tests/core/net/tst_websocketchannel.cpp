// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/websockettesting.h"
#include "tests/testkit/tcpproxy.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace gesso;
using namespace gesso::testkit;
using State = WebSocketChannel::State;

namespace {

// Takes sockets, and answers pings as long as it runs.
class PongingServer : public QWebSocketServer
{
public:
    PongingServer()
        : QWebSocketServer(QStringLiteral("ponging"), NonSecureMode)
    {
        if (!listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }
};

} // namespace

class TestWebSocketChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urls_data();
    void urls();
    void handshakeHasNoOrigin();
    void receivesFrames();
    void assemblesParts();
    void hostileFrames_data();
    void hostileFrames();
    void pingIsAnswered();
    void missingPongIsTold_data();
    void missingPongIsTold();
    void aSlowServerIsNotADeadOne();
    void checkedOnDemand();
    void anyFrameCountsAsLife();
    void closeAsksFirst();
    void closeDoesNotWaitForEver();
    void closeWhileConnecting();
    void peerEnds();
};

void TestWebSocketChannel::urls_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("http") << QStringLiteral("http://gpu:8188")
                          << QByteArray("ws://gpu:8188/ws?clientId=a%26b");
    QTest::newRow("https") << QStringLiteral("https://farm/comfy/")
                           << QByteArray("wss://farm/comfy/ws?clientId=a%26b");
    QTest::newRow("extras") << QStringLiteral("http://me:word@gpu:1/?x=1#y")
                            << QByteArray("ws://gpu:1/ws?clientId=a%26b");
}

void TestWebSocketChannel::urls()
{
    QFETCH(QString, base);
    QFETCH(QByteArray, expected);
    const QUrl url =
        webSocketUrl(QUrl(base), QStringLiteral("/ws"), QStringLiteral("clientId"), QStringLiteral("a&b"));
    QCOMPARE(url.toEncoded(), expected);
}

// Loopback ComfyUI servers answer 403 to a foreign Origin.
void TestWebSocketChannel::handshakeHasNoOrigin()
{
    ScriptedServer server(shakeAndSay({}));
    WebSocketChannel channel(patient());
    QSignalSpy opened(&channel, &WebSocketChannel::opened);
    channel.open(socketUrl(server), Auth(QStringLiteral("s3cret")));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(channel.state(), State::Open);
    const ScriptedServer::Request seen = server.requests().first();
    QCOMPARE(seen.target, "/ws?clientId=a%20b");
    QVERIFY(!seen.headers.contains("origin"));
    QVERIFY(!seen.headers.contains("cookie"));
    QCOMPARE(seen.headers.value("authorization"), "Bearer s3cret");
    QVERIFY(seen.headers.value("user-agent").startsWith("Gesso/0."));
}

void TestWebSocketChannel::receivesFrames()
{
    const QByteArray text = QStringLiteral("{\"ü\":\"中\"}").toUtf8();
    const QByteArray large(3'000'000, '\x7F');
    ScriptedServer server(shakeAndSay(WebSocketFrame{1, text}.bytes() + WebSocketFrame{2, large}.bytes()));
    WebSocketChannel channel(patient());
    QSignalSpy texts(&channel, &WebSocketChannel::textReceived);
    QSignalSpy binaries(&channel, &WebSocketChannel::binaryReceived);
    channel.open(socketUrl(server));
    QTRY_COMPARE(binaries.size(), 1);
    QCOMPARE(texts.size(), 1);
    QCOMPARE(texts.first().first().toByteArray(), text);
    QCOMPARE(binaries.first().first().toByteArray(), large);
}

void TestWebSocketChannel::assemblesParts()
{
    WebSocketFrame first{2, "abc"};
    first.isFinal = false;
    WebSocketFrame second{0, "def"};
    ScriptedServer server(shakeAndSay(first.bytes() + WebSocketFrame{9, "ping"}.bytes() + second.bytes()));
    WebSocketChannel channel(patient());
    QSignalSpy binaries(&channel, &WebSocketChannel::binaryReceived);
    channel.open(socketUrl(server));
    QTRY_COMPARE(binaries.size(), 1);
    QCOMPARE(binaries.first().first().toByteArray(), "abcdef");
}

void TestWebSocketChannel::hostileFrames_data()
{
    const bool tooMuch = true;
    const bool unreadable = false;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isTooMuch");
    WebSocketFrame huge{2, "abc"};
    huge.claimedLength = qint64(WebSocketChannel::kMaxMessageBytes) + 1;
    QTest::newRow("over the limit") << huge.bytes() << tooMuch;
    WebSocketFrame endless{2, "abc"};
    endless.claimedLength = INT64_MAX;
    QTest::newRow("lying length") << endless.bytes() << tooMuch;
    WebSocketFrame reserved{2, "abc"};
    reserved.reservedBits = 0x40;
    QTest::newRow("reserved bit") << reserved.bytes() << unreadable;
    QTest::newRow("unknown opcode") << WebSocketFrame{5, "abc"}.bytes() << unreadable;
    QTest::newRow("continuation of nothing") << WebSocketFrame{0, "abc"}.bytes() << unreadable;
    QTest::newRow("invalid UTF-8") << WebSocketFrame{1, "\xFF\xFE"}.bytes() << unreadable;
    WebSocketFrame fragmentedControl{9, "abc"};
    fragmentedControl.isFinal = false;
    QTest::newRow("fragmented ping") << fragmentedControl.bytes() << unreadable;
    QTest::newRow("long ping") << WebSocketFrame{9, QByteArray(200, 'x')}.bytes() << unreadable;
    QTest::newRow("noise") << QByteArray(1000, '\xFF') << unreadable;
    QByteArray parts;
    WebSocketFrame part{2, QByteArray(16 * 1024 * 1024, 'x')};
    part.isFinal = false;
    for (int i = 0; i < 5; ++i) { // 80 MiB in parts that are each allowed
        parts += part.bytes();
        part.opcode = 0;
    }
    QTest::newRow("message over the limit in parts") << parts << tooMuch;
}

void TestWebSocketChannel::hostileFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isTooMuch);
    ScriptedServer server(shakeAndSay(bytes));
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    QSignalSpy texts(&channel, &WebSocketChannel::textReceived);
    QSignalSpy binaries(&channel, &WebSocketChannel::binaryReceived);
    channel.open(socketUrl(server));
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 3 * kPatienceMs);
    QCOMPARE(texts.size(), 0);
    QCOMPARE(binaries.size(), 0);
    QCOMPARE(channel.loss().trouble, isTooMuch ? ConnectionTrouble::TooMuch : ConnectionTrouble::Ended);
    const QString words = isTooMuch ? QStringLiteral("more at once") : QStringLiteral("cannot be read");
    QVERIFY2(channel.closeReason().contains(words), qPrintable(channel.closeReason()));
}

void TestWebSocketChannel::pingIsAnswered()
{
    // The answer is what the client's ping carries; Qt matches it by itself, so any pong will do here.
    ScriptedServer server(shakeAndSay(WebSocketFrame{10, {}}.bytes()));
    WebSocketChannel channel(patient());
    QCOMPARE(channel.latencyMs(), -1);
    channel.open(socketUrl(server));
    QTRY_VERIFY(channel.latencyMs() >= 0);
    QCOMPARE(channel.state(), State::Open);
}

void TestWebSocketChannel::missingPongIsTold_data()
{
    QTest::addColumn<bool>("loses"); // what we say
    QTest::addColumn<bool>("hears"); // what the server says
    QTest::newRow("both directions") << true << false;
    QTest::newRow("only to the server") << true << true;
    QTest::newRow("only to us") << false << false;
}

// The server answers pings; what is lost on the way decides.
void TestWebSocketChannel::missingPongIsTold()
{
    QFETCH(bool, loses);
    QFETCH(bool, hears);
    PongingServer server;
    TcpProxy proxy(server.serverPort());
    WebSocketChannel channel(pinging());
    QSignalSpy opened(&channel, &WebSocketChannel::opened);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(proxy.url()));
    QVERIFY(opened.wait(kPatienceMs));
    QTRY_VERIFY(channel.latencyMs() >= 0);
    QSignalSpy silent(&channel, &WebSocketChannel::silent);
    QCOMPARE(channel.silentMs(), -1);
    proxy.setHalfOpen(TcpProxy::Direction::ToServer, loses);
    proxy.setHalfOpen(TcpProxy::Direction::ToClient, !hears);
    QTRY_VERIFY(silent.size() >= 2); // and again
    QVERIFY(channel.silentMs() >= kSoonMs);
    QCOMPARE(closed.size(), 0); // it may only be slow
}

// It takes connections and bytes, and does nothing with them for a while.
void TestWebSocketChannel::aSlowServerIsNotADeadOne()
{
    PongingServer server;
    TcpProxy proxy(server.serverPort());
    WebSocketChannel channel(pinging());
    QSignalSpy silent(&channel, &WebSocketChannel::silent);
    QSignalSpy answering(&channel, &WebSocketChannel::answering);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(proxy.url()));
    QTRY_COMPARE(channel.state(), State::Open);
    proxy.setFrozen(true);
    QTRY_VERIFY(silent.size() >= 3);
    QCOMPARE(answering.size(), 0);
    proxy.setFrozen(false);
    QTRY_COMPARE(answering.size(), 1);
    QCOMPARE(channel.silentMs(), -1);
    QCOMPARE(closed.size(), 0);
}

void TestWebSocketChannel::checkedOnDemand()
{
    PongingServer server;
    TcpProxy proxy(server.serverPort());
    WebSocketChannel channel(patient()); // would not ping by itself
    QSignalSpy silent(&channel, &WebSocketChannel::silent);
    channel.open(socketUrl(proxy.url()));
    QTRY_COMPARE(channel.state(), State::Open);
    channel.check(kPatienceMs);
    QTRY_VERIFY(channel.latencyMs() >= 0);
    proxy.setHalfOpen(true);
    channel.check(kSoonMs);
    QTRY_COMPARE(silent.size(), 1);
}

// A server that works hard sends previews and forgets the pong for a while.
void TestWebSocketChannel::anyFrameCountsAsLife()
{
    ScriptedServer server;
    QPointer<QTcpSocket> socket;
    server.setHandler([&socket](const ScriptedServer::Request& request) {
        socket = request.socket;
        socket->write(handshakeAnswer(request));
    });
    WebSocketTiming timing = patient();
    timing.pingMs = kSoonMs;
    timing.pongMs = 10 * kSoonMs;
    WebSocketChannel channel(timing);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    QSignalSpy binaries(&channel, &WebSocketChannel::binaryReceived);
    channel.open(socketUrl(server));
    QTRY_COMPARE(channel.state(), State::Open);
    QTimer pump;
    connect(&pump, &QTimer::timeout, this, [&socket] { socket->write(WebSocketFrame{2, "frame"}.bytes()); });
    pump.start(kSoonMs / 2);
    // Longer than three times the pong's limit, counted in frames.
    QTRY_VERIFY_WITH_TIMEOUT(binaries.size() > 60, kPatienceMs);
    QCOMPARE(closed.size(), 0);
}

void TestWebSocketChannel::closeAsksFirst()
{
    ScriptedServer server(shakeAndSay({}));
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(server));
    QTRY_COMPARE(channel.state(), State::Open);
    QByteArray heard;
    QTcpSocket* socket = server.requests().first().socket;
    disconnect(socket, &QTcpSocket::readyRead, &server, nullptr);
    connect(socket, &QTcpSocket::readyRead, this, [&heard, socket] { heard += socket->readAll(); });
    channel.close();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(channel.closeReason(), QString());
    QTRY_VERIFY(heard.size() >= 2);
    QCOMPARE(quint8(heard[0]), 0x88); // a close frame
    QCOMPARE(quint8(heard[1]) & 0x80, 0x80); // masked, as a client must
}

void TestWebSocketChannel::closeDoesNotWaitForEver()
{
    ScriptedServer server(shakeAndSay({}));
    WebSocketTiming timing = patient();
    timing.closeMs = kSoonMs;
    TcpProxy proxy(server.port());
    WebSocketChannel channel(timing);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(proxy.url()));
    QTRY_COMPARE(channel.state(), State::Open);
    proxy.setHalfOpen(true);
    channel.close();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(channel.state(), State::Closed);
    QCOMPARE(channel.closeReason(), QString());
}

void TestWebSocketChannel::closeWhileConnecting()
{
    ScriptedServer server; // never shakes hands
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(server));
    channel.close();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(channel.state(), State::Closed);
}

void TestWebSocketChannel::peerEnds()
{
    ScriptedServer server(shakeAndSay({}));
    TcpProxy proxy(server.port());
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(proxy.url()));
    QTRY_COMPARE(channel.state(), State::Open);
    proxy.cutNow();
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(channel.closeReason().contains(QStringLiteral("127.0.0.1")));
}

QTEST_GUILESS_MAIN(TestWebSocketChannel)
#include "tst_websocketchannel.moc"
