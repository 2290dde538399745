// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/etamodel.h"

#include <QTest>

using namespace gesso;

namespace {

RunState atStep(double value, double max, const char* node = "3")
{
    RunState state;
    state.phase = RunPhase::Running;
    state.nodeCount = 1;
    state.currentNode = NodeId(QString::fromLatin1(node));
    state.progressNode = state.currentNode;
    state.value = value;
    state.max = max;
    return state;
}

} // namespace

class TestEtaModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingAtFirst()
    {
        EtaModel eta;
        QVERIFY(!eta.timeLeft(0));
        eta.observe(atStep(0, 10), 0);
        eta.observe(atStep(1, 10), 60'000); // loading the model: not a step's time
        QVERIFY(!eta.timeLeft(60'000));
        eta.observe(atStep(2, 10), 61'000);
        QVERIFY(!eta.timeLeft(61'000));
        eta.observe(atStep(3, 10), 62'000);
        QCOMPARE(eta.timeLeft(62'000), std::optional(TimeLeft{7, 7}));
    }

    void countsDownBetweenSteps()
    {
        EtaModel eta;
        for (int step = 0; step <= 4; ++step) {
            eta.observe(atStep(step, 10), step * 2000);
        }
        QCOMPARE(eta.timeLeft(8000), std::optional(TimeLeft{12, 12}));
        QCOMPARE(eta.timeLeft(9000), std::optional(TimeLeft{11, 11}));
        QCOMPARE(eta.timeLeft(1'000'000), std::optional(TimeLeft{0, 0})); // never negative
    }

    void unevenStepsGiveARange()
    {
        EtaModel eta;
        qint64 now = 0;
        for (int step = 0; step <= 8; ++step) {
            eta.observe(atStep(step, 20), now);
            now += step % 2 == 0 ? 1000 : 3000;
        }
        const std::optional<TimeLeft> left = eta.timeLeft(now);
        QVERIFY(left && left->low < left->high);
    }

    void skippedStepsAreShared()
    {
        EtaModel eta;
        eta.observe(atStep(1, 10), 0);
        eta.observe(atStep(3, 10), 2000);
        eta.observe(atStep(5, 10), 4000);
        QCOMPARE(eta.timeLeft(4000), std::optional(TimeLeft{5, 5}));
    }

    void anotherPassStartsAnew()
    {
        EtaModel eta;
        for (int step = 0; step <= 4; ++step) {
            eta.observe(atStep(step, 4), step * 1000);
        }
        eta.observe(atStep(0, 8), 5000);
        QVERIFY(!eta.timeLeft(5000));
    }

    void laterNodesWidenTheRange()
    {
        EtaModel eta;
        RunState before = atStep(0, 1, "1");
        before.nodeCount = 3;
        eta.observe(before, 0);
        for (int step = 0; step <= 4; ++step) {
            RunState state = atStep(step, 4, "2");
            state.nodeCount = 3;
            state.nodes.insert(
                NodeId(QStringLiteral("1")),
                {NodeId(QStringLiteral("1")), NodeId(QStringLiteral("1")), QStringLiteral("finished"), 1, 1});
            eta.observe(state, 6000 + step * 1000);
        }
        QCOMPARE(eta.timeLeft(10'000), std::optional(TimeLeft{0, 6})); // one more like the first
    }

    void onlyWhileRunning()
    {
        EtaModel eta;
        for (int step = 0; step <= 4; ++step) {
            eta.observe(atStep(step, 10), step * 1000);
        }
        QVERIFY(eta.timeLeft(4000));
        RunState ended = atStep(4, 10);
        ended.phase = RunPhase::Fetching;
        eta.observe(ended, 5000);
        QVERIFY(!eta.timeLeft(5000));
    }
};

QTEST_GUILESS_MAIN(TestEtaModel)
#include "tst_etamodel.moc"
