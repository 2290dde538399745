// SPDX-License-Identifier: GPL-3.0-or-later
// The history of runs on the disk: what it keeps, how long, and who gets it.
#include "tests/core/run/historytesting.h"

#include <QTest>

using namespace gesso;
using testkit::addRun;
using testkit::requestOf;
using testkit::Sql;
using testkit::stateOf;
using testkit::waitFor;

namespace {

const QString server = testkit::historyServer;

} // namespace

class TestRunHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<testkit::HistoryPlace>(); }

    void keepsTheWholeRequest()
    {
        const RunRequestPtr request = requestOf(QStringLiteral("a"));
        {
            RunHistory history(m_place->file());
            const auto journal = history.journalFor(server);
            const RunOrigin origin{PromptId(QStringLiteral("before")), 2};
            QVERIFY(
                waitFor(journal->add(request, origin, stateOf(QStringLiteral("a"), RunPhase::Waiting), {})));
        }
        RunHistory history(m_place->file());
        const auto runs = waitFor(history.journalFor(server)->takeOver());
        QVERIFY(runs);
        QCOMPARE(runs->size(), 1);
        const JournaledRun& run = runs->first();
        QCOMPARE(writeJson(toJson(run.request->prompt)),
                 writeJson(toJson(request->prompt))); // 1.0, key order
        QCOMPARE(writeJson(run.request->workflow), writeJson(request->workflow));
        QCOMPARE(run.request->title, request->title);
        QCOMPARE(run.request->seed, request->seed);
        QCOMPARE(run.request->uploads.first().localPath, QStringLiteral("/in/a.png"));
        QCOMPARE(run.request->uploads.first().input, QStringLiteral("image"));
        QCOMPARE(run.request->outputFolder, request->outputFolder);
        QCOMPARE(run.request->namePattern, request->namePattern);
        QCOMPARE(run.request->front, true);
        QCOMPARE(run.request->created, request->created);
        QCOMPARE(run.state.phase, RunPhase::Waiting);
        QCOMPARE(run.origin.resubmitOf, std::optional(PromptId(QStringLiteral("before"))));
        QCOMPARE(run.origin.attempt, 2);
    }

    void keepsTheLastState()
    {
        {
            RunHistory history(m_place->file());
            const auto journal = history.journalFor(server);
            for (const QString& id : {QStringLiteral("a"), QStringLiteral("b")}) {
                QVERIFY(waitFor(addRun(*journal, id, RunPhase::Waiting)));
            }
            journal->note(stateOf(QStringLiteral("a"), RunPhase::Submitting), QStringLiteral("socket"),
                          false);
            RunState fetching = stateOf(QStringLiteral("a"), RunPhase::Fetching);
            fetching.verdict = HistoryStatus::Success;
            OutputItem item;
            item.filename = QStringLiteral("x.png");
            item.type = QStringLiteral("output");
            fetching.outputs = {item};
            journal->note(fetching, QStringLiteral("socket"), true);
            QVERIFY(
                waitFor(journal->promise(fetching.id, {{outputKey(item), QStringLiteral("/out/x.png")}})));
            journal->note(stateOf(QStringLiteral("b"), RunPhase::Done), QStringLiteral("socket"), false);
        }
        RunHistory history(m_place->file());
        const auto runs = waitFor(history.journalFor(server)->takeOver());
        QVERIFY(runs);
        QCOMPARE(runs->size(), 1); // b has ended
        const JournaledRun& run = runs->first();
        QCOMPARE(run.state.phase, RunPhase::Fetching);
        QCOMPARE(run.clientId, QStringLiteral("socket"));
        QCOMPARE(run.cancelRequested, true);
        QCOMPARE(run.state.verdict, std::optional(HistoryStatus::Success));
        QCOMPARE(run.state.outputs.size(), 1);
        QCOMPARE(run.promised.value(outputKey(run.state.outputs.first())), QStringLiteral("/out/x.png"));
    }

    void leavesRunsToWhoLives()
    {
        RunHistory first(m_place->file());
        auto journal = first.journalFor(server);
        QVERIFY(waitFor(addRun(*journal, QStringLiteral("a"), RunPhase::Queued)));
        RunHistory second(m_place->file());
        const auto other = second.journalFor(server);
        QCOMPARE(waitFor(other->takeOver())->size(), 0);
        QCOMPARE(waitFor(journal->takeOver())->size(), 0); // it has them already
        QCOMPARE(waitFor(second.abandonedRuns())->size(), 0);
        // Nor does it write into them.
        other->note(stateOf(QStringLiteral("a"), RunPhase::Lost), {}, false);
        QVERIFY(waitFor(other->written()));
        QCOMPARE(Sql(m_place->file()).value(QStringLiteral("SELECT phase FROM run")),
                 QVariant(QStringLiteral("queued")));

        journal = first.journalFor(server); // the window has left the server, and comes back
        QCOMPARE(waitFor(journal->takeOver())->size(), 1);
    }

    void onlyOneTakesOver()
    {
        {
            RunHistory dead(m_place->file());
            const auto journal = dead.journalFor(server);
            for (int i = 0; i < 20; ++i) {
                const QString id = QString::number(i);
                QVERIFY(waitFor(addRun(*journal, id, RunPhase::Queued)));
            }
        }
        RunHistory first(m_place->file());
        RunHistory second(m_place->file());
        QCOMPARE(waitFor(first.abandonedRuns())->first().count, 20);
        QCOMPARE(waitFor(first.abandonedRuns())->first().server, server);
        QCOMPARE(waitFor(second.journalFor(QStringLiteral("http://elsewhere"))->takeOver())->size(), 0);
        const auto a = first.journalFor(server);
        const auto b = second.journalFor(server);
        const auto runsOfA = a->takeOver();
        const auto runsOfB = b->takeOver();
        const auto got = waitFor(runsOfA)->size() + waitFor(runsOfB)->size();
        QCOMPARE(got, 20);
        QVERIFY(waitFor(runsOfA)->isEmpty() || waitFor(runsOfB)->isEmpty());
        const auto order = waitFor(runsOfA)->isEmpty() ? waitFor(runsOfB) : waitFor(runsOfA);
        QCOMPARE(order->at(7).request->id, PromptId(QStringLiteral("7"))); // oldest first
    }

    void promisesAPathOnce()
    {
        RunHistory first(m_place->file());
        RunHistory second(m_place->file());
        const auto a = first.journalFor(server);
        const auto b = second.journalFor(server);
        QVERIFY(waitFor(addRun(*a, QStringLiteral("a"), RunPhase::Fetching)));
        QVERIFY(waitFor(addRun(*b, QStringLiteral("b"), RunPhase::Fetching)));
        const QString path = QStringLiteral("/out/x.png");
        const PromptId idA(QStringLiteral("a"));
        const PromptId idB(QStringLiteral("b"));
        QCOMPARE(*waitFor(a->promise(idA, {{QStringLiteral("i"), path}})), QStringList());
        QCOMPARE(*waitFor(a->promise(idA, {{QStringLiteral("i"), path}})), QStringList()); // still its own
        const QHash<QString, QString> two{{QStringLiteral("i"), path},
                                          {QStringLiteral("j"), QStringLiteral("/out/y.png")}};
        QCOMPARE(*waitFor(b->promise(idB, two)), QStringList{path});
        QCOMPARE(*waitFor(a->promise(idA, {{QStringLiteral("k"), QStringLiteral("/out/y.png")}})),
                 QStringList()); // b was promised neither
        a->note(stateOf(QStringLiteral("a"), RunPhase::Done), {}, false);
        QVERIFY(waitFor(a->written()));
        QCOMPARE(*waitFor(b->promise(idB, two)), QStringList()); // the file may have been moved away since
    }

    void storesAWorkflowOnceButForItsSeed()
    {
        QList<QByteArray> workflows;
        {
            RunHistory history(m_place->file());
            const auto journal = history.journalFor(server);
            QList<QFuture<Result<void>>> added;
            for (int i = 0; i < 1000; ++i) {
                const QString id = QString::number(i);
                auto request = std::make_shared<RunRequest>(*requestOf(id));
                request->workflow["nodes"].push_back(std::string(1000, 'x'));
                request->workflow["nodes"].push_back(i * 7919); // its seed
                request->workflow["end"] = "as it was";
                workflows.append(writeJson(request->workflow));
                added.append(journal->add(request, {}, stateOf(id, RunPhase::Waiting), {}));
            }
            for (const QFuture<Result<void>>& one : added) {
                QVERIFY(waitFor(one));
            }
        }
        QCOMPARE(Sql(m_place->file()).value(QStringLiteral("SELECT count(*) FROM document")).toInt(), 1);
        RunHistory history(m_place->file());
        const auto runs = waitFor(history.journalFor(server)->takeOver());
        QCOMPARE(runs->size(), 1000);
        for (qsizetype i = 0; i < workflows.size(); ++i) {
            QCOMPARE(writeJson(runs->at(i).request->workflow), workflows[i]);
        }
    }

    void forgetsTheOldestThatHaveEnded()
    {
        const QStringList ids{QStringLiteral("old"), QStringLiteral("under way"), QStringLiteral("kept"),
                              QStringLiteral("new")};
        {
            RunHistory history(m_place->file());
            const auto journal = history.journalFor(server);
            for (const QString& id : ids) {
                auto request = std::make_shared<RunRequest>(*requestOf(id));
                request->workflow["nodes"].push_back(std::string(2000, id[0].toLatin1())); // one each
                QVERIFY(waitFor(journal->add(request, {}, stateOf(id, RunPhase::Queued), {})));
                const QString path = u"/out/" + id;
                QVERIFY(waitFor(journal->promise(PromptId(id), {{QStringLiteral("i"), path}})));
                if (id != ids[1]) {
                    journal->note(stateOf(id, RunPhase::Done), {}, false);
                }
            }
            QVERIFY(waitFor(journal->written()));
        }
        {
            Sql sql(m_place->file());
            QCOMPARE(sql.value(QStringLiteral("SELECT count(*) FROM document")).toInt(), 4);
            const QString move = QStringLiteral("UPDATE run SET sequence = %1 WHERE id = '%2'");
            QVERIFY(sql.exec(move.arg(RunHistory::keptRuns + 1).arg(ids[2])));
            QVERIFY(sql.exec(move.arg(2 * RunHistory::keptRuns).arg(ids[3])));
        }
        RunHistory history(m_place->file());
        const auto journal = history.journalFor(server);
        const auto runs = waitFor(journal->takeOver());
        QCOMPARE(runs->size(), 1);
        QCOMPARE(runs->first().request->id, PromptId(ids[1]));
        QVERIFY(writeJson(runs->first().request->workflow).contains("uuuu"));
        QCOMPARE(runs->first().promised.size(), 1);
        Sql sql(m_place->file());
        const QString left = QStringLiteral("SELECT group_concat(%1) FROM (SELECT %1 FROM %2 ORDER BY 1)");
        QCOMPARE(sql.value(left.arg(QStringLiteral("id"), QStringLiteral("run"))).toString(),
                 QStringLiteral("kept,new,under way"));
        QCOMPARE(sql.value(left.arg(QStringLiteral("run"), QStringLiteral("output"))).toString(),
                 QStringLiteral("kept,new,under way"));
        QCOMPARE(sql.value(QStringLiteral("SELECT count(*) FROM document")).toInt(), 3);
    }

    // Two Gessos: what one has written whole and refers to, the other may prune.
    void aDocumentThatAnotherHasPrunedIsWrittenAgain()
    {
        RunHistory history(m_place->file());
        const auto journal = history.journalFor(server);
        const auto add = [&](const QString& id) {
            auto request = std::make_shared<RunRequest>(*requestOf(id));
            request->workflow["nodes"].push_back(std::string(2000, 'x'));
            return journal->add(request, {}, stateOf(id, RunPhase::Queued), {});
        };
        QVERIFY(waitFor(add(QStringLiteral("a"))));
        {
            Sql sql(m_place->file());
            QVERIFY(sql.exec(QStringLiteral("DELETE FROM run")));
            QVERIFY(sql.exec(QStringLiteral("DELETE FROM document")));
        }
        QVERIFY(waitFor(add(QStringLiteral("b"))));
        QCOMPARE(Sql(m_place->file()).value(QStringLiteral("SELECT count(*) FROM document")).toInt(), 1);
    }

    void refusesASecondRunOfTheSameId()
    {
        RunHistory history(m_place->file());
        const auto journal = history.journalFor(server);
        const RunState state = stateOf(QStringLiteral("a"), RunPhase::Waiting);
        QVERIFY(waitFor(journal->add(requestOf(QStringLiteral("a")), {}, state, {})));
        const auto again = journal->add(requestOf(QStringLiteral("a")), {}, state, {});
        const auto other = addRun(*journal, QStringLiteral("b"), RunPhase::Waiting);
        QVERIFY(!waitFor(again));
        QVERIFY(waitFor(other)); // it fails alone, also in one transaction
    }

    void nobodyElseReadsIt()
    {
        RunHistory history(m_place->file());
        QVERIFY(waitFor(history.journalFor(server)->written()));
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFileInfo(m_place->file()).permissions() & others));
    }

private:
    std::unique_ptr<testkit::HistoryPlace> m_place;
};

QTEST_GUILESS_MAIN(TestRunHistory)
#include "tst_runhistory.moc"
