// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"
#include "tests/core/demo/democlient.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QImage>
#include <QSet>
#include <QTest>
#include <QtEndian>

#include <atomic>

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
    void tellsAJobInTheRecordedOrder();
    void previewsAreFramedAsAskedFor_data();
    void previewsAreFramedAsAskedFor();

private:
    demo::DemoServer m_server;
};

void tst_DemoServer::init()
{
    demo::DemoOptions options;
    options.stepDelayMs = 0;
    options.previewSize = 64;
    const Result<QUrl> url = m_server.start(options);
    QVERIFY2(url.has_value(), url ? "" : qPrintable(url.error().message));
}

void tst_DemoServer::cleanup()
{
    m_server.stop();
}

void tst_DemoServer::startsAndSaysThatItIsADemo()
{
    QVERIFY(m_server.isRunning());
    QCOMPARE(m_server.url().host(), QStringLiteral("127.0.0.1"));
    DemoClient client(m_server.url());
    const Json stats = client.get(QStringLiteral("/system_stats")).json();
    QVERIFY(boolMember(stats["system"], "gesso_demo"));
    QCOMPARE(stringMember(stats["devices"][0], "name"), QStringLiteral("Demo painter (CPU)"));
}

void tst_DemoServer::paintsAPicture()
{
    DemoClient client(m_server.url(), QStringLiteral("A"));
    QVERIFY(client.open(true));
    const DemoClient::Reply reply = client.submit(testkit::textToPicture());
    QCOMPARE(reply.status, 200);
    const QString promptId = stringMember(reply.json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    const Json entry = client.history(promptId);
    QVERIFY(boolMember(entry["status"], "completed"));
    const Json item = entry["outputs"]["9"]["images"][0];
    QCOMPARE(stringMember(item, "filename"), QStringLiteral("ComfyUI_00001_.png"));
    const DemoClient::Reply file =
        client.get(QStringLiteral("/view?filename=ComfyUI_00001_.png&subfolder=&type=output"));
    QCOMPARE(file.status, 200);
    QCOMPARE(QImage::fromData(file.body).size(), QSize(64, 64));
}

void tst_DemoServer::tellsAJobInTheRecordedOrder()
{
    GESSO_NEEDS_DATA();
    const Json recording = testkit::readJson(
        testkit::dataFolder() + QStringLiteral("/servers/comfyui-0.12.2/ws/ksampler_legacy_preview.json"));
    qDebug() << recording.size();
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
    const QString promptId = stringMember(client.submit(testkit::textToPicture()).json(), "prompt_id");
    QVERIFY(client.waitForEnd(promptId));
    QSet<QByteArray> pictures;
    for (const DemoClient::Frame& frame : client.frames()) {
        if (frame.binary.isEmpty()) {
            continue;
        }
        QCOMPARE(frame.binary.left(4), QByteArray::fromHex(wantsMetadata ? "00000004" : "00000001"));
        const qsizetype start = frame.binary.indexOf("\xff\xd8\xff");
        QCOMPARE(start, wantsMetadata ? 8 + qFromBigEndian<quint32>(frame.binary.constData() + 4) : 8);
        QVERIFY(!QImage::fromData(frame.binary.mid(start), "jpeg").isNull());
        pictures.insert(frame.binary.mid(start));
    }
    QCOMPARE(pictures.size(), 4);
}

QTEST_GUILESS_MAIN(tst_DemoServer)
#include "tst_demoserver.moc"
