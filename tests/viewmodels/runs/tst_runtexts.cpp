// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/runtexts.h"

#include <QLocale>
#include <QTest>

using namespace gesso;

class TestRunTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void durations_data();
    void durations();
    void ranges_data();
    void ranges();
    void statesAndTones_data();
    void statesAndTones();
    void nodeTitles();
    void steps();
};

void TestRunTexts::durations_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << 8.21 << QStringLiteral("8.2 s");
    QTest::newRow("seconds") << 14.4 << QStringLiteral("14 s");
    QTest::newRow("minutes") << 125.0 << QStringLiteral("2:05");
    QTest::newRow("hours") << 3750.0 << QStringLiteral("1:02:30");
}

void TestRunTexts::durations()
{
    QFETCH(double, seconds);
    QTEST(durationText(seconds), "text");
}

void TestRunTexts::ranges_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QString>("text");
    QTest::newRow("range") << 12.0 << 15.0 << QStringLiteral("12–15 s left");
    QTest::newRow("one number") << 3.2 << 2.9 << QStringLiteral("3 s left");
    QTest::newRow("minutes") << 125.0 << 160.0 << QStringLiteral("2:05–2:40 left");
}

void TestRunTexts::ranges()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QTEST(rangeText(low, high), "text");
}

void TestRunTexts::statesAndTones_data()
{
    QTest::addColumn<RunPhase>("phase");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tone");
    QTest::newRow("queued") << RunPhase::Queued << QStringLiteral("waiting") << QString();
    QTest::newRow("running") << RunPhase::Running << QStringLiteral("61 %") << QStringLiteral("accent");
    QTest::newRow("done") << RunPhase::Done << QStringLiteral("done") << QStringLiteral("good");
    QTest::newRow("failed") << RunPhase::Failed << QStringLiteral("failed") << QStringLiteral("bad");
    QTest::newRow("refused") << RunPhase::Refused << QStringLiteral("refused") << QStringLiteral("bad");
    QTest::newRow("lost") << RunPhase::Lost << QStringLiteral("lost") << QStringLiteral("warn");
    QTest::newRow("cancelled") << RunPhase::Cancelled << QStringLiteral("cancelled") << QString();
}

void TestRunTexts::statesAndTones()
{
    QFETCH(RunPhase, phase);
    RunState state;
    state.phase = phase;
    state.overall = 0.6199;
    QTEST(runStateText(state), "text");
    QTEST(runTone(state), "tone");
}

void TestRunTexts::nodeTitles()
{
    RunRequest request;
    PromptNode node;
    node.id = NodeId(QStringLiteral("5"));
    node.classType = QStringLiteral("KSampler");
    node.title = QStringLiteral("First pass");
    request.prompt.nodes = {node};
    request.prompt.rebuildIndex();

    RunState state;
    QCOMPARE(runNodeTitle(state, &request), QStringLiteral("Preparing"));
    state.phase = RunPhase::Running;
    QCOMPARE(runNodeTitle(state, &request), QStringLiteral("Starting"));
    state.currentNode = NodeId(QStringLiteral("5.0.0.1")); // expanded from node 5
    QCOMPARE(runNodeTitle(state, &request), QStringLiteral("First pass"));
    state.currentNode = NodeId(QStringLiteral("99"));
    QCOMPARE(runNodeTitle(state, &request), QStringLiteral("Starting"));
    QCOMPARE(runNodeTitle(state, nullptr), QStringLiteral("Starting"));
}

void TestRunTexts::steps()
{
    RunState state;
    state.phase = RunPhase::Running;
    state.value = 12;
    state.max = 20;
    QCOMPARE(runStepText(state), QStringLiteral("step 12 of 20"));
    state.max = 1;
    QCOMPARE(runStepText(state), QString());
    state.max = qQNaN();
    QCOMPARE(runStepText(state), QString());
}

QTEST_GUILESS_MAIN(TestRunTexts)
#include "tst_runtexts.moc"
