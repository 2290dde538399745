// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/servers/serverviewmodel.h"

#include "core/base/clock.h"
#include "core/demo/demoserver.h"
#include "core/run/runservice.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestServerViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qunsetenv("COMFYUI_SERVER_ADDRESS"); }
    void nothingIsConnectedAtFirst();
    void connectsToTheDemo();
    void anAddressThatIsNoneChangesNothing_data();
    void anAddressThatIsNoneChangesNothing();
    void aServerThatDoesNotAnswerChangesNothing();
    void switchesServers();
    void theLastAskedForWins();
    void comesBackAfterARestart();
    void aDemoThatCannotStartIsTold();
    void aBadNamedAddressIsTold();
    void remembersNewestFirst();
    void mayGoWhileConnecting();

private:
    static QUrl start(demo::DemoServer& server);
    std::unique_ptr<ServerViewModel> make(ServerViewModel::DemoStarter demo = {});

    QTemporaryDir m_cache;
    SystemClock m_clock;
};

QUrl TestServerViewModel::start(demo::DemoServer& server)
{
    demo::DemoOptions options;
    options.stepDelayMs = 0;
    return server.start(options).value();
}

std::unique_ptr<ServerViewModel> TestServerViewModel::make(ServerViewModel::DemoStarter demo)
{
    return std::make_unique<ServerViewModel>(m_clock, m_cache.path(), std::move(demo));
}

static ServerProfile profile(const QUrl& url, const QString& name = {})
{
    return {name, url, {}, false};
}

void TestServerViewModel::nothingIsConnectedAtFirst()
{
    const auto server = make();
    QVERIFY(server->session() == nullptr);
    QCOMPARE(server->state(), ConnectionState::Disconnected);
    QVERIFY(!server->reason().isEmpty());
    QCOMPARE(server->latencyMs(), -1);
    QCOMPARE(server->catalog()->size(), qsizetype(0));
    QVERIFY(!server->isDemo());
    server->reconnectNow(); // nothing to reconnect to
}

void TestServerViewModel::connectsToTheDemo()
{
    demo::DemoServer demo;
    const auto server = make([&] { return Result<QUrl>(start(demo)); });
    QSignalSpy session(server.get(), &ServerViewModel::sessionChanged);
    QSignalSpy catalog(server.get(), &ServerViewModel::catalogChanged);
    server->connectToDemo();
    QVERIFY(server->isConnecting());
    QCOMPARE(server->state(), ConnectionState::Connecting);
    QVERIFY(session.wait());
    QVERIFY(!server->isConnecting());
    QTRY_COMPARE(server->state(), ConnectionState::Connected);
    QVERIFY(server->isDemo());
    QCOMPARE(server->name(), QStringLiteral("Demo server"));
    QVERIFY(server->catalog()->contains(QStringLiteral("KSampler")));
    QVERIFY(!catalog.isEmpty());
    QVERIFY(server->latencyMs() >= 0);
    QVERIFY(server->recent().isEmpty());
}

void TestServerViewModel::anAddressThatIsNoneChangesNothing_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("empty") << QUrl();
    QTest::newRow("no host") << QUrl(QStringLiteral("http://"));
    QTest::newRow("a path") << QUrl(QStringLiteral("just/a/path"));
}

void TestServerViewModel::anAddressThatIsNoneChangesNothing()
{
    QFETCH(QUrl, url);
    const auto server = make();
    QSignalSpy failed(server.get(), &ServerViewModel::failed);
    server->connectTo(profile(url));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::Usage);
    QVERIFY(server->session() == nullptr);
    QVERIFY(server->lastUsed().isEmpty());
}

void TestServerViewModel::aServerThatDoesNotAnswerChangesNothing()
{
    demo::DemoServer demo;
    const auto server = make();
    QSignalSpy session(server.get(), &ServerViewModel::sessionChanged);
    server->connectTo(profile(start(demo), QStringLiteral("Studio")));
    QVERIFY(session.wait());
    QUrl gone;
    {
        demo::DemoServer other;
        gone = start(other);
    }
    QSignalSpy failed(server.get(), &ServerViewModel::failed);
    server->connectTo(profile(gone));
    QVERIFY(failed.wait(20'000));
    QCOMPARE(QUrl(server->lastUsed()).port(), demo.url().port());
    QCOMPARE(server->name(), QStringLiteral("Studio"));
    QCOMPARE(server->state(), ConnectionState::Connected);
    QCOMPARE(session.size(), 1);
    QCOMPARE(server->recent().size(), qsizetype(1));
}

void TestServerViewModel::switchesServers()
{
    demo::DemoServer first;
    demo::DemoServer second;
    const auto server = make();
    QSignalSpy session(server.get(), &ServerViewModel::sessionChanged);
    server->connectTo(profile(start(first), QStringLiteral("First")));
    QVERIFY(session.wait());
    const QPointer<ServerSession> old = server->session();
    const QUrl url = start(second);
    server->connectTo(profile(url));
    QVERIFY(session.wait());
    QVERIFY(server->session() != old);
    QCOMPARE(server->name(), url.host() + u':' + QString::number(url.port()));
    QTRY_VERIFY(old.isNull()); // its socket is closed
}

void TestServerViewModel::theLastAskedForWins()
{
    demo::DemoServer first;
    demo::DemoServer second;
    const auto server = make();
    QSignalSpy session(server.get(), &ServerViewModel::sessionChanged);
    QSignalSpy failed(server.get(), &ServerViewModel::failed);
    server->connectTo(profile(start(first), QStringLiteral("First")));
    server->connectTo(profile(start(second), QStringLiteral("Second")));
    QVERIFY(session.wait());
    QTRY_COMPARE(server->state(), ConnectionState::Connected);
    QCOMPARE(server->name(), QStringLiteral("Second"));
    QCOMPARE(session.size(), 1);
    QCOMPARE(failed.size(), 0);
}

void TestServerViewModel::comesBackAfterARestart()
{
    demo::DemoServer demo;
    const auto server = make();
    QSignalSpy session(server.get(), &ServerViewModel::sessionChanged);
    server->connectTo(profile(start(demo)));
    QVERIFY(session.wait());
    QTRY_COMPARE(server->state(), ConnectionState::Connected);
    QSignalSpy changed(server.get(), &ServerViewModel::changed);
    demo.restart(true);
    QTRY_VERIFY(server->state() != ConnectionState::Connected);
    QVERIFY(!server->reason().isEmpty());
    server->reconnectNow();
    QTRY_COMPARE_WITH_TIMEOUT(server->state(), ConnectionState::Connected, 20'000);
    QCOMPARE(session.size(), 1); // the same session: its runs go on
    QVERIFY(!changed.isEmpty());
}

void TestServerViewModel::aDemoThatCannotStartIsTold()
{
    const auto none = make();
    QSignalSpy failedNone(none.get(), &ServerViewModel::failed);
    none->connectToDemo();
    QCOMPARE(failedNone.size(), 1);

    const auto broken =
        make([]() -> Result<QUrl> { return fail(ErrorKind::Internal, QStringLiteral("no port")); });
    QSignalSpy failed(broken.get(), &ServerViewModel::failed);
    broken->connectToDemo();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().message, QStringLiteral("no port"));
}

void TestServerViewModel::aBadNamedAddressIsTold()
{
    qputenv("COMFYUI_SERVER_ADDRESS", "http://[broken");
    const auto server = make([]() -> Result<QUrl> {
        qFatal("a server was named: the demo must not take its place");
        return QUrl();
    });
    QSignalSpy failed(server.get(), &ServerViewModel::failed);
    server->start();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::Usage);
    QVERIFY(server->session() == nullptr);
}

void TestServerViewModel::remembersNewestFirst()
{
    demo::DemoServer first;
    demo::DemoServer second;
    const QUrl a = start(first);
    const QUrl b = start(second);
    const auto server = make();
    QSignalSpy recent(server.get(), &ServerViewModel::recentChanged);
    for (const QUrl& url : {a, b, a}) {
        QSignalSpy session(server.get(), &ServerViewModel::sessionChanged);
        server->connectTo(profile(url));
        QVERIFY(session.wait());
    }
    QCOMPARE(server->recent().size(), qsizetype(2));
    QCOMPARE(server->recent().at(0).url, a);
    QTRY_COMPARE(server->lastUsed(), a.toString());
    QVERIFY(recent.size() >= 3);
}

void TestServerViewModel::mayGoWhileConnecting()
{
    demo::DemoServer demo;
    const QUrl url = start(demo);
    auto server = make();
    server->connectTo(profile(url));
    server.reset();
    auto starting = make();
    starting->setLastUsed(url.toString());
    starting->start();
    starting.reset();
    // What was under way ends in the event loop, touching nothing that is gone.
    const auto next = make();
    QSignalSpy session(next.get(), &ServerViewModel::sessionChanged);
    next->connectTo(profile(url));
    QVERIFY(session.wait());
}

QTEST_GUILESS_MAIN(TestServerViewModel)
#include "tst_serverviewmodel.moc"
