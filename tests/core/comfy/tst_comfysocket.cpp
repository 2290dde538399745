// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/comfysocket.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/tcpproxy.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace gesso;
using testkit::ScriptedServer;
using testkit::TcpProxy;

namespace {

constexpr int kSoonMs = 50;
constexpr int kNeverMs = 60'000;

ComfySocketTiming quick()
{
    ComfySocketTiming timing;
    timing.channel = {kNeverMs, kNeverMs, kNeverMs, 1000};
    timing.retry = {10, 1, 10, 0.5};
    timing.settleMs = 20;
    timing.stallMs = kNeverMs;
    timing.maxStallMs = kNeverMs;
    return timing;
}

// As ComfyUI keeps them: a table from client id to socket, where the end of an older socket removes the newer
// one's entry.
class FakeServer : public QObject
{
public:
    FakeServer()
        : m_server(QStringLiteral("fake"), QWebSocketServer::NonSecureMode)
    {
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] { accept(); });
        if (!m_server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }

    quint16 port() const { return m_server.serverPort(); }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port())); }

    void say(const QByteArray& text)
    {
        if (current) {
            current->sendTextMessage(QString::fromUtf8(text));
        }
    }

    QPointer<QWebSocket> current;
    QList<QString> firstFrames;
    QStringList ids;
    int open = 0;
    int mostOpen = 0;
    bool isMute = false; // as after the trap of protocol.md, section 1

private:
    void accept()
    {
        QWebSocket* socket = m_server.nextPendingConnection();
        socket->setParent(this);
        current = socket;
        mostOpen = std::max(mostOpen, ++open);
        ids += QUrlQuery(socket->requestUrl()).queryItemValue(QStringLiteral("clientId"));
        const qsizetype index = firstFrames.size();
        firstFrames += QString();
        connect(socket, &QWebSocket::textMessageReceived, this, [this, index](const QString& text) {
            if (firstFrames[index].isEmpty()) {
                firstFrames[index] = text;
            }
        });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            --open;
            socket->deleteLater();
        });
        if (!isMute) {
            say(R"({"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}},"sid":"me"}})");
        }
    }

    QWebSocketServer m_server;
};

QByteArray progress(int value)
{
    return R"({"type":"progress","data":{"value":)" + QByteArray::number(value)
        + R"(,"max":9,"prompt_id":"p"}})";
}

} // namespace

class TestComfySocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void featureFlagsComeFirst();
    void deliversInOrder();
    void reconnectsAndSaysSo();
    void neverTwoSockets();
    void garbageDoesNotEndIt();
    void waitsForAServerThatIsNotThere();
    void halfOpenIsNoticed();
    void aBusyServerIsWaitedFor();
    void aDeadSocketOfALivingServerIsReplaced();
    void aGoneServerIsReconnectedTo();
    void checkedAfterWaking();
    void backOffEndsWhenTheNetworkIsBack();
    void statusNamesTheReason_data();
    void statusNamesTheReason();
    void stallDuringARunReconnects();
    void stallCheckMaySayAllIsWell();
    void noWatchWithoutARun();
    void closeStays();
    void closeAndOpenAgain();
};

void TestComfySocket::featureFlagsComeFirst()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    QCOMPARE(socket.state(), ConnectionState::Disconnected);
    QSignalSpy connected(&socket, &EventStream::connected);
    socket.open();
    QCOMPARE(socket.state(), ConnectionState::Connecting);
    QTRY_COMPARE(connected.size(), 1);
    QCOMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(socket.stateReason(), QString());
    QTRY_COMPARE(
        server.firstFrames,
        QStringList{QStringLiteral(R"({"type":"feature_flags","data":{"supports_preview_metadata":true}})")});
    QCOMPARE(server.ids, QStringList{QStringLiteral("me")});

    server.current->close(); // and again after a reconnect: the server forgot them
    QTRY_COMPARE(server.firstFrames.size(), 2);
    QTRY_COMPARE(server.firstFrames[1], server.firstFrames[0]);
}

void TestComfySocket::deliversInOrder()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    QList<double> values;
    connect(&socket, &EventStream::received, this, [&values](const ComfyEvent& event) {
        if (const auto* progress = std::get_if<ProgressEvent>(&event)) {
            values += progress->value;
        } else if (std::holds_alternative<PreviewEvent>(event)) {
            values += -1;
        }
    });
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    server.say(progress(1));
    server.current->sendBinaryMessage(QByteArray("\0\0\0\1\0\0\0\1JPEG", 12));
    server.say(progress(2));
    QTRY_COMPARE(values, (QList<double>{1, -1, 2}));
}

void TestComfySocket::reconnectsAndSaysSo()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    QSignalSpy connected(&socket, &EventStream::connected);
    QList<ConnectionState> states;
    QString reason;
    connect(&socket, &EventStream::stateChanged, this, [&] {
        states += socket.state();
        reason = socket.state() == ConnectionState::Reconnecting ? socket.stateReason() : reason;
    });
    socket.open();
    QTRY_COMPARE(connected.size(), 1);
    server.current->abort();
    QTRY_COMPARE(connected.size(), 2);
    QCOMPARE(states,
             (QList<ConnectionState>{ConnectionState::Connecting, ConnectionState::Connected,
                                     ConnectionState::Reconnecting, ConnectionState::Connected}));
    QVERIFY2(reason.contains(QStringLiteral("127.0.0.1")), qPrintable(reason));
    QCOMPARE(server.ids, (QStringList{QStringLiteral("me"), QStringLiteral("me")}));
}

void TestComfySocket::neverTwoSockets()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    for (int i = 0; i < 5; ++i) {
        const qsizetype before = server.ids.size();
        socket.reconnectNow();
        socket.reconnectNow();
        QTRY_COMPARE(server.ids.size(), before + 1);
        QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    }
    QCOMPARE(server.ids.size(), 6);
    QCOMPARE(server.mostOpen, 1);
}

void TestComfySocket::garbageDoesNotEndIt()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    QSignalSpy received(&socket, &EventStream::received);
    socket.open();
    QTRY_COMPARE(received.size(), 1); // status
    server.say("not JSON");
    server.say(R"({"type":"executed"})");
    server.current->sendBinaryMessage("x");
    server.say(progress(1));
    QTRY_COMPARE(received.size(), 2);
    QCOMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(server.ids.size(), 1);
}

void TestComfySocket::waitsForAServerThatIsNotThere()
{
    FakeServer server;
    TcpProxy proxy(server.port());
    proxy.setAccepting(false);
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, quick());
    int failures = 0;
    connect(&socket, &EventStream::stateChanged, this,
            [&] { failures += socket.state() == ConnectionState::Reconnecting; });
    socket.open();
    QTRY_VERIFY(failures > 0);
    QVERIFY(!socket.stateReason().isEmpty());
    proxy.setAccepting(true);
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
}

void TestComfySocket::halfOpenIsNoticed()
{
    FakeServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = quick();
    timing.channel.pingMs = kSoonMs;
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
void TestComfySocket::aBusyServerIsWaitedFor()
{
    FakeServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = quick();
    timing.channel.pingMs = kSoonMs;
    timing.channel.pongMs = kSoonMs;
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setAliveCheck([&checks]() -> QCoro::Task<Liveness> {
        ++checks;
        return []() -> QCoro::Task<Liveness> { co_return Liveness::Busy; }();
    });
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
void TestComfySocket::aDeadSocketOfALivingServerIsReplaced()
{
    FakeServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = quick();
    timing.channel.pingMs = kSoonMs;
    timing.channel.pongMs = kSoonMs;
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

void TestComfySocket::aGoneServerIsReconnectedTo()
{
    auto server = std::make_unique<FakeServer>();
    TcpProxy proxy(server->port());
    ComfySocketTiming timing = quick();
    timing.channel.pingMs = kSoonMs;
    timing.channel.pongMs = kSoonMs;
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
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
void TestComfySocket::checkedAfterWaking()
{
    FakeServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = quick();
    timing.graceMs = kSoonMs;
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

void TestComfySocket::backOffEndsWhenTheNetworkIsBack()
{
    FakeServer server;
    TcpProxy proxy(server.port());
    proxy.setAccepting(false);
    ComfySocketTiming timing = quick();
    timing.retry = {kNeverMs, 1, kNeverMs, 0};
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    socket.open();
    QTRY_VERIFY(socket.status().retryInMs > 0);
    QVERIFY(socket.status().retryInMs <= kNeverMs);
    proxy.setAccepting(true);
    socket.checkNow();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(socket.status().retryInMs, -1);
}

void TestComfySocket::statusNamesTheReason_data()
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
    QTest::newRow("noise") << QByteArray("\xFF\xFE\n\n\xFF\xFE") << ConnectionTrouble::NoWebSocket;
    QTest::newRow("nobody") << QByteArray() << ConnectionTrouble::Ended;
}

// The server goes away in the middle, and something else is there when we come back.
void TestComfySocket::statusNamesTheReason()
{
    QFETCH(QByteArray, answer);
    QFETCH(ConnectionTrouble, trouble);
    FakeServer server;
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

// The newer socket lost its place in the server's table: open, answering pings, and silent.
void TestComfySocket::stallDuringARunReconnects()
{
    FakeServer server;
    server.isMute = true;
    ComfySocketTiming timing = quick();
    timing.stallMs = kSoonMs;
    timing.maxStallMs = kNeverMs;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setStallCheck([&checks]() -> QCoro::Task<bool> {
        ++checks;
        return []() -> QCoro::Task<bool> { co_return true; }();
    });
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.setRunActive(true);
    QTRY_COMPARE(server.ids.size(), 2);
    QCOMPARE(checks, 1);
    server.isMute = false;
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(server.mostOpen, 1);
}

void TestComfySocket::stallCheckMaySayAllIsWell()
{
    FakeServer server;
    ComfySocketTiming timing = quick();
    timing.stallMs = kSoonMs;
    timing.maxStallMs = kSoonMs;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setStallCheck([&checks]() -> QCoro::Task<bool> {
        ++checks;
        return []() -> QCoro::Task<bool> { co_return false; }();
    });
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.setRunActive(true);
    QTRY_VERIFY(checks >= 3);
    QCOMPARE(server.ids.size(), 1);
}

void TestComfySocket::noWatchWithoutARun()
{
    FakeServer server;
    ComfySocketTiming timing = quick();
    timing.stallMs = 1;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setStallCheck([&checks]() -> QCoro::Task<bool> {
        ++checks;
        return []() -> QCoro::Task<bool> { co_return true; }();
    });
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.setRunActive(true);
    socket.setRunActive(false);
    QSignalSpy received(&socket, &EventStream::received);
    for (int i = 0; i < 20; ++i) {
        server.say(progress(i));
    }
    QTRY_VERIFY(received.size() >= 20);
    QCOMPARE(checks, 0);
    QCOMPARE(server.ids.size(), 1);
}

void TestComfySocket::closeStays()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.close();
    QCOMPARE(socket.state(), ConnectionState::Disconnected);
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(server.ids.size(), 1);
    QCOMPARE(socket.state(), ConnectionState::Disconnected);
}

void TestComfySocket::closeAndOpenAgain()
{
    FakeServer server;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, quick());
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.close();
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    QCOMPARE(server.ids.size(), 2);
    QCOMPARE(server.mostOpen, 1);
}

QTEST_GUILESS_MAIN(TestComfySocket)
#include "tst_comfysocket.moc"
