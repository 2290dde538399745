// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httptesting.h"

#include <QNetworkProxy>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

// The application's proxy, which is Qt's: the WebSocket goes the same way.
class TestHttpProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); }
    void callsGoThroughIt();
    void troubleIsItsOwn_data();
    void troubleIsItsOwn();
    void aProxyThatIsNotThere();

private:
    static void useProxy(quint16 port)
    {
        QNetworkProxy::setApplicationProxy(
            QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), port));
    }
};

void TestHttpProxies::callsGoThroughIt()
{
    ScriptedServer proxy(say(ScriptedServer::answer(200, "{}")));
    QNetworkProxy application(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port(),
                              QStringLiteral("me"), QStringLiteral("word"));
    QNetworkProxy::setApplicationProxy(application);
    HttpClient client(QUrl(QStringLiteral("http://gpu-box.invalid:8188")), Auth(QStringLiteral("s3cret")));
    const auto answer = send(client, get());
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    const Request seen = proxy.requests().first();
    QCOMPARE(seen.target, "http://gpu-box.invalid:8188/x");
    QCOMPARE(seen.headers.value("host"), "gpu-box.invalid:8188");
    QCOMPARE(seen.headers.value("proxy-authorization"), "Basic " + QByteArray("me:word").toBase64());
    QCOMPARE(seen.headers.value("authorization"), "Bearer s3cret");
}

void TestHttpProxies::troubleIsItsOwn_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("status");
    QTest::newRow("wants a password") << QStringLiteral("http://gpu-box.invalid:8188") << 407;
    QTest::newRow("wants a password, TLS") << QStringLiteral("https://gpu-box.invalid") << 407;
    QTest::newRow("lets nobody through, TLS") << QStringLiteral("https://gpu-box.invalid") << 403;
}

void TestHttpProxies::troubleIsItsOwn()
{
    QFETCH(QString, url);
    QFETCH(int, status);
    ScriptedServer proxy(say(ScriptedServer::answer(status, "no")));
    useProxy(proxy.port());
    HttpClient client{QUrl(url)};
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY2(answer.error().message.contains(QStringLiteral("proxy")), qPrintable(answer.error().message));
}

void TestHttpProxies::aProxyThatIsNotThere()
{
    quint16 port = 0;
    {
        const ScriptedServer gone;
        port = gone.port();
    }
    useProxy(port);
    HttpClient client(QUrl(QStringLiteral("http://gpu-box.invalid:8188")));
    const auto answer = send(client, get());
    QVERIFY(!answer);
    QVERIFY2(answer.error().message.contains(QStringLiteral("proxy")), qPrintable(answer.error().message));

    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); // changed in the settings: asked for again
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient direct(server.url());
    QVERIFY(send(direct, get()));
}

QTEST_GUILESS_MAIN(TestHttpProxies)
#include "tst_httpproxies.moc"
