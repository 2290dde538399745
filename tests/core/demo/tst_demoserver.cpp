// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "tests/core/demo/democlient.h"
#include "tests/testkit/testdata.h"

#include <QImage>
#include <QSet>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

using namespace gesso;
using testkit::DemoClient;

// The whole server over its own port: what a job tells, in which order, and what is left of it.
class tst_DemoServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void startsAndSaysThatItIsADemo();
    void paintsAPicture();
    void keepsTheRecordedOrder_data();
    void keepsTheRecordedOrder();
    void writesTheHistoryBeforeTheLastFrame();
    void previewsAreFramedAsAskedFor_data();
    void previewsAreFramedAsAskedFor();
    void onlyTheFirstMessageNegotiates();
    void sameSeedSamePixels();
    void foreignJobsShowOnlyAsStatus();
    void jobsWithoutClientTellEverybodyLittle();
    void onlyTheNewestSocketOfAnIdGetsEvents();
    void aReconnectIsToldTheRunningNode();
    void refusesSocketsOfForeignPages();
    void samplePicturesAreThere();
    void stopsWithinAStep();

private:
    QString run(DemoClient& client, const Json& prompt, const Json& more = Json::object());

    demo::DemoServer m_server;
    demo::DemoOptions m_options;
};

namespace {

// "executing 3", "executing null", "progress_state 3:running 5:finished", "preview" …: what order is about.
QString gist(const Json& frame)
{
    const QString type = stringMember(frame, "type");
    const Json* data = member(frame, "data");
    if (!data) {
        return type;
    }
    if (const Json* nodes = member(*data, "nodes"); nodes && nodes->is_object()) {
        QStringList states;
        for (const auto& item : nodes->items()) {
            states.append(QString::fromStdString(item.key()) + QLatin1Char(':')
                          + stringMember(item.value(), "state"));
        }
        return type + QLatin1Char(' ') + states.join(QLatin1Char(' '));
    }
    if (const Json* nodes = member(*data, "nodes")) {
        return type + QLatin1Char(' ') + QString::fromUtf8(writeJson(*nodes));
    }
    const Json* node = member(*data, "node");
    return node ? type + QLatin1Char(' ') + (node->is_null() ? QStringLiteral("null") : toQString(*node))
                : type;
}

// Two threads of the real server race for the last place of a step; the protocol names this order.
void settlePreviews(QStringList& gists)
{
    for (qsizetype i = 0; i + 1 < gists.size(); ++i) {
        if (gists[i] == u"preview" && gists[i + 1].startsWith(u"progress ")) {
            gists.swapItemsAt(i, i + 1);
        }
    }
}

struct Recorded {
    QList<Json> prompts;
    QList<QStringList> jobs; // the gists from the first status after each POST to "executing null"
};

Recorded readRecording(const QString& name)
{
    Recorded recorded;
    const Json entries =
        testkit::readJson(testkit::dataFolder() + QStringLiteral("/servers/comfyui-0.12.2/ws/") + name);
    for (const Json& entry : entries) {
        const Json* rest = member(entry, "rest");
        if (rest && stringMember(*rest, "path") == u"/prompt") {
            recorded.prompts.append((*rest)["request"]["prompt"]);
            recorded.jobs.append(QStringList());
        } else if (const Json* text = member(entry, "text"); text && !recorded.jobs.isEmpty()) {
            recorded.jobs.last().append(gist(*text));
        } else if (member(entry, "binary") && !recorded.jobs.isEmpty()) {
            recorded.jobs.last().append(QStringLiteral("preview"));
        }
    }
    for (QStringList& job : recorded.jobs) {
        settlePreviews(job);
    }
    return recorded;
}

// The demo server's own names in place of the recorded ones.
Json adapted(const Json& prompt)
{
    QByteArray text = writeJson(prompt);
    text.replace("sd15_random.safetensors", "demo-painter.safetensors");
    return *parseJson(text);
}

} // namespace

void tst_DemoServer::init()
{
    m_options = {};
    m_options.stepDelayMs = 0;
    m_options.previewSize = 64;
    const Result<QUrl> url = m_server.start(m_options);
    QVERIFY2(url.has_value(), url ? "" : qPrintable(url.error().message));
}

void tst_DemoServer::cleanup()
{
    m_server.setFaults({});
    m_server.stop();
}

QString tst_DemoServer::run(DemoClient& client, const Json& prompt, const Json& more)
{
    const QString promptId = stringMember(client.submit(prompt, more).json(), "prompt_id");
    return !promptId.isEmpty() && client.waitForEnd(promptId) ? promptId : QString();
}

void tst_DemoServer::startsAndSaysThatItIsADemo()
{
    QVERIFY(m_server.isRunning());
    QCOMPARE(m_server.url().host(), QStringLiteral("127.0.0.1"));
    DemoClient client(m_server.url());
    const Json stats = client.get(QStringLiteral("/system_stats")).json();
    QVERIFY(boolMember(stats["system"], "gesso_demo"));
    QCOMPARE(stringMember(stats["devices"][0], "name"), QStringLiteral("Demo painter (CPU)"));

    QTcpSocket idle;
    idle.connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
    QVERIFY(idle.waitForConnected());
    m_server.stop();
    QVERIFY(!m_server.isRunning());
    QTRY_COMPARE(idle.state(), QAbstractSocket::UnconnectedState); // no connection outlives it
    QCOMPARE(client.get(QStringLiteral("/system_stats")).status, 0);
}

void tst_DemoServer::paintsAPicture()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(true));
    const Json prompt = testkit::textToPicture(18446744073709551615ULL);
    const Json workflow{{"nodes", Json::array()}, {"note", "Ümlaut 灯台"}};
    const QString promptId =
        run(client, prompt, Json{{"extra_data", {{"extra_pnginfo", {{"workflow", workflow}}}}}});
    const Json entry = client.history(promptId);
    QVERIFY(boolMember(entry["status"], "completed"));
    const Json item = entry["outputs"]["9"]["images"][0];
    QCOMPARE(stringMember(item, "filename"), QStringLiteral("ComfyUI_00001_.png"));
    const DemoClient::Reply file =
        client.get(QStringLiteral("/view?filename=ComfyUI_00001_.png&subfolder=&type=output"));
    QCOMPARE(file.status, 200);
    const QImage image = QImage::fromData(file.body);
    QCOMPARE(image.size(), QSize(64, 64));
    QVERIFY(file.body.indexOf("tEXtprompt") > 0
            && file.body.indexOf("tEXtprompt") < file.body.indexOf("IDAT"));
    const Json embedded = *parseJson(image.text(QStringLiteral("prompt")).toUtf8());
    QCOMPARE(embedded["3"]["inputs"]["seed"].get<std::uint64_t>(), 18446744073709551615ULL);
    QCOMPARE(*parseJson(image.text(QStringLiteral("workflow")).toUtf8()), workflow);
}

void tst_DemoServer::keepsTheRecordedOrder_data()
{
    QTest::addColumn<QString>("recording");
    QTest::newRow("sampler with previews") << QStringLiteral("ksampler_metadata_preview.json");
    QTest::newRow("cached rerun") << QStringLiteral("cached_rerun.json");
}

void tst_DemoServer::keepsTheRecordedOrder()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, recording);
    const Recorded recorded = readRecording(recording);
    QVERIFY(!recorded.prompts.isEmpty());
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(true));

    // The recorded server had run something like it before: make the same nodes cached.
    Json before = adapted(recorded.prompts.first());
    before["3"]["inputs"]["seed"] = 424242;
    if (recorded.jobs.first().filter(QStringLiteral("execution_cached")).value(0)
        == QStringLiteral("execution_cached [\"4\",\"6\",\"7\"]")) {
        before["5"]["inputs"]["width"] = 128;
    }
    run(client, before);

    for (qsizetype i = 0; i < recorded.prompts.size(); ++i) {
        client.clearFrames();
        QVERIFY(!run(client, adapted(recorded.prompts[i])).isEmpty());
        QStringList told;
        for (const DemoClient::Frame& frame : client.frames()) {
            told.append(frame.text.is_null() ? QStringLiteral("preview") : gist(frame.text));
        }
        QCOMPARE(told, recorded.jobs[i]);
    }
}

void tst_DemoServer::writesTheHistoryBeforeTheLastFrame()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    for (int i = 0; i < 10; ++i) {
        const QString promptId = run(client, testkit::emptyImageTo("PreviewImage", i));
        QVERIFY(!client.history(promptId).is_null());
    }
}

void tst_DemoServer::previewsAreFramedAsAskedFor_data()
{
    QTest::addColumn<bool>("wantsMetadata");
    QTest::newRow("event 4") << true;
    QTest::newRow("event 1") << false;
}

void tst_DemoServer::previewsAreFramedAsAskedFor()
{
    QFETCH(bool, wantsMetadata);
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(wantsMetadata));
    const QString promptId = run(client, testkit::textToPicture());
    QSet<QByteArray> pictures;
    for (const DemoClient::Frame& frame : client.frames()) {
        if (frame.binary.isEmpty()) {
            continue;
        }
        QCOMPARE(frame.binary.left(4), QByteArray::fromHex(wantsMetadata ? "00000004" : "00000001"));
        const qsizetype start = wantsMetadata ? 8 + qFromBigEndian<quint32>(frame.binary.constData() + 4) : 8;
        if (wantsMetadata) {
            const Json metadata = *parseJson(frame.binary.mid(8, start - 8));
            QCOMPARE(stringMember(metadata, "prompt_id"), promptId);
            QCOMPARE(stringMember(metadata, "node_id"), QStringLiteral("3"));
            QCOMPARE(stringMember(metadata, "image_type"), QStringLiteral("image/jpeg"));
        }
        QCOMPARE(QImage::fromData(frame.binary.mid(start), "jpeg").size(), QSize(64, 64));
        pictures.insert(frame.binary.mid(start));
    }
    QCOMPARE(pictures.size(), 4); // one per step, all different
}

void tst_DemoServer::onlyTheFirstMessageNegotiates()
{
    QWebSocket socket;
    QStringList received;
    connect(&socket, &QWebSocket::textMessageReceived, &socket,
            [&received](const QString& text) { received.append(text); });
    QUrl url = m_server.url();
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/api/ws"));
    socket.open(url);
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(stringMember((*parseJson(received[0].toUtf8()))["data"], "sid").size(),
             32); // an id of the server's
    socket.sendTextMessage(QStringLiteral("not JSON")); // does not use the chance up
    socket.sendTextMessage(QStringLiteral("{\"type\": \"feature_flags\", \"data\": {}}"));
    QTRY_COMPARE(received.size(), 2);
    QVERIFY(received[1].contains(QStringLiteral("max_upload_size")));
    socket.sendTextMessage(QStringLiteral("{\"type\": \"feature_flags\", \"data\": {}}"));
    DemoClient client(m_server.url(), QStringLiteral("A"));
    client.submit(testkit::emptyImageTo("PreviewImage"));
    QTRY_VERIFY(received.size() >= 4); // the statuses of the job came after, no second answer before them
    QVERIFY(!received[2].contains(QStringLiteral("max_upload_size")));
}

void tst_DemoServer::sameSeedSamePixels()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    QList<QImage> images;
    for (const std::uint64_t seed : {7ULL, 8ULL, 7ULL}) {
        const Json entry = client.history(run(client, testkit::textToPicture(seed)));
        const QString name = stringMember(entry["outputs"]["9"]["images"][0], "filename");
        images.append(QImage::fromData(client.get(QStringLiteral("/view?filename=") + name).body));
    }
    QCOMPARE(images[0], images[2]);
    QVERIFY(images[0] != images[1]);
}

void tst_DemoServer::foreignJobsShowOnlyAsStatus()
{
    DemoClient a(m_server.url(), QStringLiteral("A"));
    DemoClient b(m_server.url(), QStringLiteral("B"));
    QVERIFY(a.open(true));
    QVERIFY(b.open(true));
    const QString ofA = stringMember(a.submit(testkit::textToPicture(1)).json(), "prompt_id");
    const QString ofB = stringMember(b.submit(testkit::textToPicture(2)).json(), "prompt_id");
    QVERIFY(a.waitForEnd(ofA));
    QVERIFY(b.waitForEnd(ofB));
    for (const auto& [client, own] : {std::pair(&a, ofA), std::pair(&b, ofB)}) {
        for (const DemoClient::Frame& frame : client->frames()) {
            const QString promptId = stringMember(frame.data(), "prompt_id", own);
            QCOMPARE(promptId, own);
            QVERIFY(frame.binary.isEmpty() || frame.binary.contains(own.toLatin1()));
        }
    }
}

void tst_DemoServer::jobsWithoutClientTellEverybodyLittle()
{
    DemoClient watcher(m_server.url(), QStringLiteral("A"));
    QVERIFY(watcher.open(true));
    watcher.clearFrames();
    DemoClient nobody(m_server.url());
    const QString promptId = stringMember(nobody.submit(testkit::textToPicture()).json(), "prompt_id");
    QTRY_VERIFY(!nobody.history(promptId).is_null());
    const QStringList types = watcher.types();
    const QSet<QString> kinds(types.begin(), types.end());
    QCOMPARE(kinds,
             QSet<QString>({QStringLiteral("status"), QStringLiteral("progress_state"),
                            QStringLiteral("progress"), QStringLiteral("preview")}));
    for (const DemoClient::Frame& frame : watcher.frames()) {
        QVERIFY(frame.binary.isEmpty()
                || frame.binary.startsWith(
                    QByteArray::fromHex("00000001"))); // old framing, although it asked for the new
    }
}

void tst_DemoServer::onlyTheNewestSocketOfAnIdGetsEvents()
{
    DemoClient older(m_server.url(), QStringLiteral("A"));
    DemoClient newer(m_server.url(), QStringLiteral("A"));
    QVERIFY(older.open(false));
    QVERIFY(newer.open(false));
    older.clearFrames();
    QVERIFY(!run(newer, testkit::emptyImageTo("PreviewImage")).isEmpty());
    QVERIFY(older.frames().isEmpty());
    older.closeSocket();
    QVERIFY(!run(newer, testkit::emptyImageTo("PreviewImage", 5))
                 .isEmpty()); // its closing takes nothing from the newer
}

void tst_DemoServer::aReconnectIsToldTheRunningNode()
{
    m_options.stepDelayMs = 30;
    QVERIFY(m_server.start(m_options).has_value());
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    const QString promptId = stringMember(client.submit(testkit::textToPicture(7, 200)).json(), "prompt_id");
    QVERIFY(client.waitFor([&client] { return client.types().contains(QStringLiteral("progress")); }));
    client.closeSocket();
    client.clearFrames();
    QVERIFY(client.open(true));
    QVERIFY(client.waitFor([&client] { return client.types().contains(QStringLiteral("executing")); }));
    const auto frame = std::find_if(client.frames().cbegin(), client.frames().cend(),
                                    [](const DemoClient::Frame& f) { return f.type() == u"executing"; });
    QCOMPARE(frame->data(), Json({{"node", "3"}}));
    client.post(QStringLiteral("/interrupt"), {});
    QVERIFY(client.waitForEnd(promptId));
}

void tst_DemoServer::refusesSocketsOfForeignPages()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(!client.open(false, "http://evil.example"));
    QVERIFY(client.open(false, m_server.url().toString().toLatin1()));
}

void tst_DemoServer::samplePicturesAreThere()
{
    DemoClient client(m_server.url());
    const Json info = client.get(QStringLiteral("/object_info/LoadImage")).json();
    QCOMPARE(info["LoadImage"]["input"]["required"]["image"][0],
             Json::array({"example-masked.png", "example.png"}));
    const QImage plain =
        QImage::fromData(client.get(QStringLiteral("/view?type=input&filename=example.png")).body);
    const QImage masked =
        QImage::fromData(client.get(QStringLiteral("/view?type=input&filename=example-masked.png")).body);
    QCOMPARE(plain.size(), QSize(512, 512));
    QCOMPARE(qAlpha(masked.pixel(163, 358)), 0);
    QCOMPARE(qAlpha(masked.pixel(500, 10)), 255);
}

void tst_DemoServer::stopsWithinAStep()
{
    m_options.stepDelayMs = 20;
    QVERIFY(m_server.start(m_options).has_value());
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(false));
    client.submit(testkit::textToPicture(7, 10000, 256)); // would take minutes
    QVERIFY(client.waitFor([&client] { return client.types().contains(QStringLiteral("progress")); }));
    m_server.stop(); // waits for the painter
    QVERIFY(!m_server.isRunning());
    QVERIFY(client.waitFor([&client] { return !client.isOpen(); }));
}

QTEST_GUILESS_MAIN(tst_DemoServer)
#include "tst_demoserver.moc"
