// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/eventdecoder.h"

#include <QTest>
#include <QtEndian>

using namespace gesso;

namespace {

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

// The event a text or a binary frame must give.
template <typename Event> Event eventOf(const Result<ComfyEvent>& decoded)
{
    if (!decoded) {
        qFatal("%s %s", qPrintable(decoded.error().message), qPrintable(decoded.error().detail));
    }
    if (!std::holds_alternative<Event>(*decoded)) {
        qFatal("another event: %d", int(decoded->index()));
    }
    return std::get<Event>(*decoded);
}

template <typename Event> Event textEvent(const QByteArray& frame)
{
    return eventOf<Event>(decodeTextFrame(frame));
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

class TestEventDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void status();
    void featureFlags();
    void executionStartAndCached();
    void executing();
    void progress();
    void progressState();
    void executed();
    void executionError();
    void executionBlocked();
    void interruptedAndSuccess();
    void logs();
    void unknownTypesAreKept();
    void pythonNumbers();
    void promptIds();
    void oldPreview();
    void previewWithMetadata();
    void text();
    void unknownBinary();
    void hostileText_data();
    void hostileText();
    void hostileBinary_data();
    void hostileBinary();
    void everyTruncationIsSafe();
    void everyFlippedByteIsSafe();
};

void TestEventDecoder::status()
{
    const auto first = textEvent<StatusEvent>(
        R"({"type":"status","data":{"status":{"exec_info":{"queue_remaining":3}},"sid":"abc"}})");
    QCOMPARE(first.queueRemaining, 3);
    QCOMPARE(first.sid, std::optional(QStringLiteral("abc")));
    const auto later = textEvent<StatusEvent>(
        R"({"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0.0}}}})");
    QCOMPARE(later.queueRemaining, 0);
    QVERIFY(!later.sid);
}

void TestEventDecoder::featureFlags()
{
    const auto event = textEvent<FeatureFlagsEvent>(
        R"({"type":"feature_flags","data":{"b":true,"a":18446744073709551615,"c":1.0}})");
    QCOMPARE(writeJson(event.flags),
             R"({"b":true,"a":18446744073709551615,"c":1.0})"); // order, 64 bits and 1.0 kept
}

void TestEventDecoder::executionStartAndCached()
{
    const auto start = textEvent<ExecutionStartEvent>(
        R"({"type":"execution_start","data":{"prompt_id":"p","timestamp":1795248117431}})");
    QCOMPARE(start.promptId, prompt("p"));
    QCOMPARE(start.timestampMs, std::optional<qint64>(1795248117431));
    QVERIFY(!textEvent<ExecutionStartEvent>(R"({"type":"execution_start","data":{"prompt_id":"p"}})")
                 .timestampMs);

    const auto cached = textEvent<ExecutionCachedEvent>(
        R"({"type":"execution_cached","data":{"nodes":["4","12:5",7,null],"prompt_id":"p"}})");
    QCOMPARE(cached.nodes, (QList<NodeId>{node("4"), node("12:5"), node("7")}));
    QVERIFY(textEvent<ExecutionCachedEvent>(R"({"type":"execution_cached","data":{"prompt_id":"p"}})")
                .nodes.isEmpty());
}

void TestEventDecoder::executing()
{
    const auto running = textEvent<ExecutingEvent>(
        R"({"type":"executing","data":{"node":"2.0.0.1","display_node":"2","prompt_id":"p"}})");
    QCOMPARE(running.node, std::optional(node("2.0.0.1")));
    QCOMPARE(running.displayNode, std::optional(node("2")));
    QCOMPARE(running.promptId, std::optional(prompt("p")));

    const auto ended =
        textEvent<ExecutingEvent>(R"({"type":"executing","data":{"node":null,"prompt_id":"p"}})");
    QVERIFY(!ended.node);
    QCOMPARE(ended.promptId, std::optional(prompt("p")));

    const auto reconnected = textEvent<ExecutingEvent>(R"({"type":"executing","data":{"node":"3"}})");
    QCOMPARE(reconnected.node, std::optional(node("3")));
    QVERIFY(!reconnected.promptId);
}

void TestEventDecoder::progress()
{
    const auto event = textEvent<ProgressEvent>(
        R"({"type":"progress","data":{"value":3,"max":20,"prompt_id":"p","node":"3"}})");
    QCOMPARE(event.value, 3.0);
    QCOMPARE(event.max, 20.0);
    QCOMPARE(event.node, std::optional(node("3")));
    const auto bare = textEvent<ProgressEvent>(R"({"type":"progress","data":{"value":0.5}})");
    QCOMPARE(bare.value, 0.5);
    QVERIFY(!bare.promptId && !bare.node);
}

void TestEventDecoder::progressState()
{
    const auto event =
        textEvent<ProgressStateEvent>(R"({"type":"progress_state","data":{"prompt_id":"p","nodes":{
        "2":{"value":1,"max":4.0,"state":"running","node_id":"2","display_node_id":"2","parent_node_id":null,"real_node_id":"2"},
        "2.0.0.1":{"value":0.0,"max":1.0,"state":"finished","node_id":"2.0.0.1","display_node_id":"2"},
        "9":{}, "10":null}}})");
    QCOMPARE(event.promptId, prompt("p"));
    QCOMPARE(event.nodes.size(), 3);
    QCOMPARE(event.nodes[0], (NodeProgress{node("2"), node("2"), QStringLiteral("running"), 1, 4}));
    QCOMPARE(event.nodes[1], (NodeProgress{node("2.0.0.1"), node("2"), QStringLiteral("finished"), 0, 1}));
    QCOMPARE(event.nodes[2], (NodeProgress{node("9"), node("9"), QString(), 0, 1}));
}

void TestEventDecoder::executed()
{
    const auto event = textEvent<ExecutedEvent>(
        R"({"type":"executed","data":{"node":"9.0.0.2","display_node":"9","output":{"images":[{"filename":"a.png"}]},"prompt_id":"p"}})");
    QCOMPARE(event.node, node("9.0.0.2"));
    QCOMPARE(event.displayNode, node("9"));
    QCOMPARE(writeJson(event.output), R"({"images":[{"filename":"a.png"}]})");
    const QByteArray frame = R"({"type":"executed","data":{"node":"9","output":%1,"prompt_id":"p"}})";
    for (const char* nothing : {"null", "[]", "3", "\"text\""}) {
        const auto empty = textEvent<ExecutedEvent>(QByteArray(frame).replace("%1", nothing));
        QVERIFY(empty.output.is_null());
        QCOMPARE(empty.displayNode, node("9"));
    }
}

void TestEventDecoder::executionError()
{
    const auto event =
        textEvent<ExecutionErrorEvent>(R"({"type":"execution_error","data":{"prompt_id":"p","node_id":"4",
        "node_type":"LoadLatent","executed":["1"],"exception_message":"boom é\n","exception_type":"ValueError",
        "traceback":["  File a\n","    b\n"],"current_inputs":{"x":[1]},"current_outputs":["1"],"timestamp":1}})");
    QCOMPARE(event.promptId, prompt("p"));
    QCOMPARE(event.node, node("4"));
    QCOMPARE(event.nodeType, QStringLiteral("LoadLatent"));
    QCOMPARE(event.exceptionType, QStringLiteral("ValueError"));
    QCOMPARE(event.message, QStringLiteral("boom é"));
    QCOMPARE(event.traceback, (QStringList{QStringLiteral("  File a\n"), QStringLiteral("    b\n")}));
    QVERIFY(!event.isBlocked);
    const auto lone = textEvent<ExecutionErrorEvent>(
        R"({"type":"execution_error","data":{"prompt_id":"p","traceback":"one text"}})");
    QCOMPARE(lone.traceback, QStringList{QStringLiteral("one text")});
}

void TestEventDecoder::executionBlocked()
{
    const auto event =
        textEvent<ExecutionErrorEvent>(R"({"type":"execution_error","data":{"prompt_id":"p","node_id":"4",
        "node_type":"X","executed":[],"exception_message":"Blocked","exception_type":"ExecutionBlocked","traceback":[],
        "current_inputs":[],"current_outputs":[]}})");
    QVERIFY(event.isBlocked);
    QCOMPARE(event.message, QStringLiteral("Blocked"));
}

void TestEventDecoder::interruptedAndSuccess()
{
    const auto interrupted = textEvent<ExecutionInterruptedEvent>(
        R"({"type":"execution_interrupted","data":{"prompt_id":"p","node_id":"3","node_type":"KSampler","executed":[]}})");
    QCOMPARE(interrupted.promptId, prompt("p"));
    QCOMPARE(interrupted.node, node("3"));
    QCOMPARE(interrupted.nodeType, QStringLiteral("KSampler"));
    QCOMPARE(
        textEvent<ExecutionSuccessEvent>(R"({"type":"execution_success","data":{"prompt_id":"p"}})").promptId,
        prompt("p"));
}

void TestEventDecoder::logs()
{
    const auto event = textEvent<LogsEvent>(
        R"({"type":"logs","data":{"entries":[{"t":"2026","m":"one"},{"t":"2026","m":"two\n"},7],"size":null}})");
    QCOMPARE(event.entries, (QStringList{QStringLiteral("one"), QStringLiteral("two\n"), QString()}));
}

void TestEventDecoder::unknownTypesAreKept()
{
    const auto event =
        textEvent<UnknownEvent>(R"({"type":"display_component","data":{"x":[1,2.0,{"y":null}]}})");
    QCOMPARE(event.type, QStringLiteral("display_component"));
    QCOMPARE(writeJson(event.raw), R"({"x":[1,2.0,{"y":null}]})");
    QVERIFY(textEvent<UnknownEvent>(R"({"type":"pack.thing"})").raw.is_null());
}

// Python writes NaN and Infinity, which simdjson refuses.
void TestEventDecoder::pythonNumbers()
{
    const auto event = textEvent<ProgressEvent>(
        R"({"type":"progress","data":{"value":NaN,"max":20,"prompt_id":"p","x":-Infinity}})");
    QCOMPARE(event.value, 0.0);
    QCOMPARE(event.max, 20.0);
    const auto large = textEvent<ProgressEvent>(
        R"({"type":"progress","data":{"value":1e999,"max":123456789012345678901234567890}})");
    QCOMPARE(large.value, 0.0);
    QCOMPARE(large.max, 123456789012345678901234567890.0);
}

void TestEventDecoder::promptIds()
{
    QCOMPARE(promptIdOf(ExecutionSuccessEvent{prompt("p")}), std::optional(prompt("p")));
    QCOMPARE(promptIdOf(ExecutingEvent{}), std::nullopt);
    QCOMPARE(promptIdOf(StatusEvent{}), std::nullopt);
    QCOMPARE(promptIdOf(PreviewEvent{prompt("p"), {}, {}, {}, {}}), std::optional(prompt("p")));
}

void TestEventDecoder::oldPreview()
{
    const auto jpeg = eventOf<PreviewEvent>(decodeBinaryFrame(bigEndian(1) + bigEndian(1) + "JPEG"));
    QCOMPARE(jpeg.mimeType, "image/jpeg");
    QCOMPARE(jpeg.image, "JPEG");
    QVERIFY(!jpeg.promptId && !jpeg.node && !jpeg.displayNode);
    QCOMPARE(eventOf<PreviewEvent>(decodeBinaryFrame(bigEndian(1) + bigEndian(2) + "P")).mimeType,
             "image/png");
}

void TestEventDecoder::previewWithMetadata()
{
    const QByteArray metadata =
        R"({"node_id":"2.0.0.1","prompt_id":"p","display_node_id":"2","parent_node_id":"2","real_node_id":"2","image_type":"image/jpeg"})";
    const auto event = eventOf<PreviewEvent>(
        decodeBinaryFrame(bigEndian(4) + bigEndian(quint32(metadata.size())) + metadata + "JPEG"));
    QCOMPARE(event.promptId, std::optional(prompt("p")));
    QCOMPARE(event.node, std::optional(node("2.0.0.1")));
    QCOMPARE(event.displayNode, std::optional(node("2")));
    QCOMPARE(event.mimeType, "image/jpeg");
    QCOMPARE(event.image, "JPEG");
}

void TestEventDecoder::text()
{
    const auto event =
        eventOf<TextEvent>(decodeBinaryFrame(bigEndian(3) + bigEndian(2) + "12" + "width: 64, \xC3\xA9"));
    QCOMPARE(event.node, node("12"));
    QCOMPARE(event.text, QStringLiteral("width: 64, é"));
    QCOMPARE(eventOf<TextEvent>(decodeBinaryFrame(bigEndian(3) + bigEndian(0))).text, QString());
}

void TestEventDecoder::unknownBinary()
{
    QCOMPARE(eventOf<UnknownEvent>(decodeBinaryFrame(bigEndian(7) + "x")).type, QStringLiteral("binary 7"));
    QCOMPARE(eventOf<UnknownEvent>(decodeBinaryFrame(bigEndian(2))).type, QStringLiteral("binary 2"));
    QCOMPARE(eventOf<UnknownEvent>(decodeBinaryFrame(bigEndian(1) + bigEndian(9) + "x")).type,
             QStringLiteral("binary 1, format 9"));
}

void TestEventDecoder::hostileText_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("hello");
    QTest::newRow("truncated") << QByteArray(R"({"type":"status","data":{"sta)");
    QTest::newRow("two values") << QByteArray(R"({"type":"x"}{"type":"x"})");
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("number") << QByteArray("1");
    QTest::newRow("no type") << QByteArray(R"({"data":{}})");
    QTest::newRow("type is a number") << QByteArray(R"({"type":1,"data":{}})");
    QTest::newRow("type is empty") << QByteArray(R"({"type":"","data":{}})");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"type\":\"x\",\"data\":\"\xFF\xFE\"}");
    QTest::newRow("lone surrogate") << QByteArray(R"({"type":"\ud800","data":{}})");
    QTest::newRow("NUL") << QByteArray("{\"type\":\"x\0\"}", 13);
    QTest::newRow("deep") << QByteArray(R"({"type":"x","data":)") + QByteArray(100'000, '[')
            + QByteArray(100'000, ']') + '}';
    QTest::newRow("deep, unended") << QByteArray(1'000'000, '[');
    QTest::newRow("deep objects") << QByteArray("{\"type\":").repeated(50'000);
    QTest::newRow("too large") << QByteArray(R"({"type":"x","data":")") + QByteArray(33 * 1024 * 1024, 'x')
            + "\"}";
    QTest::newRow("status without a number")
        << QByteArray(R"({"type":"status","data":{"status":{"exec_info":{}}}})");
    QTest::newRow("status is text") << QByteArray(R"({"type":"status","data":"status"})");
    QTest::newRow("status without data") << QByteArray(R"({"type":"status"})");
    for (const char* type : {"execution_start", "execution_cached", "progress_state", "execution_success",
                             "execution_error", "execution_interrupted", "executed"}) {
        const QByteArray head = QByteArray(R"({"type":")") + type;
        QTest::addRow("%s, no prompt", type) << head + R"(","data":{"node":"1","nodes":{}}})";
        QTest::addRow("%s, prompt is a list", type) << head + R"(","data":{"prompt_id":["p"],"node":"1"}})";
        QTest::addRow("%s, data is null", type) << head + R"(","data":null})";
        QTest::addRow("%s, data is a list", type) << head + R"(","data":[1,2]})";
    }
    QTest::newRow("executed without a node")
        << QByteArray(R"({"type":"executed","data":{"prompt_id":"p","node":null}})");
}

void TestEventDecoder::hostileText()
{
    QFETCH(QByteArray, frame);
    const Result<ComfyEvent> decoded = decodeTextFrame(frame);
    QVERIFY(!decoded);
    QVERIFY2(decoded.error().kind == ErrorKind::Protocol || decoded.error().kind == ErrorKind::TooLarge,
             qPrintable(nameOf(decoded.error().kind)));
    QVERIFY(!decoded.error().message.isEmpty());
    QVERIFY(decoded.error().message.size() < 200);
}

void TestEventDecoder::hostileBinary_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("three bytes") << QByteArray(3, '\0');
    for (const quint32 event : {1U, 3U, 4U}) {
        QTest::addRow("%u, only the event", event) << bigEndian(event);
        QTest::addRow("%u, half a length", event) << bigEndian(event) + QByteArray(3, '\0');
    }
    QTest::newRow("1, no picture") << bigEndian(1) + bigEndian(1);
    for (const quint32 event : {3U, 4U}) {
        QTest::addRow("%u, length one too long", event) << bigEndian(event) + bigEndian(5) + "abcd";
        QTest::addRow("%u, length 2^31", event) << bigEndian(event) + bigEndian(0x80000000) + "{}JPEG";
        QTest::addRow("%u, length 2^32-1", event) << bigEndian(event) + bigEndian(0xFFFFFFFF) + "{}JPEG";
    }
    QTest::newRow("4, nothing behind the metadata") << bigEndian(4) + bigEndian(2) + "{}";
    QTest::newRow("4, no metadata") << bigEndian(4) + bigEndian(0) + "JPEG";
    QTest::newRow("4, not JSON") << bigEndian(4) + bigEndian(3) + "abcJPEG";
    QTest::newRow("4, invalid UTF-8") << bigEndian(4) + bigEndian(4) + "\"\xFF\xFE\"JPEG";
    const QByteArray deep = QByteArray(1000, '[') + QByteArray(1000, ']');
    QTest::newRow("4, deep JSON") << bigEndian(4) + bigEndian(quint32(deep.size())) + deep + "JPEG";
}

void TestEventDecoder::hostileBinary()
{
    QFETCH(QByteArray, frame);
    const Result<ComfyEvent> decoded = decodeBinaryFrame(frame);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Protocol);
    QVERIFY(!decoded.error().message.isEmpty());
}

// No read outside the frame: for the sanitizers.
void TestEventDecoder::everyTruncationIsSafe()
{
    const QByteArray text =
        R"({"type":"progress_state","data":{"prompt_id":"p","nodes":{"2":{"value":1,"max":4.0}}}})";
    for (qsizetype size = 0; size < text.size(); ++size) {
        QVERIFY(!decodeTextFrame(QByteArray(text.constData(), size)));
    }
    const QByteArray metadata = R"({"node_id":"2","prompt_id":"p","image_type":"image/jpeg"})";
    const QByteArray preview = bigEndian(4) + bigEndian(quint32(metadata.size())) + metadata + "J";
    for (qsizetype size = 0; size < preview.size(); ++size) {
        QVERIFY(!decodeBinaryFrame(QByteArray(preview.constData(), size)));
    }
}

void TestEventDecoder::everyFlippedByteIsSafe()
{
    const QByteArray metadata = R"({"node_id":"2","prompt_id":"p","image_type":"image/jpeg"})";
    const QByteArray preview = bigEndian(4) + bigEndian(quint32(metadata.size())) + metadata + "JPEG";
    const QByteArray text =
        R"({"type":"executed","data":{"node":"9","display_node":"9","output":{"images":[{"filename":"a.png"}]},"prompt_id":"p"}})";
    int understood = 0;
    for (const QByteArray& frame : {preview, text}) {
        for (qsizetype at = 0; at < frame.size(); ++at) {
            for (int flip = 1; flip < 256; flip += 11) {
                QByteArray damaged = frame;
                damaged[at] = char(damaged[at] ^ flip);
                understood += decodeBinaryFrame(damaged).has_value();
                understood += decodeTextFrame(damaged).has_value();
            }
        }
    }
    QVERIFY(understood > 0); // a changed letter in a name is still a message
}

QTEST_GUILESS_MAIN(TestEventDecoder)
#include "tst_eventdecoder.moc"
