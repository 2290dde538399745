// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/comfy/trafficrecorder.h"

#include <QFile>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

namespace {

Json recorded(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? parseJson(file.readAll()).value_or(Json()) : Json();
}

HttpRequest post(const QByteArray& body)
{
    HttpRequest request;
    request.method = "POST";
    request.path = QStringLiteral("/prompt");
    request.body = body;
    return request;
}

} // namespace

class TestTrafficRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesWhatTheRecordingsHave();
    void isWholeAfterEachEntry();
    void replacesSecrets();
    void countsFilesOnly();
    void keepsWhatIsNoJson();
    void endsAtItsLimit();
    void whatIsTooMuchIsCounted();
    void overwritesNothing();

private:
    QString newPath() const { return m_folder->filePath(QStringLiteral("traffic.json")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrafficRecorder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestTrafficRecorder::writesWhatTheRecordingsHave()
{
    {
        const auto recorder = TrafficRecorder::start(newPath()).value();
        recorder->socketOpened(QUrl(QStringLiteral("ws://box:8188/ws?clientId=A")));
        recorder->textSent(R"({"type":"feature_flags","data":{}})");
        recorder->textReceived(R"({"type":"status","data":{"sid":"A"}})");
        recorder->binaryReceived(QByteArray("\0\0\0\1", 4));
        HttpAnswer answer;
        answer.status = 200;
        answer.reason = QStringLiteral("OK");
        answer.contentType = "application/json";
        answer.body = R"({"prompt_id":"p","number":0})";
        recorder->exchanged(post(R"({"prompt":{}})"), answer, 250);
        recorder->socketClosed(QStringLiteral("gone"));
        QVERIFY(!recorder->error());
    }
    const Json entries = recorded(newPath());
    QCOMPARE(entries.size(), std::size_t(6));
    QCOMPARE(entries[0]["event"], Json("ws connect /ws?clientId=A"));
    QCOMPARE(entries[0]["client"], Json("A"));
    QVERIFY(entries[0]["t"].is_number());
    QCOMPARE(entries[1]["sent"]["type"], Json("feature_flags"));
    QCOMPARE(entries[2]["text"]["data"]["sid"], Json("A"));
    QCOMPARE(entries[3]["binary"], Json("AAAAAQ=="));
    const Json& rest = entries[4]["rest"];
    QCOMPARE(rest["method"], Json("POST"));
    QCOMPARE(rest["path"], Json("/prompt"));
    QVERIFY(rest["request"].contains("prompt"));
    QCOMPARE(rest["status"], Json(200));
    QCOMPARE(rest["response"]["prompt_id"], Json("p"));
    QCOMPARE(rest["took"], Json(0.25));
    QCOMPARE(entries[5]["event"], Json("ws closed gone"));
}

void TestTrafficRecorder::isWholeAfterEachEntry()
{
    const auto recorder = TrafficRecorder::start(newPath()).value();
    for (std::size_t count = 1; count <= 3; ++count) {
        recorder->textReceived(R"({"type":"status"})");
        QTRY_COMPARE(recorded(newPath()).size(), count);
    }
}

void TestTrafficRecorder::replacesSecrets()
{
    {
        const auto recorder = TrafficRecorder::start(newPath()).value();
        recorder->socketOpened(QUrl(QStringLiteral("ws://me:hunter2@box/ws?clientId=A&token=hunter2")));
        HttpRequest request = post(R"({"extra_data":{"api_key_comfy_org":"hunter2"}})");
        request.query.append({QStringLiteral("api_key"), QStringLiteral("hunter2")});
        recorder->exchanged(request, fail(ErrorKind::Unreachable, QStringLiteral("No http://a:hunter2@box")),
                            1);
        recorder->textReceived("oops password=hunter2");
    }
    QFile file(newPath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(!text.contains("hunter2"), text.constData());
    QVERIFY(text.contains("<redacted>"));
}

void TestTrafficRecorder::countsFilesOnly()
{
    {
        const auto recorder = TrafficRecorder::start(newPath()).value();
        HttpRequest request = post({});
        request.parts.append(
            {QStringLiteral("image"), QByteArray(5000, 'x'), QStringLiteral("a.png"), "image/png"});
        HttpAnswer answer;
        answer.status = 200;
        answer.bytes = 12345; // streamed
        recorder->exchanged(request, answer, 1);
    }
    const Json rest = recorded(newPath())[0]["rest"];
    QCOMPARE(rest["request"]["parts"][0]["bytes"], Json(5000));
    QCOMPARE(rest["bytes"], Json(12345));
}

void TestTrafficRecorder::keepsWhatIsNoJson()
{
    {
        const auto recorder = TrafficRecorder::start(newPath()).value();
        recorder->textReceived("{broken \xff \"quote\"");
        recorder->textReceived(QByteArray(100'000, '[')); // deeper than JSON may be
    }
    const Json entries = recorded(newPath());
    QVERIFY(entries[0]["text"].is_string());
    QCOMPARE(entries[1]["text"].get<std::string>().size(), std::size_t(100'000));
}

void TestTrafficRecorder::endsAtItsLimit()
{
    constexpr qint64 limit = 1000;
    const auto recorder = TrafficRecorder::start(newPath(), limit).value();
    for (int i = 0; i < 100; ++i) {
        recorder->textReceived(R"({"type":"status"})");
    }
    QTRY_VERIFY(recorded(newPath()).is_array() && recorded(newPath()).back().contains("event"));
    QVERIFY(QFile(newPath()).size() < limit + 100);
}

// A server that is faster than the disk takes no memory, and what is missing is said.
void TestTrafficRecorder::whatIsTooMuchIsCounted()
{
    constexpr int sent = 5000;
    const auto recorder = TrafficRecorder::start(newPath(), TrafficRecorder::kMaxBytes, 0).value();
    for (int i = 0; i < sent; ++i) {
        recorder->binaryReceived(QByteArray(20'000, 'x'));
    }
    recorder->stop();
    int written = 0;
    int missing = 0;
    for (const Json& entry : recorded(newPath())) {
        written += entry.contains("binary") ? 1 : 0;
        missing += int(intMember(entry, "count"));
    }
    QCOMPARE(written + missing, sent);
    QVERIFY(written > 0 && missing > 0);
}

void TestTrafficRecorder::overwritesNothing()
{
    QFile file(newPath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    const auto recorder = TrafficRecorder::start(newPath());
    QVERIFY(!recorder);
    QCOMPARE(recorder.error().kind, ErrorKind::DiskError);
    QCOMPARE(QFile(newPath()).size(), 4);
}

QTEST_GUILESS_MAIN(TestTrafficRecorder)
#include "tst_trafficrecorder.moc"
