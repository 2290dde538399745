// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/capabilities.h"

#include <QTest>

using namespace gesso;

class TestCapabilities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capabilities_data();
    void capabilities();
};

void TestCapabilities::capabilities_data()
{
    QTest::addColumn<QByteArray>("features");
    QTest::addColumn<bool>("previewMetadata");
    QTest::addColumn<qint64>("maxUpload"); // 0: unknown
    QTest::addColumn<bool>("managerV4");
    QTest::newRow("old") << QByteArray(R"({"supports_preview_metadata":true,"max_upload_size":104857600})")
                         << true << qint64(104857600) << false;
    QTest::newRow("current") << QByteArray(
        R"({"supports_preview_metadata":true,"max_upload_size":104857600,"extension":{"manager":{"supports_v4":true}}})")
                             << true << qint64(104857600) << true;
    QTest::newRow("float size") << QByteArray(R"({"max_upload_size":52428800.0})") << false
                                << qint64(52428800) << false;
    QTest::newRow("wrong types") << QByteArray(
        R"({"supports_preview_metadata":"yes","max_upload_size":"many","extension":[1]})")
                                 << false << qint64(0) << false;
    QTest::newRow("negative") << QByteArray(R"({"max_upload_size":-1})") << false << qint64(0) << false;
    QTest::newRow("beyond 64 bit") << QByteArray(R"({"max_upload_size":1e300})") << false << qint64(0)
                                   << false;
    QTest::newRow("empty") << QByteArray("{}") << false << qint64(0) << false;
    QTest::newRow("null") << QByteArray("null") << false << qint64(0) << false;
}

void TestCapabilities::capabilities()
{
    QFETCH(QByteArray, features);
    QFETCH(bool, previewMetadata);
    QFETCH(qint64, maxUpload);
    QFETCH(bool, managerV4);
    SystemStats stats;
    stats.version = QStringLiteral("0.12.2");
    Capabilities expected;
    expected.previewMetadata = previewMetadata;
    expected.managerV4 = managerV4;
    expected.version = stats.version;
    if (maxUpload > 0) {
        expected.maxUploadBytes = maxUpload;
    }
    QCOMPARE(capabilitiesOf(*parseJson(features), stats), expected);
}

QTEST_GUILESS_MAIN(TestCapabilities)
#include "tst_capabilities.moc"
