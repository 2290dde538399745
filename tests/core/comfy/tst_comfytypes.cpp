// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/comfytypes.h"

#include <QTest>

using namespace gesso;

namespace {

Json json(const QByteArray& text)
{
    const Result<Json> parsed = parseJson(text);
    if (!parsed) {
        qFatal("%s", qPrintable(parsed.error().message));
    }
    return *parsed;
}

PromptId prompt(const char* id)
{
    return PromptId(QString::fromLatin1(id));
}
NodeId node(const char* id)
{
    return NodeId(QString::fromLatin1(id));
}

} // namespace

class TestComfyTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void submitAnswer();
    void refusal();
    void refusalOfOtherShapes();
    void queueIsSorted();
    void queueOfTheFork();
    void outputs();
    void historyOfASuccess();
    void historyOfFailures_data();
    void historyOfFailures();
    void systemStats();
    void upload();
    void notUnderstood_data();
    void notUnderstood();
    void exceptionMessages();
};

void TestComfyTypes::submitAnswer()
{
    const auto answer = decodeSubmitAnswer(json(R"({"prompt_id":"p","number":-100.5,"node_errors":{
        "9":{"errors":[{"type":"required_input_missing","message":"m","details":"images","extra_info":{"input_name":"images"}}],
             "dependent_outputs":["9"],"class_type":"SaveImage"}}})"));
    QVERIFY(answer);
    QCOMPARE(answer->promptId, prompt("p"));
    QCOMPARE(answer->number, -100.5);
    QCOMPARE(answer->findings.size(), 1);
    const NodeFinding& finding = answer->findings.first();
    QCOMPARE(finding.node, node("9"));
    QCOMPARE(finding.classType, QStringLiteral("SaveImage"));
    QCOMPARE(finding.type, QStringLiteral("required_input_missing"));
    QCOMPARE(finding.input, QStringLiteral("images"));
    QVERIFY(decodeSubmitAnswer(json(R"({"prompt_id":"p","node_errors":[]})"))->findings.isEmpty());
}

void TestComfyTypes::refusal()
{
    const Refusal refusal =
        decodeRefusal(json(R"({"error":{"type":"prompt_outputs_failed_validation","message":"m",
        "details":"d","extra_info":{"a":1}},"node_errors":{"3":{"errors":[
        {"type":"value_not_in_list","message":"x","details":"y","extra_info":{"input_name":"combo.sub","received_value":1}},
        {"type":"value_smaller_than_min"}],"class_type":"KSampler"},"4":null,"5":{"errors":{}}}})"));
    QCOMPARE(refusal.type, QStringLiteral("prompt_outputs_failed_validation"));
    QCOMPARE(refusal.details, QStringLiteral("d"));
    QCOMPARE(writeJson(refusal.extraInfo), R"({"a":1})");
    QCOMPARE(refusal.findings.size(), 2);
    QCOMPARE(refusal.findings[0].input, QStringLiteral("combo.sub"));
    QCOMPARE(refusal.findings[1].type, QStringLiteral("value_smaller_than_min"));
    QCOMPARE(refusal.findings[1].input, QString());
}

void TestComfyTypes::refusalOfOtherShapes()
{
    QCOMPARE(decodeRefusal(json(R"({"error":"just words"})")).message, QStringLiteral("just words"));
    QCOMPARE(decodeRefusal(json(R"({"type":"invalid_prompt","message":"bare"})")).type,
             QStringLiteral("invalid_prompt"));
    QVERIFY(decodeRefusal(json("{}")).type.isEmpty());
    QVERIFY(decodeRefusal(json("[1]")).findings.isEmpty());
}

// The order in which the server's heap lay in memory, recorded.
void TestComfyTypes::queueIsSorted()
{
    const auto queue =
        decodeQueue(json(R"({"queue_running":[[1,"r",{},{"client_id":"me"},["9"]]],"queue_pending":[
        [-100.5,"a",{},{},[]],[33,"c",{},{},[]],[-34,"b",{},{},[]],[100000,"e",{},{},[]],[35,"d"]]})"));
    QVERIFY(queue);
    QCOMPARE(queue->running.size(), 1);
    QCOMPARE(queue->running.first().clientId, QStringLiteral("me"));
    QString order;
    for (const QueueEntry& entry : queue->pending) {
        order += entry.promptId.toString();
    }
    QCOMPARE(order, QStringLiteral("abcde"));
}

void TestComfyTypes::queueOfTheFork()
{
    const auto queue = decodeQueue(json(R"({"queue_running":[{"priority":23,"prompt_id":"p","prompt":{},
        "extra_data":{"client_id":"me"},"good_outputs":["9"],"sensitive":null}],"queue_pending":[]})"));
    QVERIFY(queue);
    QCOMPARE(queue->running.first().promptId, prompt("p"));
    QCOMPARE(queue->running.first().number, 23.0);
    QCOMPARE(queue->running.first().clientId, QStringLiteral("me"));
}

void TestComfyTypes::outputs()
{
    const QList<OutputItem> items = outputItems(node("9.0.0.1"), node("9"), json(R"({
        "images":[{"filename":"a.png","subfolder":"s","type":"temp"},{"filename":"b.png"},null,"words"],
        "animated":[true],"text":["hello",1.5],"result":["model.glb",null,null],"lone":"value","nothing":null,
        "odd":[{"filename":7},[1]]})"));
    QStringList shown;
    for (const OutputItem& item : items) {
        QCOMPARE(item.node, node("9.0.0.1"));
        QCOMPARE(item.displayNode, node("9"));
        shown += item.kind + QLatin1Char('|') + item.filename + QLatin1Char('|') + item.subfolder
            + QLatin1Char('|') + item.type + QLatin1Char('|') + item.text;
    }
    QCOMPARE(shown,
             (QStringList{QStringLiteral("images|a.png|s|temp|"), QStringLiteral("images|b.png||output|"),
                          QStringLiteral("images||||words"), QStringLiteral("text||||hello"),
                          QStringLiteral("text||||1.5"), QStringLiteral("result||||model.glb"),
                          QStringLiteral("lone||||value"), QStringLiteral("odd||||{\"filename\":7}"),
                          QStringLiteral("odd||||[1]")}));
    QVERIFY(outputItems(node("9"), node("9"), Json(nullptr)).isEmpty());
    QVERIFY(outputItems(node("9"), node("9"), json("[1,2]")).isEmpty());
}

void TestComfyTypes::historyOfASuccess()
{
    const auto entry = decodeHistoryEntry(
        prompt("p"), json(R"({"prompt":[1,"p",{"9":{"class_type":"SaveImage","inputs":{}}},{},["9"]],
        "outputs":{"2.0.0.1":{"images":[{"filename":"a.png","subfolder":"","type":"output"}]}},
        "status":{"status_str":"success","completed":true,"messages":[["execution_start",{}],["execution_success",{}]]},
        "meta":{"2.0.0.1":{"node_id":"2.0.0.1","display_node":"2","parent_node":"2","real_node_id":"2"}}})"));
    QVERIFY(entry);
    QCOMPARE(entry->promptId, prompt("p"));
    QCOMPARE(entry->status, HistoryStatus::Success);
    QCOMPARE(entry->outputs.size(), 1);
    QCOMPARE(entry->outputs.first().displayNode, node("2"));
    QVERIFY(!entry->failure);
    QVERIFY(entry->prompt);
    QCOMPARE(entry->prompt->nodes.size(), 1);
}

void TestComfyTypes::historyOfFailures_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<HistoryStatus>("expected");
    QTest::addColumn<QString>("failure"); // "message|node|type"; empty: none
    QTest::newRow("error") << QByteArray(
        R"({"status_str":"error","completed":false,"messages":[["execution_error",
        {"node_id":"4","node_type":"X","exception_message":"boom\n","exception_type":"E","traceback":["a"]}]]})")
                           << HistoryStatus::Error << QStringLiteral("boom|4|X");
    QTest::newRow("interrupted") << QByteArray(
        R"({"status_str":"error","messages":[["execution_interrupted",{}]]})")
                                 << HistoryStatus::Interrupted << QString();
    QTest::newRow("fork, error") << QByteArray(
        R"({"status_str":"error","messages":["execution_start","execution_error: boom: twice\n"]})")
                                 << HistoryStatus::Error << QStringLiteral("boom: twice||");
    QTest::newRow("fork, interrupted")
        << QByteArray(R"({"status_str":"error","messages":["execution_interrupted"]})")
        << HistoryStatus::Interrupted << QString();
    QTest::newRow("error without a message")
        << QByteArray(R"({"status_str":"error"})") << HistoryStatus::Error << QString();
    QTest::newRow("odd messages") << QByteArray(
        R"({"status_str":"success","messages":[null,3,[],[null],{"x":1}]})")
                                  << HistoryStatus::Success << QString();
    QTest::newRow("messages as an object") << QByteArray(R"({"status_str":"success","messages":{"x":1}})")
                                           << HistoryStatus::Success << QString();
    QTest::newRow("null") << QByteArray("null") << HistoryStatus::Success << QString();
}

void TestComfyTypes::historyOfFailures()
{
    QFETCH(QByteArray, status);
    QFETCH(HistoryStatus, expected);
    QFETCH(QString, failure);
    Json body = Json::object();
    body["outputs"] = nullptr;
    body["status"] = json(status);
    const auto entry = decodeHistoryEntry(prompt("p"), body);
    QVERIFY(entry);
    QCOMPARE(entry->status, expected);
    QCOMPARE(entry->failure.has_value(), !failure.isEmpty());
    if (entry->failure) {
        QCOMPARE(entry->failure->message + QLatin1Char('|') + entry->failure->node.toString()
                     + QLatin1Char('|') + entry->failure->nodeType,
                 failure);
    }
    QVERIFY(!entry->prompt);
}

void TestComfyTypes::systemStats()
{
    const auto stats =
        decodeSystemStats(json(R"({"system":{"os":"linux","ram_total":25276514304,"ram_free":1.5,
        "comfyui_version":"0.12.2"},"devices":[{"name":"cpu","type":"cpu","index":null,"vram_total":7,"vram_free":null}]})"));
    QVERIFY(stats);
    QCOMPARE(stats->version, QStringLiteral("0.12.2"));
    QCOMPARE(stats->ramTotal, 25276514304.0);
    QCOMPARE(stats->devices.size(), 1);
    QCOMPARE(stats->devices.first().vramTotal, 7.0);
    QCOMPARE(stats->devices.first().vramFree, 0.0);
    QVERIFY(!stats->isDemo);
    QVERIFY(decodeSystemStats(json(R"({"system":{"gesso_demo":true}})"))->isDemo);
}

void TestComfyTypes::upload()
{
    const auto file = decodeUpload(json(R"({"name":"up (1).png","subfolder":"sub","type":"input"})"));
    QVERIFY(file);
    QCOMPARE(file->widgetValue(), QStringLiteral("sub/up (1).png"));
    QCOMPARE(decodeUpload(json(R"({"name":"a.png"})"))->widgetValue(), QStringLiteral("a.png"));
}

void TestComfyTypes::notUnderstood_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char* body :
         {"null", "[]", "{}", "3", "\"text\"", R"({"error":"x"})", R"({"prompt_id":null,"name":3})",
          R"({"queue_running":[],"queue_pending":{}})", R"({"queue_running":[[]],"queue_pending":[]})",
          R"({"queue_running":[],"queue_pending":[[1]]})", R"({"queue_running":[null],"queue_pending":[]})",
          R"({"system":[]})"}) {
        QTest::newRow(body) << QByteArray(body);
    }
}

void TestComfyTypes::notUnderstood()
{
    QFETCH(QByteArray, body);
    const Json value = json(body);
    QCOMPARE(decodeSubmitAnswer(value).error().kind, ErrorKind::Protocol);
    QCOMPARE(decodeQueue(value).error().kind, ErrorKind::Protocol);
    QCOMPARE(decodeHistoryEntry(prompt("p"), value).error().kind, ErrorKind::Protocol);
    QCOMPARE(decodeSystemStats(value).error().kind, ErrorKind::Protocol);
    QCOMPARE(decodeUpload(value).error().kind, ErrorKind::Protocol);
}

void TestComfyTypes::exceptionMessages()
{
    QCOMPARE(exceptionMessage(QStringLiteral("  boom \r\n\n")), QStringLiteral("  boom "));
    QCOMPARE(exceptionMessage(QStringLiteral("\n")), QString());
}

QTEST_GUILESS_MAIN(TestComfyTypes)
#include "tst_comfytypes.moc"
