// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "tests/core/demo/democlient.h"
#include "tests/testkit/testdata.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QImage>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;
using testkit::DemoClient;

// The REST routes, friendly and hostile.
class tst_DemoRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void answersRoutes_data();
    void answersRoutes();
    void objectInfoFitsTheRecordedOne();
    void uploadsKeepOrChangeNames();
    void masksAreMergedIntoTheirPictures();
    void viewGivesPartsAndPreviews();
    void refusesToLeaveItsFolders_data();
    void refusesToLeaveItsFolders();
    void refusesForeignPages_data();
    void refusesForeignPages();
    void survivesBadBodies_data();
    void survivesBadBodies();
    void survivesBadHttp_data();
    void survivesBadHttp();
    void boundsTheBody();
    void saysWhenThePortIsTaken();

private:
    QTemporaryDir m_dir;
    demo::DemoServer m_server;
};

namespace {

QByteArray png(const QColor& colour, int size = 16)
{
    QImage image(size, size, QImage::Format_RGBA8888);
    image.fill(colour);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

void tst_DemoRest::initTestCase()
{
    demo::DemoOptions options;
    options.folder = m_dir.filePath(QStringLiteral("server"));
    QVERIFY(m_server.start(options).has_value());
    QFile secret(m_dir.filePath(QStringLiteral("secret.txt")));
    QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("secret") == 6);
    secret.close();
    QFile::link(m_dir.path(), m_server.folder() + QStringLiteral("/input/way-out"));
}

void tst_DemoRest::cleanupTestCase()
{
    m_server.stop();
}

void tst_DemoRest::answersRoutes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // "*": any
    const auto row = [](const char* path, int status, const char* body = "*") {
        QTest::newRow(path) << QString::fromLatin1(path) << status << QByteArray(body);
    };
    row("/queue", 200, R"({"queue_running":[],"queue_pending":[]})");
    row("/api/queue", 200, R"({"queue_running":[],"queue_pending":[]})");
    row("/prompt", 200, R"({"exec_info":{"queue_remaining":0}})");
    row("/history", 200, "{}");
    row("/history/none", 200, "{}");
    row("/history?max_items=x", 200, "{}");
    row("/object_info/NoSuchNode", 200, "{}");
    row("/embeddings", 200, "[]");
    row("/models/checkpoints", 200, R"(["demo-painter.safetensors"])");
    row("/models/nope", 404, "");
    row("/features", 200);
    row("/system_stats", 200);
    row("/userdata", 400, "Directory not provided");
    row("/userdata?dir=none", 404, "Directory not found");
    row("/userdata/workflows%2Fnope.json", 404, "");
    row("/userdata/..%2F..%2Fetc%2Fpasswd", 403, "");
    row("/no-such-route", 404, "");
    row("/", 404, "");
    row("/interrupt", 405);
    row("/ws", 404, ""); // without an upgrade
    row("/view", 404, "");
    row("/view?filename=none.png&type=output", 404, "");
    row("/view?filename=up.png&type=bogus", 400, "");
    row("/view?filename=/etc/passwd", 400, "");
    row("/view?filename=example.png&type=input&preview=webp;notanumber", 200);
}

void tst_DemoRest::answersRoutes()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const DemoClient::Reply reply = DemoClient(m_server.url()).get(path);
    QTEST(reply.status, "status");
    if (body != "*") {
        QCOMPARE(reply.body, body);
    }
}

// Names, order of inputs, types, limits and choices agree, so that workflows made for ComfyUI run and convert
// alike. Texts, lists of files and of models are ours.
void tst_DemoRest::objectInfoFitsTheRecordedOne()
{
    GESSO_NEEDS_DATA();
    const Json recorded =
        testkit::readJson(testkit::dataFolder() + QStringLiteral("/servers/comfyui-0.12.2/object_info.json"));
    const Json ours = DemoClient(m_server.url()).get(QStringLiteral("/object_info")).json();
    QVERIFY(ours.size() > 25);
    for (const auto& item : ours.items()) {
        QVERIFY2(recorded.contains(item.key()), item.key().c_str());
        const Json& theirs = recorded[item.key()];
        const Json& own = item.value();
        for (const char* key :
             {"input_order", "output", "output_name", "output_is_list", "output_node", "name"}) {
            QVERIFY2(own[key] == theirs[key], (item.key() + " " + key).c_str());
        }
        for (const char* section : {"required", "optional"}) {
            const Json* given = member(theirs["input"], section);
            const Json inputs = given ? *given : Json::object();
            for (const auto& input : inputs.items()) {
                Json expected = input.value();
                Json actual = own["input"][section][input.key()];
                for (Json* spec : {&expected, &actual}) {
                    if (spec->size() < 2) {
                        spec->push_back(Json::object());
                    }
                    (*spec)[1].erase("tooltip");
                    const bool isOwnList =
                        input.key() == "image" || input.key() == "ckpt_name" || input.key() == "lora_name";
                    if (isOwnList && (*spec)[0].is_array()) {
                        (*spec)[0] = Json::array();
                    }
                }
                QVERIFY2(nlohmann::json::parse(writeJson(actual).toStdString())
                             == nlohmann::json::parse(writeJson(expected).toStdString()),
                         (item.key() + "." + input.key() + ": " + writeJson(actual).toStdString() + " not "
                          + writeJson(expected).toStdString())
                             .c_str());
            }
        }
    }
}

void tst_DemoRest::uploadsKeepOrChangeNames()
{
    DemoClient client(m_server.url());
    const auto nameOf = [](const DemoClient::Reply& reply) {
        return reply.status == 200 ? stringMember(reply.json(), "name") : QString::number(reply.status);
    };
    QCOMPARE(nameOf(client.upload(QStringLiteral("up.png"), png(Qt::red))), QStringLiteral("up.png"));
    QCOMPARE(nameOf(client.upload(QStringLiteral("up.png"), png(Qt::red))), QStringLiteral("up.png"));
    QCOMPARE(nameOf(client.upload(QStringLiteral("up.png"), png(Qt::blue))), QStringLiteral("up (1).png"));
    QCOMPARE(nameOf(client.upload(QStringLiteral("up.png"), png(Qt::green), {{"overwrite", "true"}})),
             QStringLiteral("up.png"));
    QCOMPARE(client.get(QStringLiteral("/view?filename=up.png&type=input")).body, png(Qt::green));
    const DemoClient::Reply deep = client.upload(QStringLiteral("été 灯.png"), png(Qt::red),
                                                 {{"subfolder", "sub dir"}, {"type", "temp"}});
    QCOMPARE(deep.json(), Json({{"name", "été 灯.png"}, {"subfolder", "sub dir"}, {"type", "temp"}}));
    QCOMPARE(
        client.get(QStringLiteral("/view?filename=%C3%A9t%C3%A9%20%E7%81%AF.png&type=temp&subfolder=sub+dir"))
            .status,
        200);
    QCOMPARE(nameOf(client.upload({}, png(Qt::red))), QStringLiteral("400"));
    QCOMPARE(client.post(QStringLiteral("/upload/image"), "no form", "text/plain").status, 400);
}

void tst_DemoRest::masksAreMergedIntoTheirPictures()
{
    DemoClient client(m_server.url());
    client.upload(QStringLiteral("base.png"), png(Qt::red));
    const DemoClient::Reply reply =
        client.upload(QStringLiteral("mask.png"), png(QColor(0, 0, 0, 0)),
                      {{"original_ref", R"({"filename": "base.png", "subfolder": "", "type": "input"})"},
                       {"subfolder", "clipspace"}},
                      QStringLiteral("/upload/mask"));
    QCOMPARE(stringMember(reply.json(), "subfolder"), QStringLiteral("clipspace"));
    const QImage merged = QImage::fromData(
        client.get(QStringLiteral("/view?filename=mask.png&type=input&subfolder=clipspace")).body);
    QCOMPARE(merged.pixelColor(3, 3).alpha(), 0);
    for (const char* reference : {"", "[]", "{}", R"({"filename": "../../secret.txt"})"}) {
        QCOMPARE(client
                     .upload(QStringLiteral("m.png"), png(Qt::red), {{"original_ref", reference}},
                             QStringLiteral("/upload/mask"))
                     .status,
                 400);
    }
}

void tst_DemoRest::viewGivesPartsAndPreviews()
{
    DemoClient client(m_server.url());
    const QByteArray bytes = png(QColor(10, 200, 30, 128));
    client.upload(QStringLiteral("part.png"), bytes);
    const QString path = QStringLiteral("/view?filename=part.png&type=input");
    const DemoClient::Reply whole = client.get(path);
    QCOMPARE(whole.body, bytes);
    QCOMPARE(whole.contentType, QByteArray("image/png"));
    QCOMPARE(whole.headers.value("accept-ranges"), QByteArray("bytes"));
    const DemoClient::Reply part = client.get(path, {{"Range", "bytes=2-9"}});
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, bytes.mid(2, 8));
    QCOMPARE(part.headers.value("content-range"), "bytes 2-9/" + QByteArray::number(bytes.size()));
    QCOMPARE(client.get(path, {{"Range", "bytes=-4"}}).body, bytes.right(4));
    QCOMPARE(client.get(path, {{"Range", "bytes=5-"}}).body, bytes.mid(5));
    QCOMPARE(client.get(path, {{"Range", "bytes=999999-"}}).status, 416);
    QCOMPARE(client.get(path, {{"Range", "bytes=nonsense"}}).body, bytes);
    QCOMPARE(client.get(path, {{"If-Modified-Since", whole.headers.value("last-modified")}}).status, 304);
    const DemoClient::Reply jpeg = client.get(path + QStringLiteral("&preview=jpeg;80"));
    QCOMPARE(jpeg.contentType, QByteArray("image/jpeg"));
    QVERIFY(!QImage::fromData(jpeg.body, "jpeg").isNull());
    QCOMPARE(QImage::fromData(client.get(path + QStringLiteral("&channel=rgb")).body).hasAlphaChannel(),
             false);
    QCOMPARE(QImage::fromData(client.get(path + QStringLiteral("&channel=a")).body).pixelColor(1, 1).alpha(),
             128);
}

void tst_DemoRest::refusesToLeaveItsFolders_data()
{
    QTest::addColumn<QString>("query");
    for (const char* query :
         {"filename=../../secret.txt&type=input", "filename=..%2F..%2Fsecret.txt&type=input",
          "filename=secret.txt&subfolder=../..&type=input", "filename=secret.txt&subfolder=%2Fetc&type=input",
          "filename=secret.txt&subfolder=way-out&type=input", "filename=..%5C..%5Csecret.txt&type=input",
          "filename=way-out/secret.txt&type=input", "filename=a%00/../../secret.txt&type=input",
          "filename=&type=input", "filename=.&type=input", "filename=..&type=input"}) {
        QTest::newRow(query) << QString::fromLatin1(query);
    }
}

void tst_DemoRest::refusesToLeaveItsFolders()
{
    QFETCH(QString, query);
    const DemoClient::Reply reply = DemoClient(m_server.url()).get(QStringLiteral("/view?") + query);
    QVERIFY2(reply.status == 400 || reply.status == 403 || reply.status == 404,
             qPrintable(QString::number(reply.status)));
    QVERIFY(!reply.body.contains("secret"));

    DemoClient client(m_server.url());
    QCOMPARE(client.upload(QStringLiteral("../../evil.png"), "x").status, 400);
    QCOMPARE(client.upload(QStringLiteral("evil.png"), "x", {{"subfolder", "../.."}}).status, 400);
    QCOMPARE(client.upload(QStringLiteral("evil.png"), "x", {{"subfolder", "way-out"}}).status, 400);
    QCOMPARE(client.upload(QStringLiteral("evil.png"), "x", {{"type", "../input"}}).status, 400);
    QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("evil.png"))));
    QVERIFY(!QFile::exists(m_server.folder() + QStringLiteral("/evil.png")));
}

void tst_DemoRest::refusesForeignPages_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    const QByteArray own = m_server.url().toString().toLatin1();
    QTest::newRow("none") << QByteArray() << QByteArray() << 200;
    QTest::newRow("own") << own << QByteArray() << 200;
    QTest::newRow("other host") << QByteArray("http://evil.example") << QByteArray() << 403;
    QTest::newRow("localhost") << QByteArray(own).replace("127.0.0.1", "localhost") << QByteArray() << 403;
    QTest::newRow("null") << QByteArray("null") << QByteArray() << 403;
    QTest::newRow("called localhost") << QByteArray() << QByteArray("localhost:8188") << 200;
    QTest::newRow("called ::1") << QByteArray() << QByteArray("[::1]:8188") << 200;
    QTest::newRow("a name turned to this machine") << QByteArray() << QByteArray("evil.example:8188") << 403;
    QTest::newRow("a name turned to this machine, with its origin")
        << QByteArray("http://evil.example:8188") << QByteArray("evil.example:8188") << 403;
    QTest::newRow("a name that begins well") << QByteArray() << QByteArray("localhost.evil.example") << 403;
    QTest::newRow("a broken name") << QByteArray() << QByteArray("]:[") << 403;
}

void tst_DemoRest::refusesForeignPages()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, host);
    QList<std::pair<QByteArray, QByteArray>> headers;
    if (!host.isEmpty()) {
        headers.append({"Host", host});
    }
    if (!origin.isEmpty()) {
        headers.append({"Origin", origin});
    }
    QTEST(DemoClient(m_server.url()).get(QStringLiteral("/queue"), headers).status, "status");
}

void tst_DemoRest::survivesBadBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("not JSON") << QByteArray("{not json") << 500;
    QTest::newRow("empty") << QByteArray() << 500;
    QTest::newRow("a list") << QByteArray("[1, 2]") << 500;
    QTest::newRow("bad UTF-8") << QByteArray("{\"prompt\": \"\xff\xfe\"}") << 500;
    QTest::newRow("deep") << QByteArray(100'000, '[') << 500;
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(100'000) << 500;
    QTest::newRow("no prompt") << QByteArray("{}") << 400;
    QTest::newRow("prompt is a number") << QByteArray(R"({"prompt": 5})") << 400;
    QTest::newRow("odd members") << QByteArray(
        R"({"prompt": {}, "client_id": 5, "number": "x", "front": [], "extra_data": 7, "prompt_id": null})")
                                 << 400;
}

void tst_DemoRest::survivesBadBodies()
{
    QFETCH(QByteArray, body);
    DemoClient client(m_server.url());
    const DemoClient::Reply reply = client.post(QStringLiteral("/prompt"), body);
    QTEST(reply.status, "status");
    if (reply.status == 500) {
        QCOMPARE(reply.body, QByteArray("500 Internal Server Error\n\nServer got itself in trouble"));
    }
    client.post(QStringLiteral("/queue"), body);
    client.post(QStringLiteral("/history"), body);
    client.post(QStringLiteral("/interrupt"), body);
    client.post(QStringLiteral("/upload/image"), body, "multipart/form-data; boundary=x");
    QCOMPARE(client.get(QStringLiteral("/queue")).status, 200);
}

void tst_DemoRest::survivesBadHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\x00\x01\x00", 7).repeated(100);
    QTest::newRow("a body of exabytes") << QByteArray(
        "POST /prompt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999999999999\r\n\r\n{}");
    QTest::newRow("a negative body") << QByteArray(
        "POST /prompt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n{}");
    QTest::newRow("endless header") << QByteArray("GET /queue HTTP/1.1\r\nX: ") + QByteArray(4'000'000, 'a');
    QTest::newRow("half an upgrade") << QByteArray(
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    QTest::newRow("no version") << QByteArray("GET /queue\r\n\r\n");
}

void tst_DemoRest::survivesBadHttp()
{
    QFETCH(QByteArray, bytes);
    QTcpSocket socket;
    socket.connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
    QVERIFY(socket.waitForConnected());
    socket.write(bytes);
    socket.waitForBytesWritten(2000);
    QCOMPARE(DemoClient(m_server.url()).get(QStringLiteral("/queue")).status, 200);
}

void tst_DemoRest::boundsTheBody()
{
    DemoClient client(m_server.url());
    QCOMPARE(client.post(QStringLiteral("/prompt"), QByteArray(101 * 1024 * 1024, ' ')).status, 413);

    // One that never ends is cut.
    QTcpSocket socket;
    socket.connectToHost(m_server.url().host(), static_cast<quint16>(m_server.url().port()));
    QVERIFY(socket.waitForConnected());
    socket.write("POST /prompt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999999\r\n\r\n");
    const QByteArray block(4 * 1024 * 1024, ' ');
    for (int i = 0; i < 40 && socket.state() == QAbstractSocket::ConnectedState; ++i) {
        socket.write(block);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(5000)) { }
    }
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.get(QStringLiteral("/queue")).status, 200);
}

void tst_DemoRest::saysWhenThePortIsTaken()
{
    demo::DemoServer second;
    demo::DemoOptions options;
    options.port = static_cast<quint16>(m_server.url().port());
    const Result<QUrl> url = second.start(options);
    QVERIFY(!url.has_value());
    QVERIFY(url.error().message.contains(QString::number(options.port)));
    QVERIFY(!second.isRunning());
}

QTEST_GUILESS_MAIN(tst_DemoRest)
#include "tst_demorest.moc"
