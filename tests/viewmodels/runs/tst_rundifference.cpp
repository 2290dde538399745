// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/rundifference.h"

#include <QTest>

using namespace gesso;

class TestRunDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void describes_data();
    void describes();
    void theFirstRunIsItsSeed();
    void anotherWorkflowIsItsSeed();
};

static RunRequest run(quint64 seed, const char* inputs)
{
    RunRequest request;
    request.seed = Seed{seed};
    PromptNode node;
    node.id = NodeId(QStringLiteral("5"));
    node.classType = QStringLiteral("KSampler");
    const Json json = Json::parse(inputs);
    for (const auto& [key, value] : json.items()) {
        node.inputs.append({QString::fromStdString(key), value});
    }
    node.inputs.append({QStringLiteral("seed"), Json(seed)});
    request.prompt.nodes.append(node);
    request.prompt.rebuildIndex();
    return request;
}

void TestRunDifference::describes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<quint64>("seed"); // the run before has 7
    QTest::addColumn<QString>("text");

    const QByteArray base = R"({"cfg": 7.0, "steps": 20, "sampler_name": "euler"})";
    QTest::newRow("seed") << base << base << quint64(8) << QStringLiteral("seed 8");
    QTest::newRow("largest seed") << base << base << quint64(UINT64_MAX)
                                  << QStringLiteral("seed 18446744073709551615");
    QTest::newRow("nothing") << base << base << quint64(7) << QStringLiteral("same values");
    QTest::newRow("guidance") << base << QByteArray(R"({"cfg": 5.5, "steps": 20, "sampler_name": "euler"})")
                              << quint64(7) << QStringLiteral("Guidance 7.0 → 5.5");
    QTest::newRow("name and seed") << base
                                   << QByteArray(R"({"cfg": 7.0, "steps": 20, "sampler_name": "ddim"})")
                                   << quint64(9) << QStringLiteral("Sampler name euler → ddim · seed 9");
    QTest::newRow("many") << base << QByteArray(R"({"cfg": 1.0, "steps": 2, "sampler_name": "x"})")
                          << quint64(7) << QStringLiteral("Guidance 7.0 → 1.0 · Steps 20 → 2 · 1 more");
    QTest::newRow("long text") << QByteArray(R"({"text": "a lighthouse on a cliff at dusk"})")
                               << QByteArray(R"({"text": "a mill by the river"})") << quint64(7)
                               << QStringLiteral("Text changed");
    QTest::newRow("link") << QByteArray(R"({"model": ["4", 0]})") << QByteArray(R"({"model": ["10", 0]})")
                          << quint64(7) << QStringLiteral("Model changed");
}

void TestRunDifference::describes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, now);
    QFETCH(quint64, seed);
    const RunRequest earlier = run(7, before.constData());
    QTEST(runDifference(run(seed, now.constData()), &earlier), "text");
}

void TestRunDifference::theFirstRunIsItsSeed()
{
    QCOMPARE(runDifference(run(7, "{}"), nullptr), QStringLiteral("seed 7"));
    RunRequest seedless = run(7, "{}");
    seedless.seed.reset();
    QCOMPARE(runDifference(seedless, nullptr), QString());
}

void TestRunDifference::anotherWorkflowIsItsSeed()
{
    const RunRequest earlier = run(7, R"({"cfg": 1.0})");
    RunRequest other = run(7, R"({"cfg": 2.0})");
    other.prompt.nodes[0].classType = QStringLiteral("OtherSampler");
    QCOMPARE(runDifference(other, &earlier), QStringLiteral("seed 7"));
}

QTEST_GUILESS_MAIN(TestRunDifference)
#include "tst_rundifference.moc"
