// SPDX-License-Identifier: GPL-3.0-or-later
// Every route has its own cap and its own patience; a server that goes on for ever meets both.
#include "core/comfy/comfyclient.h"
#include "tests/testkit/scriptedserver.h"

#include <QTest>
#include <QTimer>

using namespace gesso;
using testkit::ScriptedServer;
using Request = ScriptedServer::Request;

namespace {

constexpr qint64 kCap = 200'000;
constexpr int kSoonMs = 200;
constexpr int kNeverMs = 60'000;

using Call = std::function<std::optional<Error>(ComfyClient&)>;

template <typename T> std::optional<Error> errorOf(QCoro::Task<Result<T>>&& task)
{
    const Result<T> result = QCoro::waitFor(std::move(task));
    return result ? std::nullopt : std::optional(result.error());
}

ComfyClientLimits all(const HttpLimits& limits)
{
    return {limits, limits, limits, limits, limits, limits};
}

} // namespace

Q_DECLARE_METATYPE(Call)

class TestRouteLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreBounded()
    {
        const ComfyClientLimits limits;
        for (const HttpLimits& limit :
             {limits.general, limits.submit, limits.history, limits.objectInfo, limits.upload, limits.view}) {
            QVERIFY(limit.maxBytes > 0);
            QVERIFY(limit.idleMs > 0); // nothing waits for ever
        }
        constexpr qint64 kInMemory = 128LL * 1024 * 1024;
        for (const HttpLimits& limit :
             {limits.general, limits.submit, limits.history, limits.objectInfo, limits.upload}) {
            QVERIFY(limit.maxBytes <= kInMemory);
        }
    }

    void routes_data()
    {
        QTest::addColumn<Call>("call");
        const auto row = [](const char* name, Call call) { QTest::newRow(name) << call; };
        row("system_stats", [](ComfyClient& c) { return errorOf(c.systemStats()); });
        row("features", [](ComfyClient& c) { return errorOf(c.features()); });
        row("object_info", [](ComfyClient& c) { return errorOf(c.objectInfo()); });
        row("prompt", [](ComfyClient& c) { return errorOf(c.submit({})); });
        row("queue", [](ComfyClient& c) { return errorOf(c.queue()); });
        row("history", [](ComfyClient& c) { return errorOf(c.history(PromptId(QStringLiteral("a")))); });
        row("interrupt", [](ComfyClient& c) { return errorOf(c.interrupt({})); });
        row("delete", [](ComfyClient& c) { return errorOf(c.deleteQueued({})); });
        row("upload", [](ComfyClient& c) { return errorOf(c.upload({})); });
        row("view",
            [](ComfyClient& c) { return errorOf(c.view({}, [](const QByteArray&) { return true; })); });
        row("free", [](ComfyClient& c) { return errorOf(c.freeMemory(true)); });
        row("models", [](ComfyClient& c) { return errorOf(c.models({})); });
    }

    void routes()
    {
        QFETCH(Call, call);
        QTimer pump;
        QPointer<QTcpSocket> socket;
        connect(&pump, &QTimer::timeout, this, [&socket] {
            if (socket && socket->bytesToWrite() < kCap) {
                socket->write("4e20\r\n" + QByteArray(20'000, '[') + "\r\n");
            }
        });
        ScriptedServer server([&](const Request& request) {
            request.socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            socket = request.socket;
            pump.start(0);
        });
        ComfyClient endless(server.url(), {}, nullptr, all({kNeverMs, kNeverMs, kCap}));
        const std::optional<Error> tooLarge = call(endless);
        QVERIFY(tooLarge);
        QCOMPARE(nameOf(tooLarge->kind), nameOf(ErrorKind::TooLarge));

        pump.stop();
        server.setHandler({}); // says nothing at all
        ComfyClient silent(server.url(), {}, nullptr, all({kNeverMs, kSoonMs, kCap}));
        const std::optional<Error> timeout = call(silent);
        QVERIFY(timeout);
        QCOMPARE(nameOf(timeout->kind), nameOf(ErrorKind::Timeout));
    }

    // Within all sizes, but built to end the program that reads it.
    void hostileJson_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("deep arrays") << QByteArray(100'000, '[') + QByteArray(100'000, ']');
        QTest::newRow("deep objects")
            << QByteArray("{\"a\":").repeated(50'000) + '1' + QByteArray(50'000, '}');
        QTest::newRow("deep below known members") << R"({"error":{"message":"x","extra_info":)"
                + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}}";
        QTest::newRow("unended") << QByteArray("{\"queue_running\":[[").repeated(10'000);
    }

    void hostileJson()
    {
        QFETCH(QByteArray, body);
        int status = 200;
        ScriptedServer server(
            [&](const Request& request) { request.socket->write(ScriptedServer::answer(status, body)); });
        ComfyClient client(server.url());
        QVERIFY(errorOf(client.systemStats()));
        QVERIFY(errorOf(client.features()));
        QVERIFY(errorOf(client.queue()));
        QVERIFY(errorOf(client.history(PromptId(QStringLiteral("a")))));
        QVERIFY(errorOf(client.submit({})));
        QVERIFY(errorOf(client.upload({})));
        QVERIFY(errorOf(client.models({})));
        status = 400; // a refusal is read too
        QVERIFY(errorOf(client.submit({})));
    }
};

QTEST_GUILESS_MAIN(TestRouteLimits)
#include "tst_routelimits.moc"
