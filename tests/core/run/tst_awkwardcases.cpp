// SPDX-License-Identifier: GPL-3.0-or-later
// The awkward conversations that were recorded with real servers, through the whole service: how each run
// ends.
#include "core/workflow/reader.h"
#include "tests/core/run/runservicefixture.h"
#include "tests/core/run/transcript.h"
#include "tests/testkit/testdata.h"

#include <QFileInfo>
#include <QTest>

using namespace gesso;
using testkit::RecordedSubmit;
using testkit::RunServiceFixture;
using testkit::Transcript;

namespace {

using Phases = QList<RunPhase>;

constexpr RunPhase done = RunPhase::Done;
constexpr RunPhase failed = RunPhase::Failed;
constexpr RunPhase refused = RunPhase::Refused;
constexpr RunPhase cancelled = RunPhase::Cancelled;

struct Case {
    const char* file;
    Phases ends; // of the runs, in the order they were posted
    const char* about;
};

// What was done in each recording is in its own description; the ends are by hand.
QList<Case> cases()
{
    return {
        {"reconnect_mid_run", {done}, "frames of the gap are missing"},
        {"expand_reconnect", {done}, "the same inside an expanded node"},
        {"same_client_id_two_sockets", {done, done}, "the older socket's end silences the newer one"},
        {"pending_delete",
         {cancelled, cancelled, cancelled},
         "one interrupted, two deleted that no frame names"},
        {"cached_rerun", {done, done}, "nothing is executed the second time"},
        {"t2i_cached", {done}, "the same, of the oldest server"},
        {"cached_output_without_ui", {done, done}, "executed with output null"},
        {"cached_outputs_mixed", {done, done}, "some outputs from the cache, some made"},
        {"partial_success", {done}, "node_errors in a 200"},
        {"partial_validation", {done}, "the same, of the oldest server"},
        {"execution_error_after_ok_nodes", {failed}, "outputs before the error stay"},
        {"probe_block", {done, done}, "execution_error that is no end"},
        {"no_client_id", {done}, "only progress is sent, the end is found by asking"},
        {"ws_without_client_id", {done}, "the server's own id"},
    };
}

// Every file the histories name can be fetched.
void offerFiles(RunServiceFixture& f, const HistoryEntry& entry)
{
    for (const OutputItem& item : entry.outputs) {
        if (item.isFile()) {
            f.api.files.insert(item.filename, "bytes of " + item.filename.toUtf8());
        }
    }
}

HistoryEntry emptySuccess(const PromptId& id)
{
    HistoryEntry entry;
    entry.promptId = id;
    return entry;
}

} // namespace

class TestAwkwardCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { GESSO_NEEDS_DATA(); }

    void ends_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Phases>("expected");
        int found = 0;
        for (const QString& path : Transcript::files()) {
            for (const Case& awkward : cases()) {
                if (QFileInfo(path).completeBaseName() == QLatin1String(awkward.file)) {
                    const QString server = path.section(u'/', -3, -3);
                    QTest::addRow("%s, %s: %s", qPrintable(server), awkward.file, awkward.about)
                        << path << awkward.ends;
                    ++found;
                }
            }
        }
        QVERIFY(found >= int(cases().size()));
    }

    void ends()
    {
        QFETCH(QString, path);
        QFETCH(Phases, expected);
        const Transcript transcript = Transcript::read(path);
        const bool isSilenced = path.endsWith(QLatin1String("same_client_id_two_sockets.json"));
        RunServiceFixture f;
        f.service->setAhead(int(transcript.submits.size()));
        QHash<PromptId, RecordedSubmit> recorded;
        QList<PromptId> ids;
        for (const RecordedSubmit& submit : transcript.submits) {
            if (submit.status != 200) {
                continue; // refusals are in tst_replay
            }
            RunRequest request = f.request(submit.promptId.toString());
            if (const auto prompt = promptFromJson(submit.prompt)) {
                request.prompt = *prompt;
            }
            recorded.insert(request.id, submit);
            ids.append(request.id);
            f.api.onSubmit = [&recorded](const SubmitRequest& posted) -> Result<SubmitOutcome> {
                return SubmitOutcome(decodeSubmitAnswer(recorded.value(posted.promptId).body).value());
            };
            f.service->submit(request);
        }
        for (const PromptId& id : std::as_const(ids)) {
            f.api.queueState.pending.append(QueueEntry{0, id, {}}); // nobody is missed before the frames
            QTRY_COMPARE(f.phase(id), RunPhase::Queued);
        }
        for (auto history = transcript.histories.cbegin(); history != transcript.histories.cend();
             ++history) {
            const auto entry = decodeHistoryEntry(history.key(), history.value());
            QVERIFY(entry);
            f.api.histories.insert(history.key(), *entry);
            offerFiles(f, *entry);
        }
        if (isSilenced) { // recorded without its end, which only the history tells
            f.api.histories.insert(ids.last(), emptySuccess(ids.last()));
        }
        f.api.queueState.pending.clear();
        for (const ComfyEvent& event : transcript.events) {
            f.stream.send(event);
        }
        QTRY_VERIFY(!f.service->hasActiveRuns());
        Phases ends;
        for (const PromptId& id : std::as_const(ids)) {
            ends.append(f.phase(id));
            QCOMPARE(f.log.count(u"finished " + id.toString() + u' ' + nameOf(f.phase(id))), 1);
            if (const auto history = f.api.histories.constFind(id); history != f.api.histories.cend()) {
                for (const SavedFile& file : f.state(id).files) {
                    QVERIFY2(QFileInfo::exists(file.path), qPrintable(file.item.filename));
                }
            }
        }
        QCOMPARE(ends, expected);
        QCOMPARE(f.api.submitted.size(), ids.size());
    }
};

QTEST_GUILESS_MAIN(TestAwkwardCases)
#include "tst_awkwardcases.moc"
