// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/httptesting.h"

#include <QCoroTask>
#include <QSet>
#include <QTest>

#include <vector>

using namespace gesso;
using namespace gesso::testkit;

namespace {

// Answers the first request of each connection only, and then does what a dead connection does.
class OneAnswerPerConnection
{
public:
    enum class Then { Closes, Silence };

    explicit OneAnswerPerConnection(Then then)
        : server([this, then](const Request& request) {
            if (!m_served.contains(request.connection)) {
                m_served += request.connection;
                request.socket->write(ScriptedServer::answer(200, "{}"));
            } else if (then == Then::Closes) {
                request.socket->abort();
            }
        })
    {
    }

private:
    QSet<int> m_served;

public:
    ScriptedServer server;
};

} // namespace

class TestHttpKeepAlive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectionsAreKept();
    void noMoreThanSixAtATime();
    void aGetIsRepeatedOnAFreshConnection();
    void nothingElseIsSentTwice_data();
    void nothingElseIsSentTwice();
    void afterATimeoutNoKeptConnectionIsTrusted();
    void afterAbortAllNoKeptConnectionIsTrusted();
};

void TestHttpKeepAlive::connectionsAreKept()
{
    ScriptedServer server(say(ScriptedServer::answer(200, "{}")));
    HttpClient client(server.url());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(send(client, get()));
        QVERIFY(send(client, post("{}")));
    }
    QCOMPARE(server.connections(), 1);
    QCOMPARE(server.requests().size(), 6);
}

void TestHttpKeepAlive::noMoreThanSixAtATime()
{
    constexpr int kCalls = 20;
    QList<Request> waiting;
    ScriptedServer server([&waiting](const Request& request) { waiting += request; });
    HttpClient client(server.url());
    std::vector<QCoro::Task<Result<HttpAnswer>>> calls;
    for (int i = 0; i < kCalls; ++i) {
        calls.push_back(client.send(get()));
    }
    int answered = 0;
    while (answered < kCalls) {
        QTRY_VERIFY(!waiting.isEmpty());
        QVERIFY(waiting.size() <= 6);
        waiting.takeFirst().socket->write(ScriptedServer::answer(200, "{}"));
        ++answered;
    }
    for (QCoro::Task<Result<HttpAnswer>>& call : calls) {
        QVERIFY(QCoro::waitFor(std::move(call)));
    }
    QVERIFY(server.connections() <= 6);
}

// A server closes connections that are kept for long; that must not be seen.
void TestHttpKeepAlive::aGetIsRepeatedOnAFreshConnection()
{
    OneAnswerPerConnection other(OneAnswerPerConnection::Then::Closes);
    HttpClient client(other.server.url());
    for (int i = 0; i < 3; ++i) {
        const auto answer = send(client, get());
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    }
}

void TestHttpKeepAlive::nothingElseIsSentTwice_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("POST") << QByteArray("POST") << QByteArray("{\"prompt\":{}}");
    QTest::newRow("POST, large") << QByteArray("POST") << QByteArray(500'000, 'x');
    QTest::newRow("POST without a body") << QByteArray("POST") << QByteArray();
    QTest::newRow("DELETE") << QByteArray("DELETE") << QByteArray();
}

// The request was there, and what it asked for may be under way.
void TestHttpKeepAlive::nothingElseIsSentTwice()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    OneAnswerPerConnection other(OneAnswerPerConnection::Then::Closes);
    HttpClient client(other.server.url());
    QVERIFY(send(client, get()));
    HttpRequest request = post(body);
    request.method = method;
    const auto answer = send(client, request);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QCOMPARE(other.server.requests().size(), 2);
    QVERIFY(send(client, request)); // by whoever knows what he does
}

void TestHttpKeepAlive::afterATimeoutNoKeptConnectionIsTrusted()
{
    OneAnswerPerConnection other(OneAnswerPerConnection::Then::Silence);
    HttpClient client(other.server.url());
    QCoro::Task<Result<HttpAnswer>> first = client.send(get());
    QVERIFY(send(client, get()));
    QVERIFY(QCoro::waitFor(std::move(first)));
    QCOMPARE(other.server.connections(), 2); // both are kept now, and dead

    HttpRequest request = post("{}");
    request.limits.idleMs = kSoonMs;
    QCOMPARE(send(client, request).error().kind, ErrorKind::Timeout);
    request.limits.idleMs = kNeverMs;
    QVERIFY(send(client, request));
    QCOMPARE(other.server.connections(), 3);
}

// The machine slept, or has another address now.
void TestHttpKeepAlive::afterAbortAllNoKeptConnectionIsTrusted()
{
    OneAnswerPerConnection other(OneAnswerPerConnection::Then::Silence);
    HttpClient client(other.server.url());
    QVERIFY(send(client, get()));
    client.abortAll();
    QVERIFY(send(client, get()));
    QCOMPARE(other.server.connections(), 2);
}

QTEST_GUILESS_MAIN(TestHttpKeepAlive)
#include "tst_httpkeepalive.moc"
