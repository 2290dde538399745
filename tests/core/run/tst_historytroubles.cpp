// SPDX-License-Identifier: GPL-3.0-or-later
// What the history makes of a file that is damaged, locked, or not its own.
#include "core/store/historyschema.h"
#include "tests/core/run/historytesting.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlError>
#include <QTest>

using namespace gesso;
using testkit::addRun;
using testkit::Sql;
using testkit::stateOf;
using testkit::waitFor;

namespace {

const QString server = testkit::historyServer;

} // namespace

class TestHistoryTroubles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_place = std::make_unique<testkit::HistoryPlace>(); }

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
            RunHistory history(m_place->file());
            const auto journal = history.journalFor(server);
            for (const QString& id : {QStringLiteral("bad"), QStringLiteral("good")}) {
                QVERIFY(waitFor(addRun(*journal, id, RunPhase::Queued)));
            }
        }
        QVERIFY(Sql(m_place->file()).exec(change));
        RunHistory history(m_place->file());
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
            RunHistory history(m_place->file());
            const auto journal = history.journalFor(server);
            for (int i = 0; i < 200; ++i) {
                addRun(*journal, QString::number(i), RunPhase::Queued);
            }
            QVERIFY(waitFor(journal->written()));
        }
        {
            QFile file(m_place->file());
            QVERIFY(file.open(QIODevice::ReadWrite));
            const QByteArray noise(at < 0 ? 5000 : file.size() - at, '\x5a');
            if (at < 0) {
                QVERIFY(file.resize(0));
            }
            QVERIFY(file.seek(std::max(0, at)));
            QCOMPARE(file.write(noise), noise.size());
        }
        RunHistory history(m_place->file());
        QSignalSpy problems(&history, &RunHistory::problemFound);
        const auto journal = history.journalFor(server);
        QVERIFY(waitFor(journal->takeOver())); // nothing can be read, and it goes on
        const QString id = QStringLiteral("new");
        QVERIFY(waitFor(addRun(*journal, id, RunPhase::Waiting)));
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(history.problem()->message.contains(QStringLiteral("damaged")));
        const QStringList kept =
            QDir(QFileInfo(m_place->file()).path()).entryList({QStringLiteral("history.db.damaged-*")});
        QVERIFY(!kept.isEmpty());
        QVERIFY(history.problem()->hint.contains(kept.first()));
        QCOMPARE(Sql(m_place->file()).value(QStringLiteral("SELECT count(*) FROM run")).toInt(), 1);
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
            RunHistory history(m_place->file());
            QVERIFY(waitFor(history.journalFor(server)->written()));
        }
        QVERIFY(Sql(m_place->file()).exec(statement));
        RunHistory history(m_place->file());
        QSignalSpy problems(&history, &RunHistory::problemFound);
        const auto journal = history.journalFor(server);
        const QString id = QStringLiteral("a");
        QVERIFY(waitFor(addRun(*journal, id, RunPhase::Waiting))); // unkept
        journal->note(stateOf(id, RunPhase::Queued), {}, false);
        QTRY_COMPARE(problems.size(), 1); // told once
        QCOMPARE(history.problem()->kind, ErrorKind::DiskError);
        QCOMPARE(Sql(m_place->file()).value(QStringLiteral("SELECT count(*) FROM run")).toInt(), 0);
        QVERIFY(QDir(QFileInfo(m_place->file()).path()).entryList({QStringLiteral("*.damaged-*")}).isEmpty());
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
        QFile file(m_place->path(inTheWay));
        QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly));
        RunHistory history(m_place->file());
        QSignalSpy problems(&history, &RunHistory::problemFound);
        const auto journal = history.journalFor(server);
        const QString id = QStringLiteral("a");
        QVERIFY(!journal->isKept());
        QVERIFY(waitFor(addRun(*journal, id, RunPhase::Waiting)));
        QCOMPARE(waitFor(journal->takeOver())->size(), 0);
        QTRY_COMPARE(problems.size(), 1);
        QVERIFY(history.problem()->message.contains(QStringLiteral("cannot be written")));
    }

    void waitsForALock()
    {
        RunHistory history(m_place->file());
        const auto journal = history.journalFor(server);
        QVERIFY(waitFor(journal->written()));
        Sql sql(m_place->file());
        QVERIFY(sql.exec(QStringLiteral("BEGIN EXCLUSIVE")));
        const QString id = QStringLiteral("a");
        const auto added = addRun(*journal, id, RunPhase::Waiting);
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
    std::unique_ptr<testkit::HistoryPlace> m_place;
};

QTEST_GUILESS_MAIN(TestHistoryTroubles)
#include "tst_historytroubles.moc"
