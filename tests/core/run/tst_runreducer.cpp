// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runprogress.h"
#include "core/run/runreducer.h"

#include <QTest>

#include <limits>

using namespace gesso;

namespace {

const PromptId mine(QStringLiteral("mine"));
const PromptId other(QStringLiteral("other"));

NodeId node(const char* id)
{
    return NodeId(QString::fromLatin1(id));
}

NodeProgress progressOf(const char* id, const char* state, double value, double max,
                        const char* display = nullptr)
{
    return {node(id), node(display ? display : id), QString::fromLatin1(state), value, max};
}

RunState submitted(int nodeCount = 4)
{
    RunState state;
    state.id = mine;
    state.phase = RunPhase::Submitting;
    state.nodeCount = nodeCount;
    return state;
}

RunState running(int nodeCount = 4)
{
    return reduce(submitted(nodeCount), ExecutionStartEvent{mine, {}});
}

} // namespace

class TestRunReducer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAndEventsInAnyOrder()
    {
        SubmitAnswer answer;
        answer.promptId = mine;
        answer.number = -3.5;
        QCOMPARE(reduce(submitted(), answer).phase, RunPhase::Queued);
        QCOMPARE(reduce(submitted(), answer).queueNumber, std::optional(-3.5));
        QCOMPARE(reduce(running(), answer).phase, RunPhase::Running);
        const RunState ended = reduce(submitted(), ExecutingEvent{mine, {}, {}});
        QCOMPARE(ended.phase, RunPhase::Fetching);
        QCOMPARE(reduce(ended, answer).phase, RunPhase::Fetching);
        QCOMPARE(reduce(ended, answer).queueNumber, std::optional(-3.5));
    }

    void eventsOfOthersChangeNothing()
    {
        RunState state = reduce(running(), ProgressEvent{other, node("1"), 3, 4});
        state = reduce(state, ExecutingEvent{other, {}, {}});
        state = reduce(state, ExecutionErrorEvent{other, node("1"), {}, {}, {}, {}, false});
        QCOMPARE(state.phase, RunPhase::Running);
        QVERIFY(!state.serverEnded && !state.failure && state.nodes.isEmpty());
    }

    void eventsWithoutAPromptAreForTheOneRunning()
    {
        const ExecutingEvent resent{{}, node("2"), {}}; // after a reconnect
        QVERIFY(!reduce(submitted(), resent).currentNode);
        QCOMPARE(reduce(running(), resent).currentNode, std::optional(node("2")));
        // It would not say whose end it is.
        QVERIFY(!reduce(running(), ExecutingEvent{{}, {}, {}}).serverEnded);
        const RunState state = reduce(reduce(running(), resent), ProgressEvent{{}, {}, 2, 8});
        QCOMPARE(state.value, 2.0);
        QCOMPARE(state.progressNode, std::optional(node("2")));
    }

    void aBlockedNodeIsAWarning()
    {
        const ExecutionErrorEvent blocked{mine,
                                          node("3"),
                                          QStringLiteral("Gate"),
                                          QStringLiteral("ExecutionBlocked"),
                                          QStringLiteral("closed"),
                                          {},
                                          true};
        RunState state = reduce(reduce(running(), blocked), blocked);
        QCOMPARE(state.warnings.size(), 1);
        QVERIFY(!state.failure && !state.verdict);
        state = reduce(reduce(state, ExecutionSuccessEvent{mine}), ExecutingEvent{mine, {}, {}});
        QCOMPARE(endPhase(*state.verdict), RunPhase::Done);
    }

    void anInterruptEndsAsCancelled()
    {
        const RunState state = reduce(running(), ExecutionInterruptedEvent{mine, node("1"), {}});
        QCOMPARE(endPhase(*state.verdict), RunPhase::Cancelled);
        QVERIFY(!state.failure);
    }

    void overallCountsCachedFinishedAndPartOfTheRunning()
    {
        RunState state = reduce(running(4), ExecutionCachedEvent{mine, {node("1")}});
        QCOMPARE(state.overall, 0.25);
        state = reduce(
            state,
            ProgressStateEvent{mine, {progressOf("2", "finished", 1, 1), progressOf("3", "running", 5, 10)}});
        QCOMPARE(state.overall, 0.625);
        QCOMPARE(state.currentNode, std::optional(node("3")));
        QCOMPARE(state.value, 5.0);
        // A second pass of the same node starts at its beginning: the whole does not fall.
        state = reduce(state, ProgressEvent{mine, node("3"), 0, 40});
        QCOMPARE(state.overall, 0.625);
        QCOMPARE(state.max, 40.0);
    }

    void overallReachesOneOnlyAtTheEnd()
    {
        RunState state = reduce(running(1), ProgressStateEvent{mine, {progressOf("1", "finished", 1, 1)}});
        state = reduce(state, ExecutionSuccessEvent{mine});
        state = reduce(state, ExecutingEvent{mine, {}, {}});
        QVERIFY(state.overall < 1);
        QCOMPARE(finish(state, RunPhase::Done, {}).overall, 1.0);
        QVERIFY(finish(state, RunPhase::Failed, {}).overall < 1);
    }

    // Inner nodes fill their outer one and count for no more.
    void expansionCountsAsItsOuterNode()
    {
        RunState state = reduce(running(2),
                                ProgressStateEvent{mine,
                                                   {progressOf("2", "running", 0, 1),
                                                    progressOf("2.0.0.1", "finished", 1, 1, "2"),
                                                    progressOf("2.0.0.2", "running", 1, 2, "2")}});
        QCOMPARE(state.overall, 0.25); // (1 + 1/2) of three parts of one of two nodes
        QCOMPARE(state.currentNode, std::optional(node("2")));
        QCOMPARE(state.progressNode, std::optional(node("2.0.0.2")));
        state = reduce(
            state,
            ProgressStateEvent{
                mine, {progressOf("2", "finished", 1, 1), progressOf("2.0.0.1", "finished", 1, 1, "2")}});
        QCOMPARE(state.overall, 0.5);
    }

    void senselessNumbersDoNoHarm_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("max");
        QTest::newRow("nothing") << 0.0 << 0.0;
        QTest::newRow("more than all") << 9.0 << 2.0;
        QTest::newRow("negative") << -5.0 << -1.0;
        QTest::newRow("not a number") << qQNaN() << qQNaN();
        QTest::newRow("infinite") << qInf() << qInf();
    }

    void senselessNumbersDoNoHarm()
    {
        QFETCH(double, value);
        QFETCH(double, max);
        for (int nodeCount : {-1, 0, 1}) {
            const RunState state = reduce(running(nodeCount), ProgressEvent{mine, node("1"), value, max});
            QVERIFY(state.overall >= 0 && state.overall < 1);
        }
    }

    // Four nodes, one of which samples 17 steps: 20 in all.
    void samplersWeighTheirSteps()
    {
        Prompt prompt;
        PromptNode sampler;
        sampler.id = node("3");
        sampler.setInput(QStringLiteral("steps"), Json(17));
        sampler.setInput(QStringLiteral("latent_image"), Json::array({"2", 0}));
        PromptNode scheduler; // names its steps too, but takes no time
        scheduler.id = node("4");
        scheduler.setInput(QStringLiteral("steps"), Json(17));
        PromptNode linked; // its steps come from another node
        linked.id = node("5");
        linked.setInput(QStringLiteral("steps"), Json::array({"1", 0}));
        linked.setInput(QStringLiteral("latent_image"), Json::array({"2", 0}));
        PromptNode unreadable; // as Python writes a number that is none
        unreadable.id = node("6");
        unreadable.setInput(QStringLiteral("steps"), Json(std::numeric_limits<double>::quiet_NaN()));
        unreadable.setInput(QStringLiteral("latent_image"), Json::array({"2", 0}));
        prompt.nodes = {sampler, scheduler, linked, unreadable};
        QCOMPARE(progressWeights(prompt), (QHash<NodeId, double>{{node("3"), 17.0}}));

        RunState state = running(4);
        state.weights = progressWeights(prompt);
        state = reduce(state, ExecutionCachedEvent{mine, {node("1"), node("2")}});
        QCOMPARE(state.overall, 2.0 / 20);
        state = reduce(state, ProgressStateEvent{mine, {progressOf("3", "running", 8, 17)}});
        QCOMPARE(state.overall, 10.0 / 20);
        state = reduce(state, ProgressStateEvent{mine, {progressOf("3", "finished", 17, 17)}});
        QCOMPARE(state.overall, 19.0 / 20);
    }

    void outputsOfANodeAreNotDoubled()
    {
        Json output;
        output["images"] = Json::array({{{"filename", "a.png"}, {"subfolder", ""}, {"type", "output"}}});
        const ExecutedEvent executed{mine, node("9"), node("9"), output};
        RunState state = reduce(reduce(running(), executed), executed);
        QCOMPARE(state.outputs.size(), 1);
        state =
            reduce(state, ExecutedEvent{mine, node("8"), node("8"), Json()}); // a cached node without result
        QCOMPARE(state.outputs.size(), 1);
    }

    void theHistoryHasTheLastWord()
    {
        RunState state = reduce(running(),
                                ExecutionErrorEvent{mine,
                                                    node("3"),
                                                    QStringLiteral("KSampler"),
                                                    QStringLiteral("E"),
                                                    QStringLiteral("boom"),
                                                    {},
                                                    false});
        HistoryEntry entry;
        entry.promptId = mine;
        entry.status = HistoryStatus::Error;
        entry.failure = NodeFailure{{}, {}, {}, QStringLiteral("boom"), {}}; // as the fork tells it
        QCOMPARE(reduce(state, entry).failure->nodeType, QStringLiteral("KSampler"));
        entry.failure = NodeFailure{node("4"), QStringLiteral("VAEDecode"), {}, QStringLiteral("bang"), {}};
        QCOMPARE(reduce(state, entry).failure->nodeType, QStringLiteral("VAEDecode"));
        entry.status = HistoryStatus::Success;
        entry.failure.reset();
        state = reduce(state, entry);
        QVERIFY(!state.failure && state.serverEnded);
        QCOMPARE(state.verdict, std::optional(HistoryStatus::Success));
    }

    void whatFramesToldOutlivesAnEntryWithoutIt()
    {
        const auto picture = [](const char* name) {
            Json output;
            output["images"] = Json::array({{{"filename", name}, {"subfolder", ""}, {"type", "output"}}});
            return output;
        };
        RunState state = reduce(running(), ExecutedEvent{mine, node("8"), node("8"), picture("told.png")});
        state = reduce(state, ExecutedEvent{mine, node("9"), node("9"), picture("old.png")});
        HistoryEntry entry;
        entry.promptId = mine;
        entry.status = HistoryStatus::Success;
        OutputItem recorded;
        recorded.node = node("9");
        recorded.filename = QStringLiteral("new.png");
        entry.outputs = {recorded};
        QStringList names;
        for (const OutputItem& item : reduce(state, entry).outputs) {
            names.append(item.filename);
        }
        QCOMPARE(names, QStringList({QStringLiteral("new.png"), QStringLiteral("told.png")}));
    }

    void anEndedRunDoesNotChange()
    {
        const RunState ended = finish(running(), RunPhase::Lost, {});
        const RunState after =
            reduce(reduce(ended, ExecutionStartEvent{mine, {}}), HistoryEntry{mine, {}, {}, {}, {}});
        QCOMPARE(after.phase, RunPhase::Lost);
        QVERIFY(!after.serverEnded);
    }

    void aRefusalSaysWhy()
    {
        Refusal refusal;
        refusal.type = QStringLiteral("missing_node_type");
        refusal.message = QStringLiteral("Node 'X' not found.");
        RunState state = reduce(submitted(), refusal);
        QCOMPARE(state.phase, RunPhase::Refused);
        QCOMPARE(state.error->kind, ErrorKind::Refused);
        QVERIFY(state.error->message.contains(refusal.message));
        NodeFinding finding;
        finding.message = QStringLiteral("Value too small");
        refusal.findings = {finding};
        state = reduce(submitted(), refusal);
        QVERIFY(state.error->message.contains(finding.message));
        QCOMPARE(state.findings.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRunReducer)
#include "tst_runreducer.moc"
