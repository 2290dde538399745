// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/comfyclient.h"
#include "tests/testkit/scriptedserver.h"
#include "tests/testkit/tcpproxy.h"

#include <QTest>

#include <memory>

using namespace gesso;
using testkit::ScriptedServer;
using Request = ScriptedServer::Request;

namespace {

ScriptedServer::Handler say(int status, const QByteArray& body,
                            const QByteArray& contentType = "application/json")
{
    return [=](const Request& request) {
        request.socket->write(ScriptedServer::answer(status, body, contentType));
    };
}

PromptId prompt(const char* id)
{
    return PromptId(QString::fromLatin1(id));
}

Prompt onePrompt(const Json& seed)
{
    PromptNode node;
    node.id = NodeId(QStringLiteral("3"));
    node.classType = QStringLiteral("KSampler");
    node.inputs = {{QStringLiteral("seed"), seed}, {QStringLiteral("text"), Json("é中")}};
    Prompt prompt;
    prompt.nodes = {node};
    prompt.rebuildIndex();
    return prompt;
}

SubmitRequest submission()
{
    SubmitRequest request;
    request.promptId = prompt("own-id");
    request.clientId = QStringLiteral("me");
    request.prompt = onePrompt(std::uint64_t(18446744073709551615ULL));
    request.workflow = Json{{"version", 0.4}};
    return request;
}

// Every call of the interface: the error it ends with, or none.

template <typename T> std::optional<Error> errorOf(const Result<T>& result)
{
    return result ? std::nullopt : std::optional(result.error());
}

QCoro::Task<std::optional<Error>> stats(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.systemStats(t));
}
QCoro::Task<std::optional<Error>> features(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.features(t));
}
QCoro::Task<std::optional<Error>> info(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.objectInfo(t));
}
QCoro::Task<std::optional<Error>> submit(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.submit(submission(), t));
}
QCoro::Task<std::optional<Error>> queue(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.queue(t));
}
QCoro::Task<std::optional<Error>> history(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.history(prompt("p"), t));
}
QCoro::Task<std::optional<Error>> interrupt(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.interrupt(prompt("p"), t));
}
QCoro::Task<std::optional<Error>> remove(ComfyClient& c, CancelToken t)
{
    const QList<PromptId> ids(1, prompt("p"));
    co_return errorOf(co_await c.deleteQueued(ids, t));
}
QCoro::Task<std::optional<Error>> freeAll(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.freeMemory(true, t));
}
QCoro::Task<std::optional<Error>> models(ComfyClient& c, CancelToken t)
{
    co_return errorOf(co_await c.models({}, t));
}
QCoro::Task<std::optional<Error>> upload(ComfyClient& c, CancelToken t)
{
    UploadRequest file;
    file.name = QStringLiteral("a.png");
    file.bytes = "PNG";
    co_return errorOf(co_await c.upload(file, t));
}
bool swallow(const QByteArray&)
{
    return true;
}
QCoro::Task<std::optional<Error>> view(ComfyClient& c, CancelToken t)
{
    OutputItem file;
    file.filename = QStringLiteral("a.png");
    co_return errorOf(co_await c.view(file, swallow, t));
}

struct NamedCall {
    const char* name;
    QCoro::Task<std::optional<Error>> (*call)(ComfyClient&, CancelToken);
    bool readsJson;
};
constexpr std::array kCalls{
    NamedCall{"systemStats", stats, true},    NamedCall{"features", features, true},
    NamedCall{"objectInfo", info, false},     NamedCall{"submit", submit, true},
    NamedCall{"queue", queue, true},          NamedCall{"history", history, true},
    NamedCall{"interrupt", interrupt, false}, NamedCall{"deleteQueued", remove, false},
    NamedCall{"upload", upload, true},        NamedCall{"view", view, false},
    NamedCall{"freeMemory", freeAll, false},  NamedCall{"models", models, true},
};

} // namespace

class TestComfyClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitSendsThePrompt();
    void submitOutcomes_data();
    void submitOutcomes();
    void historyOfUnknownRun();
    void largeHistoryIsRead();
    void bodies();
    void viewStreams();
    void aFileThatDoesNotComeIsNamed_data();
    void aFileThatDoesNotComeIsNamed();
    void aPageMayBeAResult();
    void aKeptVersionMakesNoHeaders();
    void uploadIsMultipart();
    void statusesBecomeErrors_data();
    void statusesBecomeErrors();
    void notJson_data();
    void notJson();
    void deadlinesHold_data();
    void deadlinesHold();
    void cancelEnds_data();
    void cancelEnds();
    void destroyedInTheMiddle_data();
    void destroyedInTheMiddle();

private:
    void addCalls();
};

void TestComfyClient::addCalls()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < kCalls.size(); ++i) {
        QTest::newRow(kCalls[i].name) << int(i);
    }
}

void TestComfyClient::submitSendsThePrompt()
{
    ScriptedServer server(say(200, R"({"prompt_id":"own-id","number":4,"node_errors":{}})"));
    ComfyClient client(server.url());
    const auto outcome = QCoro::waitFor(client.submit(submission()));
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().message));
    QCOMPARE(std::get<SubmitAnswer>(*outcome).number, 4.0);
    const Request seen = server.requests().first();
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.target, "/prompt");
    const Json body = *parseJson(seen.body);
    QCOMPARE(stringMember(body, "client_id"), QStringLiteral("me"));
    QCOMPARE(stringMember(body, "prompt_id"), QStringLiteral("own-id"));
    QCOMPARE(writeJson(body["extra_data"]), R"({"extra_pnginfo":{"workflow":{"version":0.4}}})");
    QCOMPARE(body["prompt"]["3"]["inputs"]["seed"].dump(), "18446744073709551615");
    QCOMPARE(body["prompt"]["3"]["inputs"]["text"].get<std::string>(), "é中");
    QVERIFY(!body.contains("front"));
}

void TestComfyClient::submitOutcomes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // "answer", "refusal" or the kind of the error
    QTest::newRow("accepted") << 200 << QByteArray(R"({"prompt_id":"own-id","number":1,"node_errors":{}})")
                              << QStringLiteral("answer");
    QTest::newRow("refused") << 400 << QByteArray(R"({"error":{"type":"no_prompt"},"node_errors":{}})")
                             << QStringLiteral("refusal");
    QTest::newRow("a proxy's 400") << 400 << QByteArray("<html>Bad Request")
                                   << QStringLiteral("server-error");
    QTest::newRow("broken JSON sent")
        << 500 << QByteArray("500 Internal Server Error") << QStringLiteral("server-error");
    QTest::newRow("403") << 403 << QByteArray() << QStringLiteral("unauthorized");
    QTest::newRow("413") << 413 << QByteArray() << QStringLiteral("too-large");
    QTest::newRow("200 of something else") << 200 << QByteArray("<html>") << QStringLiteral("protocol");
    QTest::newRow("200 without an id") << 200 << QByteArray("{}") << QStringLiteral("protocol");
}

void TestComfyClient::submitOutcomes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    ScriptedServer server(say(status, body));
    ComfyClient client(server.url());
    const auto outcome = QCoro::waitFor(client.submit(submission()));
    QString found = outcome ? QString() : nameOf(outcome.error().kind);
    if (outcome) {
        found =
            std::holds_alternative<Refusal>(*outcome) ? QStringLiteral("refusal") : QStringLiteral("answer");
    }
    QCOMPARE(found, expected);
    QCOMPARE(server.requests().size(), 1);
}

void TestComfyClient::historyOfUnknownRun()
{
    ScriptedServer server(say(200, "{}"));
    ComfyClient client(server.url());
    const auto entry = QCoro::waitFor(client.history(PromptId(QStringLiteral("a/b?c"))));
    QVERIFY(entry);
    QVERIFY(!entry->has_value());
    QCOMPARE(server.requests().first().target, "/history/a%2Fb%3Fc");
}

// Larger than what is parsed in this thread.
void TestComfyClient::largeHistoryIsRead()
{
    QByteArray items;
    for (int i = 0; i < 3000; ++i) {
        items += (i ? "," : "") + QByteArray(R"({"filename":"a)") + QByteArray::number(i)
            + R"(.png","type":"output"})";
    }
    ScriptedServer server(say(
        200, R"({"p":{"outputs":{"9":{"images":[)" + items + R"(]}},"status":{"status_str":"success"}}})"));
    ComfyClient client(server.url());
    const auto entry = QCoro::waitFor(client.history(prompt("p")));
    QVERIFY(entry && entry->has_value());
    QCOMPARE((*entry)->promptId, prompt("p"));
    QCOMPARE((*entry)->outputs.size(), 3000);
}

void TestComfyClient::bodies()
{
    ScriptedServer server(say(200, ""));
    ComfyClient client(server.url(QStringLiteral("/prefix")), QStringLiteral("s3cret"));
    QVERIFY(QCoro::waitFor(client.interrupt(prompt("p"))));
    QVERIFY(QCoro::waitFor(client.interrupt({})));
    QVERIFY(QCoro::waitFor(client.deleteQueued({prompt("a"), prompt("b")})));
    QVERIFY(QCoro::waitFor(client.freeMemory(false)));
    QStringList seen;
    for (const Request& request : server.requests()) {
        seen += QString::fromUtf8(request.method + ' ' + request.target + ' ' + request.body);
        QCOMPARE(request.headers.value("authorization"), "Bearer s3cret");
    }
    QCOMPARE(
        seen,
        (QStringList{QStringLiteral(R"(POST /prefix/interrupt {"prompt_id":"p"})"),
                     QStringLiteral("POST /prefix/interrupt {}"),
                     QStringLiteral(R"(POST /prefix/queue {"delete":["a","b"]})"),
                     QStringLiteral(R"(POST /prefix/free {"unload_models":false,"free_memory":true})")}));
}

void TestComfyClient::viewStreams()
{
    const QByteArray picture(3'000'000, '\x89');
    ScriptedServer server(say(200, picture, "image/png"));
    ComfyClient client(server.url());
    OutputItem file;
    file.filename = QStringLiteral("a&b=ü.png");
    file.subfolder = QStringLiteral("sub/x");
    file.type = QStringLiteral("output");
    QByteArray received;
    const auto bytes = QCoro::waitFor(client.view(file, [&received](const QByteArray& piece) {
        received += piece;
        return true;
    }));
    QVERIFY(bytes);
    QCOMPARE(*bytes, picture.size());
    QCOMPARE(received, picture);
    QCOMPARE(server.requests().first().target,
             "/view?filename=a%26b%3D%C3%BC.png&subfolder=sub%2Fx&type=output");
}

void TestComfyClient::aFileThatDoesNotComeIsNamed_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("words");
    const QByteArray picture("image/png");
    QTest::newRow("gone") << 404 << picture << ErrorKind::NotFound << QStringLiteral("no longer has");
    QTest::newRow("outside") << 403 << picture << ErrorKind::NotFound << QStringLiteral("does not give out");
    QTest::newRow("a page") << 200 << QByteArray("text/html") << ErrorKind::Protocol
                            << QStringLiteral("web page");
    QTest::newRow("a page with its encoding")
        << 200 << QByteArray("Text/HTML; charset=utf-8") << ErrorKind::Protocol << QStringLiteral("web page");
}

void TestComfyClient::aFileThatDoesNotComeIsNamed()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, words);
    ScriptedServer server(say(status, "<html>Log in</html>", type));
    ComfyClient client(server.url());
    OutputItem file;
    file.filename = QStringLiteral("a\x1b[1m.png");
    QByteArray received;
    const auto bytes = QCoro::waitFor(client.view(file, [&received](const QByteArray& piece) {
        received += piece;
        return true;
    }));
    QVERIFY(!bytes);
    QCOMPARE(bytes.error().kind, kind);
    QVERIFY2(bytes.error().message.contains(words), qPrintable(bytes.error().message));
    QVERIFY(bytes.error().message.contains(QStringLiteral("[1m.png")));
    QVERIFY(!bytes.error().message.contains(QChar(0x1b)) && !bytes.error().hint.isEmpty());
    QVERIFY(received.isEmpty());
}

void TestComfyClient::aPageMayBeAResult()
{
    ScriptedServer server(say(200, "<html>report</html>", "text/html"));
    ComfyClient client(server.url());
    OutputItem file;
    file.filename = QStringLiteral("report.HTML");
    const auto bytes = QCoro::waitFor(client.view(file, [](const QByteArray&) { return true; }));
    QVERIFY(bytes);
}

void TestComfyClient::aKeptVersionMakesNoHeaders()
{
    ScriptedServer server(say(200, "whole", "image/png"));
    ComfyClient client(server.url());
    ViewRange range;
    range.from = 10;
    range.version = {{}, "Sat, 21 Nov 2026 19:00:00 GMT\r\nX-Evil: 1\r\nIf-Range: x", 100};
    const auto bytes = QCoro::waitFor(client.view(
        {}, [](const QByteArray&) { return true; }, {}, range));
    QVERIFY(bytes);
    const Request& request = server.requests().first();
    QVERIFY(!request.headers.contains("x-evil") && !request.headers.contains("range")
            && !request.headers.contains("if-range"));
}

void TestComfyClient::uploadIsMultipart()
{
    ScriptedServer server(say(200, R"({"name":"a (1).png","subfolder":"s","type":"input"})"));
    ComfyClient client(server.url());
    UploadRequest file;
    file.name = QStringLiteral("a.png");
    file.bytes = QByteArray("\x89PNG\r\n\0", 7);
    file.subfolder = QStringLiteral("s");
    file.overwrite = true;
    const auto uploaded = QCoro::waitFor(client.upload(file));
    QVERIFY(uploaded);
    QCOMPARE(uploaded->widgetValue(), QStringLiteral("s/a (1).png"));
    const QByteArray body = server.requests().first().body;
    QVERIFY(body.contains("name=\"image\"; filename=\"a.png\""));
    QVERIFY(body.contains(file.bytes));
    QVERIFY(body.contains("name=\"subfolder\"\r\n\r\ns\r\n"));
    QVERIFY(body.contains("name=\"overwrite\"\r\n\r\ntrue\r\n"));
    QVERIFY(body.contains("name=\"type\"\r\n\r\ninput\r\n"));
}

void TestComfyClient::statusesBecomeErrors_data()
{
    addCalls();
}

void TestComfyClient::statusesBecomeErrors()
{
    QFETCH(int, index);
    const std::pair<int, ErrorKind> table[]{{401, ErrorKind::Unauthorized},
                                            {403, ErrorKind::Unauthorized},
                                            {404, ErrorKind::NotFound},
                                            {500, ErrorKind::ServerError},
                                            {503, ErrorKind::ServerError}};
    for (const auto& [status, kind] : table) {
        ScriptedServer server(say(status, "500: plain words", "text/plain"));
        ComfyClient client(server.url());
        const std::optional<Error> error = QCoro::waitFor(kCalls[std::size_t(index)].call(client, {}));
        QVERIFY(error);
        const bool isFile = QLatin1String(kCalls[std::size_t(index)].name) == QLatin1String("view");
        QCOMPARE(error->kind, isFile && status == 403 ? ErrorKind::NotFound : kind);
        QVERIFY(!error->hint.isEmpty());
        QVERIFY(error->message.contains(QStringLiteral("127.0.0.1:%1").arg(server.port())));
        QVERIFY(error->detail.contains(QStringLiteral("plain words")));
    }
}

void TestComfyClient::notJson_data()
{
    addCalls();
}

void TestComfyClient::notJson()
{
    QFETCH(int, index);
    if (!kCalls[std::size_t(index)].readsJson) {
        return;
    }
    for (const QByteArray& body : {QByteArray(), QByteArray("<html>"), QByteArray("{\"a\":"),
                                   QByteArray(100'000, '['), QByteArray("3"), QByteArray("\xFF")}) {
        ScriptedServer server(say(200, body));
        ComfyClient client(server.url());
        const std::optional<Error> error = QCoro::waitFor(kCalls[std::size_t(index)].call(client, {}));
        QVERIFY(error);
        QCOMPARE(error->kind, ErrorKind::Protocol);
    }
}

void TestComfyClient::deadlinesHold_data()
{
    addCalls();
}

void TestComfyClient::deadlinesHold()
{
    QFETCH(int, index);
    ScriptedServer server; // never answers
    constexpr HttpLimits kShort{0, 50, 1'000'000};
    ComfyClient client(server.url(), {}, nullptr, {kShort, kShort, kShort, kShort, kShort, kShort});
    const std::optional<Error> error = QCoro::waitFor(kCalls[std::size_t(index)].call(client, {}));
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::Timeout);
}

void TestComfyClient::cancelEnds_data()
{
    addCalls();
}

void TestComfyClient::cancelEnds()
{
    QFETCH(int, index);
    CancelSource source;
    ScriptedServer server([&source](const Request&) { source.cancel(); });
    ComfyClient client(server.url());
    const std::optional<Error> error =
        QCoro::waitFor(kCalls[std::size_t(index)].call(client, source.token()));
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::Cancelled);
}

void TestComfyClient::destroyedInTheMiddle_data()
{
    addCalls();
}

void TestComfyClient::destroyedInTheMiddle()
{
    QFETCH(int, index);
    ScriptedServer server; // never answers
    auto client = std::make_unique<ComfyClient>(server.url());
    std::optional<std::optional<Error>> ended;
    auto task =
        kCalls[std::size_t(index)].call(*client, {}).then([&ended](const std::optional<Error>& error) {
            ended = error;
        });
    QTRY_COMPARE(server.requests().size(), 1);
    client.reset();
    QVERIFY(ended.has_value());
    QVERIFY(ended->has_value());
    QCOMPARE((*ended)->kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestComfyClient)
#include "tst_comfyclient.moc"
