// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine goes through, sleep and other networks, reaches the socket of a session.
#include "core/base/clock.h"
#include "core/demo/demoserver.h"
#include "core/net/traffictap.h"
#include "core/run/runhistory.h"
#include "core/server/serversession.h"
#include "core/server/sessiontuning.h"
#include "tests/testkit/tcpproxy.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace gesso;

namespace {

constexpr int patienceMs = 20'000;
constexpr int never = 3'600'000;

class FakeClock final : public Clock
{
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(wallMs, Qt::UTC); }
    qint64 elapsedMs() const override { return 1000; }

    qint64 wallMs = 1'700'000'000'000;
};

struct SocketCounter final : TrafficTap {
    void socketOpened(const QUrl&) override { ++opened; }
    void socketClosed(const QString&) override { }
    void textSent(const QByteArray&) override { }
    void textReceived(const QByteArray&) override { }
    void binaryReceived(const QByteArray&) override { }
    void exchanged(const HttpRequest&, const Result<HttpAnswer>&, qint64) override { }

    int opened = 0;
};

} // namespace

class TestMachineChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void afterSleepTheServerIsLookedFor();
    void anAddressThatIsGoneEndsTheSocket();

private:
    FakeClock m_clock;
    QList<QHostAddress> m_addresses;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<demo::DemoServer> m_server;
    std::unique_ptr<testkit::TcpProxy> m_wire;
    std::unique_ptr<RunHistory> m_history;
    std::unique_ptr<ServerSession> m_session;
    std::shared_ptr<SocketCounter> m_counter;
};

// Connected, and so that nothing but the machine makes the session look.
void TestMachineChanges::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_addresses = {QHostAddress(QStringLiteral("192.168.1.7"))};
    m_server = std::make_unique<demo::DemoServer>();
    const Result<QUrl> url = m_server->start();
    QVERIFY(url.has_value());
    m_wire = std::make_unique<testkit::TcpProxy>(quint16(url->port()));
    m_history = std::make_unique<RunHistory>(m_home->filePath(QStringLiteral("history.db")));
    SessionTuning tuning;
    tuning.rest.general = {8000, 8000, 16 * 1024 * 1024}; // what asks whether the server is still there
    tuning.socket.channel.pingMs = never;
    tuning.socket.stallMs = never;
    tuning.addresses = [this] { return m_addresses; };
    tuning.machineMs = 20;
    m_session =
        std::make_unique<ServerSession>(ServerProfile{{}, m_wire->url(), {}, false}, m_clock, m_home->path(),
                                        *m_history, ServerSession::Unfinished::Leave, tuning);
    m_counter = std::make_shared<SocketCounter>();
    m_session->setTap(m_counter);
    const Result<void> opened = QCoro::waitFor(m_session->open());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message + opened.error().detail));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), ConnectionState::Connected, patienceMs);
    QCOMPARE(m_counter->opened, 1);
}

void TestMachineChanges::cleanup()
{
    m_session.reset();
    m_history.reset();
    m_wire.reset();
    m_server.reset();
}

void TestMachineChanges::afterSleepTheServerIsLookedFor()
{
    m_wire->setHalfOpen(true); // nobody tells that the line is dead
    QCOMPARE(m_session->status().loss.trouble, ConnectionTrouble::None);
    m_clock.wallMs += never;
    QTRY_VERIFY_WITH_TIMEOUT(m_session->status().loss.trouble != ConnectionTrouble::None, patienceMs);
    m_wire->setHalfOpen(false);
    m_wire->cutNow();
    QTRY_COMPARE_WITH_TIMEOUT(m_counter->opened, 2, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), ConnectionState::Connected, patienceMs);
}

void TestMachineChanges::anAddressThatIsGoneEndsTheSocket()
{
    m_addresses = {QHostAddress(QStringLiteral("10.8.0.2"))};
    QTRY_COMPARE_WITH_TIMEOUT(m_counter->opened, 2, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), ConnectionState::Connected, patienceMs);
}

QTEST_GUILESS_MAIN(TestMachineChanges)
#include "tst_machinechanges.moc"
