// SPDX-License-Identifier: GPL-3.0-or-later
// Every recorded conversation with a real server, through the decoder and the reducer.
#include "core/comfy/comfytypes.h"
#include "core/run/runreducer.h"
#include "tests/core/run/transcript.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using testkit::RecordedSubmit;
using testkit::Transcript;

namespace {

// "node/kind: raw" of each output, sorted: what a history entry and a state are compared by.
QStringList outputsOf(const RunState& state)
{
    QStringList lines;
    for (const OutputItem& item : state.outputs) {
        lines.append(item.node.toString() + u'/' + item.kind + u": "
                     + QString::fromUtf8(writeJson(item.raw)));
    }
    lines.sort();
    return lines;
}

// The same from the recorded JSON, without the code under test. `animated` says how pictures move; it is no
// output.
QStringList outputsOf(const Json& history)
{
    QStringList lines;
    for (const auto& [node, kinds] : history.at("outputs").items()) {
        for (const auto& [kind, items] : kinds.items()) {
            if (kind == "animated" || !items.is_array()) {
                continue;
            }
            for (const Json& item : items) {
                lines.append(QString::fromStdString(node + "/" + kind + ": ")
                             + QString::fromUtf8(writeJson(item)));
            }
        }
    }
    lines.sort();
    return lines;
}

HistoryStatus statusOf(const Json& history)
{
    const Json& status = history.at("status");
    if (status.at("status_str") == "success") {
        return HistoryStatus::Success;
    }
    for (const Json& message : status.at("messages")) {
        const std::string type =
            message.is_array() ? message.at(0).get<std::string>() : message.get<std::string>();
        if (type == "execution_interrupted") {
            return HistoryStatus::Interrupted;
        }
    }
    return HistoryStatus::Error;
}

QString errorOf(const Json& history)
{
    for (const Json& message : history.at("status").at("messages")) {
        if (message.is_array() && message.at(0) == "execution_error") {
            return toQString(message.at(1).at("exception_message")).trimmed();
        }
        if (message.is_string() && toQString(message).startsWith(QLatin1String("execution_error: "))) {
            return toQString(message).mid(17).trimmed();
        }
    }
    return {};
}

std::optional<Json> failureData(const Json& history)
{
    for (const Json& message : history.at("status").at("messages")) {
        if (message.is_array() && message.at(0) == "execution_error") {
            return message.at(1);
        }
    }
    return std::nullopt;
}

int nodeCountOf(const RecordedSubmit& submit, const Transcript& transcript)
{
    if (submit.prompt.is_object()) {
        return int(submit.prompt.size());
    }
    const auto history = transcript.histories.find(submit.promptId);
    return history == transcript.histories.end() ? 0 : int(history->at("prompt").at(2).size());
}

// The state after the POST's answer and all frames; checks on the way that progress never falls.
RunState replay(const RecordedSubmit& submit, const Transcript& transcript, bool* isMonotone)
{
    RunState state;
    state.id = submit.promptId.isEmpty() ? PromptId(QStringLiteral("refused")) : submit.promptId;
    state.phase = RunPhase::Submitting;
    state.nodeCount = nodeCountOf(submit, transcript);
    if (submit.status == 200) {
        state = reduce(state, decodeSubmitAnswer(submit.body).value());
    } else {
        state = reduce(state, decodeRefusal(submit.body));
    }
    *isMonotone = true;
    for (const ComfyEvent& event : transcript.events) {
        const double before = state.overall;
        state = reduce(state, event);
        *isMonotone = *isMonotone && state.overall >= before && state.overall < 1;
    }
    return state;
}

QString describe(const RunState& state)
{
    QString text = nameOf(state.phase);
    if (state.phase == RunPhase::Refused) {
        text += u" " + state.error->detail.section(u':', 0, 0);
    }
    if (state.verdict) {
        text += u" then " + nameOf(endPhase(*state.verdict));
    }
    if (!state.findings.isEmpty()) {
        QStringList types;
        for (const NodeFinding& finding : state.findings) {
            types.append(finding.node.toString() + u':' + finding.type);
        }
        text += u" [" + types.join(QStringLiteral(", ")) + u']';
    }
    return text;
}

using Expectations = QHash<QString, QStringList>;

// What each run must be at the end of a transcript that holds no history of it or no end of it, every
// refusal, and the conversations without any POST /prompt. By hand, from what was done in the recording; the
// number counts POSTs.
Expectations expectedWithoutHistory()
{
    const QString v = QStringLiteral("refused prompt_outputs_failed_validation");
    const QString noOutputs = QStringLiteral(" refused prompt_no_outputs");
    const QStringList noRun{QStringLiteral("no run")};
    Expectations all;
    for (const QString& server : {QStringLiteral("comfyui-0.3.64"), QStringLiteral("comfyui-0.12.2"),
                                  QStringLiteral("fork-0.10.0")}) {
        const QString ws = server + QStringLiteral("/ws/");
        const bool isCurrent = server == QLatin1String("comfyui-0.12.2");
        const QString unknownType =
            isCurrent ? QStringLiteral("missing_node_type") : QStringLiteral("invalid_prompt");
        // Without a client id only progress is seen: the end is found by polling.
        all[ws + u"no_client_id.json"] = {QStringLiteral("1 running")};
        // Deleted while waiting: no frame says so.
        all[ws + u"pending_delete.json"] = {QStringLiteral("2 queued"), QStringLiteral("3 queued")};
        // The older socket's end silenced the newer one.
        all[ws + u"same_client_id_two_sockets.json"] = {QStringLiteral("2 queued")};
        all[ws + u"partial_execution_targets.json"] = {u'2' + noOutputs, u'3' + noOutputs};
        all[ws + u"validation_missing_required.json"] = {
            u"1 " + v + u" [6:required_input_missing, 3:required_input_missing]"};
        all[ws + u"validation_other.json"] = {
            u"1 " + v + u" [8:return_type_mismatch]",
            u"2 " + v + u" [8:exception_during_inner_validation]",
            u"3 " + v + u" [8:bad_linked_input]",
            u"4 " + v, // a cycle: nothing says where
            u"5 refused " + unknownType,
            u"6 refused " + unknownType,
            u'7' + noOutputs,
            u'8' + noOutputs,
            QStringLiteral("9 refused no_prompt"),
            u"10 " + v + u" [5:value_bigger_than_max]",
            QStringLiteral("11 error 500"), // malformed JSON
        };
        all[ws + u"history_queries.json"] = noRun;
        if (server == QLatin1String("comfyui-0.3.64")) {
            all[ws + u"no_outputs.json"] = {u'1' + noOutputs};
            all[ws + u"unknown_node.json"] = {QStringLiteral("1 refused invalid_prompt")};
            all[ws + u"validation_error.json"] = {u"1 " + v + u" [4:value_not_in_list, 3:value_not_in_list]"};
            continue;
        }
        all[ws + u"feature_flags_second_message.json"] = noRun;
        // The order inside node_errors is the server's.
        all[ws + u"validation_bad_combo.json"] = {
            u"1 " + v
            + (isCurrent ? QStringLiteral(" [4:value_not_in_list, 3:invalid_input_type, "
                                          "3:value_smaller_than_min, 3:value_not_in_list]")
                         : QStringLiteral(" [4:value_not_in_list, 3:value_not_in_list, 3:invalid_input_type, "
                                          "3:value_smaller_than_min]"))};
        all[ws + u"v3_inputs.json"] = {
            u"3 " + v + u" [1:required_input_missing]",
            u"6 " + v + u" [1:invalid_input_type]",
            u"8 " + v + u" [1:required_input_missing]",
            u"11 " + v + u" [1:required_input_missing]",
            u"12 " + v + u" [1:return_type_mismatch]",
            u"14 " + v
                + (isCurrent
                       ? QStringLiteral(
                           " [1:required_input_missing, 1:required_input_missing, 1:return_type_mismatch]")
                       : QStringLiteral(
                           " [1:required_input_missing, 1:return_type_mismatch, 1:required_input_missing]")),
        };
    }
    // Jobs of the fork's other API: only foreign frames here.
    for (const QString& name :
         {QStringLiteral("async"), QStringLiteral("errors"), QStringLiteral("png"), QStringLiteral("sync")}) {
        all[u"fork-0.10.0/ws/v1_prompts_" + name + u".json"] = noRun;
    }
    return all;
}

// 0.3.64 answers with its whole cache of results for the prompt, also of outputs that this run did not ask
// for.
bool historyHoldsMore(const QString& name)
{
    return name == QLatin1String("comfyui-0.3.64/ws/partial_execution_targets.json");
}

} // namespace

class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        GESSO_NEEDS_DATA();
        QVERIFY(Transcript::files().size() >= 100);
    }

    void transcript_data()
    {
        QTest::addColumn<QString>("path");
        const QString root = testkit::dataFolder() + QStringLiteral("/servers/");
        for (const QString& path : Transcript::files()) {
            QTest::newRow(qPrintable(path.mid(root.size()))) << path;
        }
    }

    void transcript()
    {
        QFETCH(QString, path);
        const QString name = QString::fromUtf8(QTest::currentDataTag());
        const Transcript transcript = Transcript::read(path);
        QCOMPARE(transcript.frameErrors, QStringList());

        QStringList ends;
        for (const RecordedSubmit& submit : transcript.submits) {
            bool isMonotone = false;
            const RunState state = replay(submit, transcript, &isMonotone);
            QVERIFY2(isMonotone, qPrintable(submit.promptId.toString()));
            for (const NodeProgress& node : state.nodes) {
                if (node.state == QLatin1String("finished")) {
                    QCOMPARE(node.value, node.max);
                }
            }
            const auto history = transcript.histories.find(submit.promptId);
            if (history == transcript.histories.end() || !state.serverEnded) {
                const bool isError = submit.status >= 500;
                ends.append(QString::number(ends.size() + 1) + u' '
                            + (isError ? u"error " + QString::number(submit.status) : describe(state)));
            } else {
                ends.append(QString());
                compareEnd(state, *history);
                if (historyHoldsMore(name)) {
                    for (const QString& output : outputsOf(state)) {
                        QVERIFY(outputsOf(*history).contains(output));
                    }
                } else {
                    QCOMPARE(outputsOf(state), outputsOf(*history));
                }
            }
            if (history != transcript.histories.end()) {
                const auto entry = decodeHistoryEntry(submit.promptId, *history);
                QVERIFY(entry.has_value());
                const RunState settled = reduce(state, *entry);
                compareEnd(settled, *history);
                QCOMPARE(outputsOf(settled), outputsOf(*history));
            }
        }
        ends.removeAll(QString());
        if (transcript.submits.isEmpty()) {
            ends.append(QStringLiteral("no run"));
        }
        QCOMPARE(ends, expectedWithoutHistory().value(name));
    }

private:
    static void compareEnd(const RunState& state, const Json& history)
    {
        QVERIFY(state.serverEnded);
        QCOMPARE(state.phase, RunPhase::Fetching);
        QCOMPARE(state.verdict, std::optional(statusOf(history)));
        QCOMPARE(state.failure.has_value(), state.verdict == HistoryStatus::Error);
        if (!state.failure) {
            return;
        }
        QCOMPARE(state.failure->message.trimmed(), errorOf(history));
        if (const std::optional<Json> data = failureData(history)) {
            QCOMPARE(state.failure->node.toString(), stringMember(*data, "node_id"));
            QCOMPARE(state.failure->nodeType, stringMember(*data, "node_type"));
            QCOMPARE(state.failure->exceptionType, stringMember(*data, "exception_type"));
            QCOMPARE(state.failure->traceback.size(), qsizetype(data->at("traceback").size()));
        }
    }
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
