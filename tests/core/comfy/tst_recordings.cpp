// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/capabilities.h"
#include "core/comfy/eventdecoder.h"
#include "tests/testkit/testdata.h"

#include <QDirIterator>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

#include <algorithm>
#include <map>

using namespace gesso;

namespace {

struct Exchange {
    QString route; // "GET /history"
    int status = 0;
    Json body;
};

QStringList filesIn(const QString& folderName)
{
    QStringList files;
    QDirIterator all(testkit::dataFolder() + QStringLiteral("/servers"), {QStringLiteral("*.json")},
                     QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        if (path.contains(QLatin1Char('/') + folderName + QLatin1Char('/'))) {
            files += path;
        }
    }
    files.sort();
    return files;
}

void addRows(const QString& folderName)
{
    QTest::addColumn<QString>("path");
    const QString root = testkit::dataFolder();
    for (const QString& path : filesIn(folderName)) {
        QTest::newRow(qPrintable(path.mid(root.size() + 1))) << path;
    }
}

// "/history/1234?x=1" → "/history": the id is checked by the decoder.
QString routeOf(const QString& method, const QString& path)
{
    const QString plain = path.section(QLatin1Char('?'), 0, 0);
    static const QStringList kWithId{QStringLiteral("/history"), QStringLiteral("/models")};
    for (const QString& prefix : kWithId) {
        if (plain.startsWith(prefix + QLatin1Char('/'))) {
            return method + QLatin1Char(' ') + prefix;
        }
    }
    return method + QLatin1Char(' ') + plain;
}

Exchange readExchange(const Json& record)
{
    Exchange exchange;
    exchange.route = routeOf(stringMember(record, "method"), stringMember(record, "path"));
    exchange.status = int(intMember(record, "status"));
    if (const Json* response = member(record, "response")) {
        exchange.body = *response;
    }
    return exchange;
}

QString complaint(const auto& result)
{
    return result ? QString() : result.error().message + QLatin1Char(' ') + result.error().detail;
}

QString decodePrompt(const Exchange& exchange)
{
    if (exchange.status == 200) {
        return complaint(decodeSubmitAnswer(exchange.body));
    }
    if (exchange.status == 400) {
        const Refusal refusal = decodeRefusal(exchange.body);
        return refusal.type.isEmpty() ? QStringLiteral("no error type") : QString();
    }
    return exchange.status == 500 ? QString() : QStringLiteral("unexpected status");
}

QString decodeHistory(const Exchange& exchange)
{
    if (exchange.body.is_array()) {
        return {}; // of these questions only the ids were recorded
    }
    for (const auto& [id, entry] : exchange.body.items()) {
        const PromptId promptId(QString::fromStdString(id));
        const Result<HistoryEntry> history = decodeHistoryEntry(promptId, entry);
        if (!history) {
            return complaint(history);
        }
        const bool isSuccess = stringMember(entry["status"], "status_str") == QLatin1String("success");
        if (isSuccess != (history->status == HistoryStatus::Success)) {
            return QStringLiteral("another status: ") + promptId.toString();
        }
        if ((history->status == HistoryStatus::Error) != history->failure.has_value()) {
            return QStringLiteral("an error without its failure: ") + promptId.toString();
        }
        if (!history->prompt || history->prompt->isEmpty()) {
            return QStringLiteral("no prompt: ") + promptId.toString();
        }
    }
    return {};
}

QString decodeFeatures(const Exchange& exchange)
{
    const Capabilities capabilities = capabilitiesOf(exchange.body, {});
    return capabilities.previewMetadata && capabilities.maxUploadBytes == 104857600
        ? QString()
        : QStringLiteral("not read");
}

QString decodeNames(const Exchange& exchange)
{
    return exchange.status == 404 || exchange.body.is_array() ? QString() : QStringLiteral("not a list");
}

QString decodeUploaded(const Exchange& exchange)
{
    return exchange.status == 400 ? QString() : complaint(decodeUpload(exchange.body));
}

using Decode = QString (*)(const Exchange&);
// The routes this client uses and what reads their answers.
const std::map<QString, Decode>& decoders()
{
    static const std::map<QString, Decode> table{
        {QStringLiteral("POST /prompt"), decodePrompt},
        {QStringLiteral("GET /history"), decodeHistory},
        {QStringLiteral("GET /features"), decodeFeatures},
        {QStringLiteral("GET /models"), decodeNames},
        {QStringLiteral("POST /upload/image"), decodeUploaded},
        {QStringLiteral("GET /queue"), [](const Exchange& e) { return complaint(decodeQueue(e.body)); }},
        {QStringLiteral("GET /system_stats"),
         [](const Exchange& e) { return complaint(decodeSystemStats(e.body)); }},
        {QStringLiteral("GET /api/system_stats"),
         [](const Exchange& e) { return complaint(decodeSystemStats(e.body)); }},
    };
    return table;
}

// Every type of the servers recorded; a new one must be looked at before it is added here.
const QSet<QString>& typesKnownToBeUnknown()
{
    static const QSet<QString> none;
    return none;
}

constexpr std::array kEventNames{"status",
                                 "feature_flags",
                                 "execution_start",
                                 "execution_cached",
                                 "executing",
                                 "progress",
                                 "progress_state",
                                 "executed",
                                 "execution_success",
                                 "execution_error",
                                 "execution_interrupted",
                                 "logs",
                                 "preview",
                                 "text",
                                 "unknown"};
static_assert(kEventNames.size() == std::variant_size_v<ComfyEvent>);

} // namespace

class TestRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frames_data();
    void frames();
    void answersInTranscripts_data();
    void answersInTranscripts();
    void rest_data();
    void rest();
    void cleanupTestCase();

private:
    void count(const Result<ComfyEvent>& event);

    std::array<int, std::variant_size_v<ComfyEvent>> m_events{};
    std::map<QString, int> m_decoded;
    int m_withoutDecoder = 0;
};

void TestRecordings::count(const Result<ComfyEvent>& event)
{
    QVERIFY2(event, event ? "" : qPrintable(event.error().message + event.error().detail));
    ++m_events.at(event->index());
    if (const auto* unknown = std::get_if<UnknownEvent>(&*event)) {
        QVERIFY2(typesKnownToBeUnknown().contains(unknown->type), qPrintable(unknown->type));
    }
}

void TestRecordings::frames_data()
{
    GESSO_NEEDS_DATA();
    addRows(QStringLiteral("ws"));
}

void TestRecordings::frames()
{
    QFETCH(QString, path);
    for (const Json& entry : testkit::readJson(path)) {
        if (const Json* text = member(entry, "text")) {
            const QByteArray frame = writeJson(*text);
            const Result<ComfyEvent> event = decodeTextFrame(frame);
            count(event);
            QCOMPARE(QLatin1String(kEventNames.at(event->index())), stringMember(*text, "type"));
            const Json* data = member(*text, "data");
            QCOMPARE(promptIdOf(*event).value_or(PromptId()).toString(),
                     data ? stringMember(*data, "prompt_id") : QString());
        } else if (const Json* binary = member(entry, "binary")) {
            count(decodeBinaryFrame(QByteArray::fromBase64(toQString(*binary).toLatin1())));
        }
    }
}

void TestRecordings::answersInTranscripts_data()
{
    frames_data();
}

void TestRecordings::answersInTranscripts()
{
    QFETCH(QString, path);
    for (const Json& entry : testkit::readJson(path)) {
        QList<Exchange> exchanges;
        if (const Json* rest = member(entry, "rest")) {
            exchanges += readExchange(*rest);
        }
        if (const Json* posted = member(entry, "POST /prompt")) {
            exchanges +=
                {QStringLiteral("POST /prompt"), int(intMember(*posted, "status")), (*posted)["body"]};
        }
        if (const Json* history = member(entry, "GET /history")) {
            exchanges += {QStringLiteral("GET /history"), 200, *history};
        }
        for (const Exchange& exchange : exchanges) {
            const auto found = decoders().find(exchange.route);
            if (found != decoders().end()) {
                QCOMPARE(found->second(exchange), QString());
                ++m_decoded[exchange.route];
            }
        }
    }
}

void TestRecordings::rest_data()
{
    GESSO_NEEDS_DATA();
    addRows(QStringLiteral("rest"));
}

void TestRecordings::rest()
{
    QFETCH(QString, path);
    const Json record = testkit::readJson(path);
    if (!record.is_object() || !member(record, "method")) {
        QVERIFY(path.endsWith(QLatin1String("_index.json"))
                || path.endsWith(QLatin1String("jobs_live.json")));
        return;
    }
    const Exchange exchange = readExchange(record);
    const auto found = decoders().find(exchange.route);
    if (found == decoders().end()) {
        ++m_withoutDecoder; // a route of a later issue: its JSON is kept as it is
        QCOMPARE(*parseJson(writeJson(exchange.body)), exchange.body);
        return;
    }
    QCOMPARE(found->second(exchange), QString());
    ++m_decoded[exchange.route];
}

void TestRecordings::cleanupTestCase()
{
    if (!testkit::hasData()) {
        return;
    }
    int total = 0;
    for (std::size_t i = 0; i < kEventNames.size(); ++i) {
        qInfo("%6d %s", m_events[i], kEventNames[i]);
        total += m_events[i];
    }
    for (const auto& [route, times] : m_decoded) {
        qInfo("%6d %s", times, qPrintable(route));
    }
    qInfo("%6d answers of routes without a decoder yet", m_withoutDecoder);
    if (QTest::currentTestFailed() || QCoreApplication::arguments().size() > 1) {
        return; // a chosen few
    }
    QVERIFY2(total > 3000, "the recordings hold more frames than that");
    for (const auto& [route, decode] : decoders()) {
        QVERIFY2(m_decoded[route] > 0, qPrintable(route));
    }
}

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
