// SPDX-License-Identifier: GPL-3.0-or-later
// A ComfySocket whose server or line is in trouble: what it makes of it, and what it says.
#include "tests/core/comfy/fakesocketserver.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/tcpproxy.h"

#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

class TestSocketTroubles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsForAServerThatIsNotThere();
    void halfOpenIsNoticed();
    void aBusyServerIsWaitedFor();
    void aDeadSocketOfALivingServerIsReplaced();
    void aGoneServerIsReconnectedTo();
    void checkedAfterWaking();
    void backOffEndsWhenTheNetworkIsBack();
    void statusNamesTheReason_data();
    void statusNamesTheReason();
};

void TestSocketTroubles::waitsForAServerThatIsNotThere()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    proxy.setAccepting(false);
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, quick());
    int failures = 0;
    connect(&socket, &EventStream::stateChanged, this,
            [&] { failures += socket.state() == ConnectionState::Reconnecting; });
    socket.open();
    QTRY_VERIFY(failures > 2); // each attempt is told: the time of the next one is another
    QVERIFY(!socket.stateReason().isEmpty());
    proxy.setAccepting(true);
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
}

void TestSocketTroubles::halfOpenIsNoticed()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = pinging();
    timing.channel.pongMs = 4 * kSoonMs;
    timing.channel.connectMs = 4 * kSoonMs; // the wire may still be dead at the first try
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    socket.open();
    QTRY_VERIFY(socket.latencyMs() >= 0); // pings pass and are answered
    QCOMPARE(socket.state(), ConnectionState::Connected);
    proxy.setHalfOpen(true);
    QTRY_COMPARE(socket.state(), ConnectionState::Reconnecting);
    proxy.setHalfOpen(false);
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
}

// It loads a model for a minute: no pong, no REST, but connections are taken. Nothing may be given up.
void TestSocketTroubles::aBusyServerIsWaitedFor()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, pinging());
    int checks = 0;
    socket.setAliveCheck(countedAnswer(Liveness::Busy, checks));
    QList<ConnectionTrouble> troubles;
    connect(&socket, &EventStream::stateChanged, this, [&] { troubles += socket.status().loss.trouble; });
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QTRY_VERIFY(socket.latencyMs() >= 0);
    proxy.setFrozen(true);
    QTRY_VERIFY(checks >= 3);
    QCOMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(socket.status().loss.trouble, ConnectionTrouble::Busy);
    QVERIFY(socket.status().silentMs >= kSoonMs);
    QVERIFY(socket.stateReason().contains(QStringLiteral("busy")));
    server.say(progress(1)); // written while nobody read

    QSignalSpy received(&socket, &EventStream::received);
    proxy.setFrozen(false);
    QTRY_COMPARE(socket.status().loss.trouble, ConnectionTrouble::None);
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(server.ids.size(), 1); // one socket all the time
    QCOMPARE(troubles.count(ConnectionTrouble::Busy), 1);
    QCOMPARE(troubles.last(), ConnectionTrouble::None);
}

// Half-open: the program behind answers others, so our line must be dead.
void TestSocketTroubles::aDeadSocketOfALivingServerIsReplaced()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = pinging();
    timing.channel.connectMs = 4 * kSoonMs;
    timing.graceMs = kSoonMs;
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    socket.setAliveCheck([]() -> QCoro::Task<Liveness> { co_return Liveness::Answers; });
    QStringList troubles;
    connect(&socket, &EventStream::stateChanged, this,
            [&] { troubles += nameOf(socket.status().loss.trouble); });
    socket.open();
    QTRY_VERIFY(socket.latencyMs() >= 0);
    proxy.setHalfOpen(TcpProxy::Direction::ToClient, true);
    QTRY_COMPARE(socket.state(), ConnectionState::Reconnecting);
    QVERIFY2(troubles.contains(nameOf(ConnectionTrouble::Silent)), qPrintable(troubles.join(u' ')));
    proxy.setHalfOpen(false);
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(socket.status().loss, ConnectionLoss());
}

void TestSocketTroubles::aGoneServerIsReconnectedTo()
{
    auto server = std::make_unique<FakeSocketServer>();
    TcpProxy proxy(server->port());
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, pinging());
    socket.setAliveCheck([]() -> QCoro::Task<Liveness> { co_return Liveness::Gone; });
    socket.open();
    QTRY_VERIFY(socket.latencyMs() >= 0);
    proxy.setHalfOpen(true);
    QTRY_COMPARE(socket.state(), ConnectionState::Reconnecting);
    proxy.setHalfOpen(false);
    proxy.cutNow();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
}

// The machine has slept: the line is tried out at once, long before the next ping.
void TestSocketTroubles::checkedAfterWaking()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = quick();
    timing.graceMs = 20 * kSoonMs;
    timing.channel.pongMs = kSoonMs;
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    socket.checkNow(); // nothing is wanted yet
    QCOMPARE(socket.state(), ConnectionState::Disconnected);
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.checkNow();
    QTRY_VERIFY(socket.latencyMs() >= 0);
    QCOMPARE(server.ids.size(), 1); // it was well

    proxy.setHalfOpen(true); // what a sleep does to a line
    socket.checkNow();
    QTRY_COMPARE(socket.state(), ConnectionState::Reconnecting);
    proxy.setHalfOpen(false);
    proxy.cutNow();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
}

void TestSocketTroubles::backOffEndsWhenTheNetworkIsBack()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    proxy.setAccepting(false);
    ComfySocketTiming timing = quick();
    timing.retry = {kNeverMs, 1, kNeverMs, 0};
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    socket.open();
    QTRY_VERIFY(socket.status().retryInMs > 0);
    QVERIFY(socket.status().retryInMs <= kNeverMs + kNeverMs / 10); // timers are coarse
    proxy.setAccepting(true);
    socket.checkNow();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(socket.status().retryInMs, -1);
}

void TestSocketTroubles::statusNamesTheReason_data()
{
    QTest::addColumn<QByteArray>("answer"); // of whoever has taken the port
    QTest::addColumn<ConnectionTrouble>("trouble");
    const QByteArray page = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>";
    QTest::newRow("another program") << page << ConnectionTrouble::NoWebSocket;
    QTest::newRow("401") << QByteArray("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")
                         << ConnectionTrouble::NoWebSocket; // ServerSession asks further
    QTest::newRow("502 of a proxy") << QByteArray("HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n")
                                    << ConnectionTrouble::NoWebSocket;
    QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << ConnectionTrouble::NoWebSocket;
    QTest::newRow("noise") << QByteArray("\xFF\xFE\n\n\xFF\xFE") << ConnectionTrouble::Ended;
    QTest::newRow("nobody") << QByteArray() << ConnectionTrouble::Ended;
}

// The server goes away in the middle, and something else is there when we come back.
void TestSocketTroubles::statusNamesTheReason()
{
    QFETCH(QByteArray, answer);
    QFETCH(ConnectionTrouble, trouble);
    FakeSocketServer server;
    ScriptedServer other([answer](const ScriptedServer::Request& request) {
        request.socket->write(answer);
        request.socket->disconnectFromHost();
    });
    TcpProxy proxy(server.port());
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, quick());
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QStringList troubles;
    connect(&socket, &EventStream::stateChanged, this,
            [&] { troubles += nameOf(socket.status().loss.trouble); });
    proxy.setServerPort(other.port());
    proxy.cutNow();
    QTRY_VERIFY2(troubles.contains(nameOf(trouble)), qPrintable(troubles.join(u' ')));
    QCOMPARE(troubles.first(), nameOf(ConnectionTrouble::Ended));
    QVERIFY(socket.stateReason().contains(QStringLiteral("127.0.0.1")));
    proxy.setServerPort(server.port()); // and it is back
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(socket.status().loss, ConnectionLoss());
}

QTEST_GUILESS_MAIN(TestSocketTroubles)
#include "tst_sockettroubles.moc"
