// SPDX-License-Identifier: GPL-3.0-or-later
// Attempts to connect that come to nothing: every way has its end and its name.
#include "tests/core/net/websockettesting.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace gesso;
using namespace gesso::testkit;
using State = WebSocketChannel::State;

class TestWebSocketHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void redirectsAreNotFollowed_data();
    void redirectsAreNotFollowed();
    void aHeadWithoutEndEndsAtTheDeadline_data();
    void aHeadWithoutEndEndsAtTheDeadline();
    void whyThereIsNoConnection_data();
    void whyThereIsNoConnection();
    void tlsToAPlainPort();
    void connectDeadline();
};

void TestWebSocketHandshake::refusals_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("403") << ScriptedServer::answer(403, "no", "text/plain");
    QTest::newRow("401") << ScriptedServer::answer(401, "no", "text/plain");
    QTest::newRow("404") << ScriptedServer::answer(404, "no", "text/plain");
    QTest::newRow("200") << ScriptedServer::answer(200, "<html>", "text/html");
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    QTest::newRow("wrong key") << QByteArray(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
        "Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("ends") << QByteArray("HTTP/1.1 101 Swit");
    QTest::newRow("TLS") << QByteArray("\x15\x03\x01\x00\x02\x02\x0A", 7);
}

void TestWebSocketHandshake::refusals()
{
    QFETCH(QByteArray, bytes);
    ScriptedServer server([bytes](const ScriptedServer::Request& request) {
        request.socket->write(bytes);
        request.socket->disconnectFromHost();
    });
    WebSocketChannel channel(patient());
    QSignalSpy opened(&channel, &WebSocketChannel::opened);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(server));
    QVERIFY(closed.wait(kPatienceMs));
    QCOMPARE(opened.size(), 0);
    QCOMPARE(channel.state(), State::Closed);
    QVERIFY2(channel.closeReason().contains(QStringLiteral("127.0.0.1:%1").arg(server.port())),
             qPrintable(channel.closeReason()));
    QVERIFY2(channel.loss().trouble == ConnectionTrouble::NoWebSocket
                 || channel.loss().trouble == ConnectionTrouble::Ended,
             qPrintable(nameOf(channel.loss().trouble)));
}

// The handshake has the token: it goes where the person said and nowhere else.
void TestWebSocketHandshake::redirectsAreNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d", status) << status;
    }
}

void TestWebSocketHandshake::redirectsAreNotFollowed()
{
    QFETCH(int, status);
    ScriptedServer other(shakeAndSay({}));
    ScriptedServer server([&other, status](const ScriptedServer::Request& request) {
        request.socket->write(ScriptedServer::answer(
            status, "", "text/plain", "Location: " + other.url(QStringLiteral("/ws")).toEncoded() + "\r\n"));
    });
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(server), Auth(QStringLiteral("s3cret")));
    QVERIFY(closed.wait(kPatienceMs));
    QCOMPARE(other.connections(), 0);
    QCOMPARE(channel.loss().trouble, ConnectionTrouble::NoWebSocket);
    QVERIFY(!channel.closeReason().contains(QStringLiteral("s3cret")));
}

void TestWebSocketHandshake::aHeadWithoutEndEndsAtTheDeadline_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("drip") << QByteArray("X");
    QTest::newRow("one endless line") << QByteArray(100'000, 'X');
    QTest::newRow("endless lines") << QByteArray("X: y\r\n").repeated(20'000);
}

void TestWebSocketHandshake::aHeadWithoutEndEndsAtTheDeadline()
{
    QFETCH(QByteArray, piece);
    QTimer pump;
    QPointer<QTcpSocket> socket;
    connect(&pump, &QTimer::timeout, this, [&] {
        if (socket && socket->bytesToWrite() < 1'000'000) {
            socket->write(piece);
        }
    });
    ScriptedServer server([&](const ScriptedServer::Request& request) {
        request.socket->write("HTTP/1.1 101 Switching Protocols\r\n");
        socket = request.socket;
        pump.start(5);
    });
    WebSocketTiming timing = patient();
    timing.connectMs = 4 * kSoonMs;
    WebSocketChannel channel(timing);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(server));
    QVERIFY(closed.wait(kPatienceMs));
    QVERIFY2(channel.loss().trouble == ConnectionTrouble::Timeout
                 || channel.loss().trouble == ConnectionTrouble::NoWebSocket,
             qPrintable(nameOf(channel.loss().trouble)));
    pump.stop();
}

// What the person is told when there is no way to connect.
void TestWebSocketHandshake::whyThereIsNoConnection_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<ConnectionTrouble>("trouble");
    quint16 closedPort = 0;
    {
        const ScriptedServer gone;
        closedPort = gone.port();
    }
    QTest::newRow("refused") << QStringLiteral("ws://127.0.0.1:%1/ws").arg(closedPort)
                             << ConnectionTrouble::Refused;
    QTest::newRow("no such machine") << QStringLiteral("ws://no-such-machine.invalid:8188/ws")
                                     << ConnectionTrouble::UnknownHost;
    QTest::newRow("refused with TLS")
        << QStringLiteral("wss://127.0.0.1:%1/ws").arg(closedPort) << ConnectionTrouble::Refused;
}

void TestWebSocketHandshake::whyThereIsNoConnection()
{
    QFETCH(QString, url);
    QFETCH(ConnectionTrouble, trouble);
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(QUrl(url));
    QVERIFY(closed.wait(kPatienceMs));
    QCOMPARE(nameOf(channel.loss().trouble), nameOf(trouble));
    QVERIFY(channel.loss().reason.contains(QUrl(url).host()));
    QVERIFY(!channel.loss().hint.isEmpty());
}

// https to a port that speaks http. The other way round is a row of refusals().
void TestWebSocketHandshake::tlsToAPlainPort()
{
    WebSocketChannel channel(patient());
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&plain] {
        QTcpSocket* socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->readAll();
            socket->write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
    });
    channel.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/ws").arg(plain.serverPort())));
    QVERIFY(closed.wait(kPatienceMs));
    QCOMPARE(nameOf(channel.loss().trouble), nameOf(ConnectionTrouble::Tls));
    QVERIFY2(channel.loss().hint.contains(QStringLiteral("http")), qPrintable(channel.loss().hint));
}

void TestWebSocketHandshake::connectDeadline()
{
    ScriptedServer server; // accepts, never shakes hands
    WebSocketTiming timing = patient();
    timing.connectMs = kSoonMs;
    WebSocketChannel channel(timing);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.open(socketUrl(server));
    QVERIFY(closed.wait(kPatienceMs));
    QVERIFY(!channel.closeReason().isEmpty());
}

QTEST_GUILESS_MAIN(TestWebSocketHandshake)
#include "tst_websockethandshake.moc"
