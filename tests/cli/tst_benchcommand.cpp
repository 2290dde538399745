// SPDX-License-Identifier: GPL-3.0-or-later
#include "gessoprocess.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

constexpr int kJobs = 5;

// A prompt for the demo server: small, and its node 3 has a seed.
const QByteArray kPrompt = R"({
  "3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 2, "cfg": 7, "sampler_name": "euler",
    "scheduler": "normal", "denoise": 1, "model": ["4", 0], "positive": ["6", 0], "negative": ["6", 0],
    "latent_image": ["5", 0]}},
  "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "demo-painter.safetensors"}},
  "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1}},
  "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a lighthouse", "clip": ["4", 1]}},
  "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
  "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "bench", "images": ["8", 0]}}})";

} // namespace

class TestBenchCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void jobs_data();
    void jobs();
    void catalogue();
    void unreachable();
    void wrongUse_data();
    void wrongUse();
    void isHidden();

private:
    Outcome bench(const QString& scenario, const QStringList& more = {});

    GessoProcess m_gesso;
    QProcess m_demo;
    QString m_url;
    QString m_workflow;
};

void TestBenchCommand::initTestCase()
{
    m_url = m_gesso.startDemo(m_demo);
    m_workflow = m_gesso.write(QStringLiteral("api.json"), kPrompt);
}

void TestBenchCommand::cleanupTestCase()
{
    m_demo.terminate();
    QVERIFY(m_demo.waitForFinished());
}

Outcome TestBenchCommand::bench(const QString& scenario, const QStringList& more)
{
    return m_gesso.run(QStringList{QStringLiteral("bench"), QStringLiteral("--scenario"), scenario,
                                   QStringLiteral("--servers"), m_url, QStringLiteral("--workflow"),
                                   m_workflow}
                       + more);
}

void TestBenchCommand::jobs_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<QString>("concurrency");
    QTest::addColumn<bool>("hasPreviews");
    QTest::newRow("serial") << QStringLiteral("jobs") << QStringLiteral("1") << false;
    QTest::newRow("pipelined") << QStringLiteral("jobs") << QStringLiteral("5") << false;
    QTest::newRow("previews") << QStringLiteral("preview") << QStringLiteral("1") << true;
    QTest::newRow("reconnect") << QStringLiteral("reconnect") << QStringLiteral("1") << false;
}

void TestBenchCommand::jobs()
{
    QFETCH(QString, scenario);
    QFETCH(QString, concurrency);
    QFETCH(bool, hasPreviews);
    const Outcome outcome = bench(
        scenario,
        {QStringLiteral("--jobs"), QString::number(kJobs), QStringLiteral("--concurrency"), concurrency});
    QVERIFY2(outcome.exitCode == 0, outcome.said().constData());
    QCOMPARE(outcome.lines().size(), 1);
    const Json line = outcome.lines().first();
    QCOMPARE(intMember(line, "completed"), kJobs);
    QCOMPARE(intMember(line, "failed", -1), 0);
    QCOMPARE(intMember(line, "images"), kJobs); // a seed each: none came from the server's cache
    QVERIFY(intMember(line, "bytes") > kJobs * 100);
    QCOMPARE(intMember(line, "frames") > 0, hasPreviews);
    QCOMPARE(intMember(line, "decoded") > 0, hasPreviews);
    QVERIFY(intMember(line, "decoded") <= intMember(line, "frames"));
    QVERIFY(intMember(line, "t_begin") <= intMember(line, "t_result"));
    QVERIFY(intMember(line, "t_result") <= intMember(line, "t_end"));
    QVERIFY(numberMember(line, "cpu_end") > numberMember(line, "cpu_begin"));
    QCOMPARE(line["errors"], Json::object());
    QCOMPARE(line["deadline"], Json(false));
}

void TestBenchCommand::catalogue()
{
    const Json line = bench(QStringLiteral("objinfo")).lines().first();
    QVERIFY(intMember(line, "nodes") > 10);
    QVERIFY(boolMember(line, "usable"));
    QVERIFY(numberMember(line, "load_ms") > 0);
}

void TestBenchCommand::unreachable()
{
    const Outcome outcome = m_gesso.run(
        {QStringLiteral("bench"), QStringLiteral("--scenario"), QStringLiteral("jobs"),
         QStringLiteral("--servers"), QStringLiteral("127.0.0.1:9"), QStringLiteral("--workflow"), m_workflow,
         QStringLiteral("--jobs"), QStringLiteral("3"), QStringLiteral("--timeout"), QStringLiteral("1")});
    const Json line = outcome.lines().first();
    QCOMPARE(intMember(line, "completed", -1), 0);
    QCOMPARE(intMember(line, "failed"), 3);
    QCOMPARE(line["errors"].size(), std::size_t(1));
}

void TestBenchCommand::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("word"); // of what is said
    const QStringList jobs{QStringLiteral("--scenario"), QStringLiteral("jobs")};
    const QStringList workflow{QStringLiteral("--workflow"), m_workflow};
    QTest::newRow("pool") << QStringList{QStringLiteral("--scenario"), QStringLiteral("pool"),
                                         QStringLiteral("--servers"), m_url}
            + workflow << QByteArray("pool");
    QTest::newRow("two servers") << jobs + workflow
            + QStringList{QStringLiteral("--servers"), m_url + QLatin1Char(',') + m_url}
                                 << QByteArray("pool");
    const QString noSeed =
        m_gesso.write(QStringLiteral("noseed.json"),
                      R"({"3": {"class_type": "SaveImage", "inputs": {"filename_prefix": "x"}}})");
    QTest::newRow("no seed") << jobs
            + QStringList{QStringLiteral("--servers"), m_url, QStringLiteral("--workflow"), noSeed}
                             << QByteArray("seed");
    QTest::newRow("no file") << jobs
            + QStringList{QStringLiteral("--servers"), m_url, QStringLiteral("--workflow"),
                          QStringLiteral("nowhere.json")}
                             << QByteArray("nowhere.json");
}

void TestBenchCommand::wrongUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    const Outcome outcome = m_gesso.run(QStringList{QStringLiteral("bench")} + arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(word), outcome.said().constData());
    QVERIFY(outcome.out.isEmpty());
}

void TestBenchCommand::isHidden()
{
    QVERIFY(!m_gesso.run({QStringLiteral("--help")}).out.contains("bench"));
}

QTEST_GUILESS_MAIN(TestBenchCommand)
#include "tst_benchcommand.moc"
