// SPDX-License-Identifier: GPL-3.0-or-later
// The history of runs on the disk: what it keeps, who gets it, and what it makes of a file that is not its
// own.
#include "core/run/runhistory.h"
#include "core/store/historyschema.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

namespace {

const QString server = QStringLiteral("http://gpu-box:8188");

// The file seen from outside.
class Sql
{
public:
    explicit Sql(const QString& file)
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
        m_database.setDatabaseName(file);
        m_isOpen = m_database.open();
    }
    ~Sql()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(QStringLiteral("outside"));
    }
    bool exec(const QString& sql)
    {
        QSqlQuery query(m_database);
        return m_isOpen && query.exec(sql);
    }
    QVariant value(const QString& sql)
    {
        QSqlQuery query(m_database);
        return query.exec(sql) && query.next() ? query.value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
    bool m_isOpen = false;
};

template <typename T> T waitFor(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

RunRequestPtr requestOf(const QString& id)
{
    auto request = std::make_shared<RunRequest>();
    request->id = PromptId(id);
    request->title = QStringLiteral("Überfahrt 🌊");
    PromptNode node;
    node.id = NodeId(QStringLiteral("12:5"));
    node.classType = QStringLiteral("KSampler");
    node.title = QStringLiteral("Sampler");
    node.setInput(QStringLiteral("z"), Json(1.0));
    node.setInput(QStringLiteral("a"), Json(18446744073709551615ULL));
    request->prompt.nodes = {node};
    request->prompt.rebuildIndex();
    request->workflow = Json{{"version", 1.0}, {"nodes", Json::array()}};
    request->uploads = {{QStringLiteral("/in/a.png"), NodeId(QStringLiteral("1")), QStringLiteral("image")}};
    request->seed = Seed{18446744073709551615ULL};
    request->outputFolder = QStringLiteral("/out");
    request->namePattern = QStringLiteral("{title}-{seed}");
    request->front = true;
    request->created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    return request;
}

RunState stateOf(const QString& id, RunPhase phase)
{
    RunState state;
    state.id = PromptId(id);
    state.phase = phase;
    return state;
}

} // namespace

class TestRunHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("data/history.db"));
    }

    void keepsTheWholeRequest()
    {
        const RunRequestPtr request = requestOf(QStringLiteral("a"));
        {
            RunHistory history(m_file);
            const auto journal = history.journalFor(server);
            const RunOrigin origin{PromptId(QStringLiteral("before")), 2};
            QVERIFY(
                waitFor(journal->add(request, origin, stateOf(QStringLiteral("a"), RunPhase::Waiting), {})));
        }
        RunHistory history(m_file);
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
            RunHistory history(m_file);
            const auto journal = history.journalFor(server);
            for (const QString& id : {QStringLiteral("a"), QStringLiteral("b")}) {
                QVERIFY(waitFor(journal->add(requestOf(id), {}, stateOf(id, RunPhase::Waiting), {})));
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
        RunHistory history(m_file);
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
        RunHistory first(m_file);
        auto journal = first.journalFor(server);
        QVERIFY(waitFor(journal->add(requestOf(QStringLiteral("a")), {},
                                     stateOf(QStringLiteral("a"), RunPhase::Queued), {})));
        RunHistory second(m_file);
        const auto other = second.journalFor(server);
        QCOMPARE(waitFor(other->takeOver())->size(), 0);
        QCOMPARE(waitFor(journal->takeOver())->size(), 0); // it has them already
        QCOMPARE(waitFor(second.abandonedRuns())->size(), 0);
        // Nor does it write into them.
        other->note(stateOf(QStringLiteral("a"), RunPhase::Lost), {}, false);
        QVERIFY(waitFor(other->written()));
        QCOMPARE(Sql(m_file).value(QStringLiteral("SELECT phase FROM run")),
                 QVariant(QStringLiteral("queued")));

        journal = first.journalFor(server); // the window has left the server, and comes back
        QCOMPARE(waitFor(journal->takeOver())->size(), 1);
    }

    void onlyOneTakesOver()
    {
        {
            RunHistory dead(m_file);
            const auto journal = dead.journalFor(server);
            for (int i = 0; i < 20; ++i) {
                const QString id = QString::number(i);
                QVERIFY(waitFor(journal->add(requestOf(id), {}, stateOf(id, RunPhase::Queued), {})));
            }
        }
        RunHistory first(m_file);
        RunHistory second(m_file);
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
        RunHistory first(m_file);
        RunHistory second(m_file);
        const auto a = first.journalFor(server);
        const auto b = second.journalFor(server);
        QVERIFY(waitFor(a->add(requestOf(QStringLiteral("a")), {},
                               stateOf(QStringLiteral("a"), RunPhase::Fetching), {})));
        QVERIFY(waitFor(b->add(requestOf(QStringLiteral("b")), {},
                               stateOf(QStringLiteral("b"), RunPhase::Fetching), {})));
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
            RunHistory history(m_file);
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
        QCOMPARE(Sql(m_file).value(QStringLiteral("SELECT count(*) FROM document")).toInt(), 1);
        RunHistory history(m_file);
        const auto runs = waitFor(history.journalFor(server)->takeOver());
        QCOMPARE(runs->size(), 1000);
        for (qsizetype i = 0; i < workflows.size(); ++i) {
            QCOMPARE(writeJson(runs->at(i).request->workflow), workflows[i]);
        }
    }

    void refusesASecondRunOfTheSameId()
    {
        RunHistory history(m_file);
        const auto journal = history.journalFor(server);
        const RunState state = stateOf(QStringLiteral("a"), RunPhase::Waiting);
        QVERIFY(waitFor(journal->add(requestOf(QStringLiteral("a")), {}, state, {})));
        const auto again = journal->add(requestOf(QStringLiteral("a")), {}, state, {});
        const auto other = journal->add(requestOf(QStringLiteral("b")), {},
                                        stateOf(QStringLiteral("b"), RunPhase::Waiting), {});
        QVERIFY(!waitFor(again));
        QVERIFY(waitFor(other)); // it fails alone, also in one transaction
    }

    void nobodyElseReadsIt()
    {
        RunHistory history(m_file);
        QVERIFY(waitFor(history.journalFor(server)->written()));
        const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
        QVERIFY(!(QFileInfo(m_file).permissions() & others));
    }

    void hostileRows_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<int>("left"); // that can be followed; the good one is always among them
        const auto set = [](const char* what) {
            return QStringLiteral("UPDATE run SET %1 WHERE id = 'bad'").arg(QLatin1String(what));
        };
        QTest::newRow("as it is") << set("title = 'x'") << 2;
        QTest::newRow("unknown phase") << set("phase = 'dreaming'") << 1;
        QTest::newRow("phase is a number") << set("phase = 7") << 1;
        QTest::newRow("prompt is no JSON") << set("prompt = X'00FF80'") << 1;
        QTest::newRow("prompt is a number") << set("prompt = 12345") << 1;
        QTest::newRow("prompt is an array") << set("prompt = '[1,2]'") << 1;
        QTest::newRow("prompt is empty") << set("prompt = ''") << 1;
        QTest::newRow("prompt too deep") << set("prompt = replace(hex(zeroblob(5000)), '00', '[')") << 1;
        QTest::newRow("prompt too large") << set("prompt = zeroblob(70000000)") << 1;
        QTest::newRow("nodes are no objects") << set("prompt = '{\"1\":5,\"2\":null}'") << 1;
        QTest::newRow("inputs are no object")
            << set("prompt = '{\"1\":{\"class_type\":\"A\",\"inputs\":[]}}'") << 2;
        QTest::newRow("no id") << set("id = ''") << 1;
        QTest::newRow("endless id") << set("id = hex(zeroblob(100000))") << 1;
        QTest::newRow("request is no JSON") << set("request = '{{{'") << 2;
        QTest::newRow("request of wrong types")
            << set("request = '{\"uploads\":{\"a\":1},\"seed\":-1.5,\"folder\":7,\"front\":\"yes\"}'") << 2;
        QTest::newRow("uploads of wrong types")
            << set("request = '{\"uploads\":[1,null,[],{\"path\":[]}]}'") << 2;
        QTest::newRow("state is no JSON") << set("state = X'FFFE'") << 2;
        QTest::newRow("state of wrong types") << set("state = "
                                                     "'{\"number\":\"x\",\"verdict\":[],\"error\":5,"
                                                     "\"outputs\":{},\"files\":[[],3],\"cancel\":\"no\"}'")
                                              << 2;
        QTest::newRow("endless number") << set("state = '{\"number\":1e999,\"started\":9e99}'") << 2;
        QTest::newRow("patch beyond its document") << set("patch_at = 999999999") << 2;
        QTest::newRow("patch of less than nothing") << set("patch_at = -5, patch_cut = -5") << 2;
        QTest::newRow("workflow gone") << set("workflow = 99") << 2;
        QTest::newRow("attempt is huge") << set("attempt = 9223372036854775807") << 2;
        QTest::newRow("created is a text") << set("created = 'yesterday'") << 2;
        QTest::newRow("client is a blob") << set("client = X'00010203'") << 2;
        QTest::newRow("resubmitted itself") << set("resubmit_of = 'bad'") << 2;
        QTest::newRow("promised nonsense")
            << QStringLiteral("INSERT INTO output VALUES (X'0001', 'bad', 5)") << 2;
        QTest::newRow("table gone") << QStringLiteral("DROP TABLE output") << -1;
    }

    void hostileRows()
    {
        QFETCH(QString, change);
        QFETCH(int, left);
        {
            RunHistory history(m_file);
            const auto journal = history.journalFor(server);
            for (const QString& id : {QStringLiteral("bad"), QStringLiteral("good")}) {
                QVERIFY(waitFor(journal->add(requestOf(id), {}, stateOf(id, RunPhase::Queued), {})));
            }
        }
        QVERIFY(Sql(m_file).exec(change));
        RunHistory history(m_file);
        const auto runs = waitFor(history.journalFor(server)->takeOver());
        QCOMPARE(runs.has_value(), left >= 0);
        if (runs) {
            QCOMPARE(runs->size(), left);
            QCOMPARE(runs->last().request->id, PromptId(QStringLiteral("good")));
        }
    }

    void aDamagedFileIsMovedAside_data()
    {
        QTest::addColumn<int>("at"); // where noise begins; -1: the file is nothing but noise
        QTest::newRow("no database at all") << -1;
        QTest::newRow("header") << 0;
        QTest::newRow("pages") << 3000;
    }

    void aDamagedFileIsMovedAside()
    {
        QFETCH(int, at);
        {
            RunHistory history(m_file);
            const auto journal = history.journalFor(server);
            for (int i = 0; i < 200; ++i) {
                journal->add(requestOf(QString::number(i)), {}, stateOf(QString::number(i), RunPhase::Queued),
                             {});
            }
            QVERIFY(waitFor(journal->written()));
        }
        {
            QFile file(m_file);
            QVERIFY(file.open(QIODevice::ReadWrite));
            const QByteArray noise(at < 0 ? 5000 : file.size() - at, '\x5a');
            if (at < 0) {
                QVERIFY(file.resize(0));
            }
            QVERIFY(file.seek(std::max(0, at)));
            QCOMPARE(file.write(noise), noise.size());
        }
        RunHistory history(m_file);
        QSignalSpy problems(&history, &RunHistory::problemFound);
        const auto journal = history.journalFor(server);
        QVERIFY(waitFor(journal->takeOver())); // nothing can be read, and it goes on
        const QString id = QStringLiteral("new");
        QVERIFY(waitFor(journal->add(requestOf(id), {}, stateOf(id, RunPhase::Waiting), {})));
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(history.problem()->message.contains(QStringLiteral("damaged")));
        const QStringList kept =
            QDir(QFileInfo(m_file).path()).entryList({QStringLiteral("history.db.damaged-*")});
        QVERIFY(!kept.isEmpty());
        QVERIFY(history.problem()->hint.contains(kept.first()));
        QCOMPARE(Sql(m_file).value(QStringLiteral("SELECT count(*) FROM run")).toInt(), 1);
    }

    void filesThatAreNotOursAreLeftAlone_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("of a newer Gesso") << QStringLiteral("PRAGMA user_version = 999");
        QTest::newRow("of another program") << QStringLiteral("PRAGMA application_id = 1");
    }

    void filesThatAreNotOursAreLeftAlone()
    {
        QFETCH(QString, statement);
        {
            RunHistory history(m_file);
            QVERIFY(waitFor(history.journalFor(server)->written()));
        }
        QVERIFY(Sql(m_file).exec(statement));
        RunHistory history(m_file);
        QSignalSpy problems(&history, &RunHistory::problemFound);
        const auto journal = history.journalFor(server);
        const QString id = QStringLiteral("a");
        QVERIFY(waitFor(journal->add(requestOf(id), {}, stateOf(id, RunPhase::Waiting), {}))); // unkept
        journal->note(stateOf(id, RunPhase::Queued), {}, false);
        QTRY_COMPARE(problems.size(), 1); // told once
        QCOMPARE(history.problem()->kind, ErrorKind::DiskError);
        QCOMPARE(Sql(m_file).value(QStringLiteral("SELECT count(*) FROM run")).toInt(), 0);
        QVERIFY(QDir(QFileInfo(m_file).path()).entryList({QStringLiteral("*.damaged-*")}).isEmpty());
    }

    void aHomeThatCannotBeWrittenStopsNothing_data()
    {
        QTest::addColumn<QString>("inTheWay"); // a file where a folder should be
        QTest::newRow("nothing can be written") << QStringLiteral("data");
        QTest::newRow("others cannot see that it lives") << QStringLiteral("data/instances");
    }

    void aHomeThatCannotBeWrittenStopsNothing()
    {
        QFETCH(QString, inTheWay);
        QFile file(m_folder->filePath(inTheWay));
        QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly));
        RunHistory history(m_file);
        QSignalSpy problems(&history, &RunHistory::problemFound);
        const auto journal = history.journalFor(server);
        const QString id = QStringLiteral("a");
        QVERIFY(!journal->isKept());
        QVERIFY(waitFor(journal->add(requestOf(id), {}, stateOf(id, RunPhase::Waiting), {})));
        QCOMPARE(waitFor(journal->takeOver())->size(), 0);
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(history.problem()->message.contains(QStringLiteral("cannot be written")));
    }

    void waitsForALock()
    {
        RunHistory history(m_file);
        const auto journal = history.journalFor(server);
        QVERIFY(waitFor(journal->written()));
        Sql sql(m_file);
        QVERIFY(sql.exec(QStringLiteral("BEGIN EXCLUSIVE")));
        const QString id = QStringLiteral("a");
        const auto added = journal->add(requestOf(id), {}, stateOf(id, RunPhase::Waiting), {});
        QTest::qWait(200);
        QVERIFY(!added.isFinished());
        QVERIFY(sql.exec(QStringLiteral("COMMIT")));
        QVERIFY(waitFor(added));
    }

    void errorsSayWhatIsWrong_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("full") << QStringLiteral("13") << ErrorKind::DiskFull;
        QTest::newRow("read-only") << QStringLiteral("8") << ErrorKind::DiskError;
        QTest::newRow("moved while open (extended)") << QStringLiteral("1032") << ErrorKind::DiskError;
        QTest::newRow("cannot open") << QStringLiteral("14") << ErrorKind::DiskError;
        QTest::newRow("broken disk (extended)") << QStringLiteral("778") << ErrorKind::DiskError;
        QTest::newRow("locked") << QStringLiteral("5") << ErrorKind::Timeout;
        QTest::newRow("damaged") << QStringLiteral("11") << ErrorKind::Unreadable;
        QTest::newRow("damaged index (extended)") << QStringLiteral("779") << ErrorKind::Unreadable;
        QTest::newRow("no database") << QStringLiteral("26") << ErrorKind::Unreadable;
        QTest::newRow("too large") << QStringLiteral("18") << ErrorKind::TooLarge;
        QTest::newRow("same id") << QStringLiteral("2067") << ErrorKind::Internal;
    }

    void errorsSayWhatIsWrong()
    {
        QFETCH(QString, code);
        QFETCH(ErrorKind, kind);
        const Error error = history::errorFrom(
            QSqlError(QStringLiteral("driver"), QStringLiteral("sqlite"), QSqlError::StatementError, code));
        QCOMPARE(error.kind, kind);
        QVERIFY(!error.message.isEmpty());
        QVERIFY(error.detail.contains(QStringLiteral("sqlite")));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestRunHistory)
#include "tst_runhistory.moc"
