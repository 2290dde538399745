// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/comfysocket.h"
#include "tests/core/comfy/fakesocketserver.h"
#include "tests/testkit/tcpproxy.h"

#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

class TestComfySocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void featureFlagsComeFirst();
    void deliversInOrder();
    void reconnectsAndSaysSo();
    void neverTwoSockets();
    void garbageDoesNotEndIt();
    void comesBackSoonDuringARun();
    void stallDuringARunReconnects();
    void stallCheckMaySayAllIsWell();
    void noWatchWithoutARun();
    void closeStays();
    void closeAndOpenAgain();
};

void TestComfySocket::featureFlagsComeFirst()
{
    FakeSocketServer server;
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
    FakeSocketServer server;
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
    FakeSocketServer server;
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
    FakeSocketServer server;
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
    FakeSocketServer server;
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

void TestComfySocket::comesBackSoonDuringARun()
{
    FakeSocketServer server;
    TcpProxy proxy(server.port());
    ComfySocketTiming timing = quick();
    timing.retry = {kNeverMs, 1, kNeverMs, 0};
    timing.eagerRetryMs = 10;
    ComfySocket socket(proxy.url(), QStringLiteral("me"), {}, nullptr, timing);
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.setRunActive(true);
    proxy.setAccepting(false);
    proxy.cutNow();
    QTRY_COMPARE(socket.state(), ConnectionState::Reconnecting);
    proxy.setAccepting(true);
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);

    socket.setRunActive(false); // nobody waits
    proxy.setAccepting(false);
    proxy.cutNow();
    QTRY_VERIFY(socket.status().retryInMs > timing.settleMs);
}

// The newer socket lost its place in the server's table: open, answering pings, and silent.
void TestComfySocket::stallDuringARunReconnects()
{
    FakeSocketServer server;
    server.isMute = true;
    ComfySocketTiming timing = quick();
    timing.stallMs = kSoonMs;
    timing.maxStallMs = kNeverMs;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setStallCheck(countedAnswer(true, checks));
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
    FakeSocketServer server;
    ComfySocketTiming timing = quick();
    timing.stallMs = kSoonMs;
    timing.maxStallMs = kSoonMs;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setStallCheck(countedAnswer(false, checks));
    socket.open();
    QTRY_COMPARE(socket.state(), ConnectionState::Connected);
    socket.setRunActive(true);
    QTRY_VERIFY(checks >= 3);
    QCOMPARE(server.ids.size(), 1);
}

void TestComfySocket::noWatchWithoutARun()
{
    FakeSocketServer server;
    ComfySocketTiming timing = quick();
    timing.stallMs = 1;
    ComfySocket socket(server.url(), QStringLiteral("me"), {}, nullptr, timing);
    int checks = 0;
    socket.setStallCheck(countedAnswer(true, checks));
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
    FakeSocketServer server;
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
    FakeSocketServer server;
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
