// SPDX-License-Identifier: GPL-3.0-or-later
// The disk under the history is full, used up or broken: nothing is sent that is not on it, nothing that is
// under way is lost, and all is made up for when it is well again.
#include "tests/core/run/keptfixture.h"
#include "tests/testkit/faultydisk.h"

#include <QDir>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <cerrno>

using namespace gesso;
using testkit::FaultyDisk;
using testkit::KeptFixture;

namespace {

// What is asked of the file from outside.
QVariant inFile(const KeptFixture& f, const QString& sql)
{
    QVariant value;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
        database.setDatabaseName(f.data.filePath(QStringLiteral("history.db")));
        QSqlQuery query(database);
        if (database.open() && (query = QSqlQuery(database)).exec(sql) && query.next()) {
            value = query.value(0);
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("outside"));
    return value;
}

QString phaseInFile(const KeptFixture& f, const PromptId& id)
{
    return inFile(f, QStringLiteral("SELECT phase FROM run WHERE id = '%1'").arg(id.toString())).toString();
}

PromptId idOf(int number)
{
    return PromptId(QString::number(number));
}

constexpr int roomAgainMs = 15'000; // it is looked after every two seconds

} // namespace

class TestFaultyDisk : public QObject
{
    Q_OBJECT

private:
    static void addTroubles()
    {
        QTest::addColumn<int>("room");
        QTest::addColumn<int>("error");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("full") << 0 << 0 << ErrorKind::DiskFull;
        QTest::newRow("nearly full") << 3000 << 0 << ErrorKind::DiskFull;
        QTest::newRow("quota used up") << -1 << EDQUOT << ErrorKind::DiskFull;
        QTest::newRow("broken") << -1 << EIO << ErrorKind::DiskError;
        QTest::newRow("remounted read-only") << -1 << EROFS << ErrorKind::DiskError;
    }

private Q_SLOTS:
    void whatCannotBeWrittenIsNotSent_data() { addTroubles(); }

    void whatCannotBeWrittenIsNotSent()
    {
        QFETCH(int, room);
        QFETCH(int, error);
        QFETCH(ErrorKind, kind);
        KeptFixture f;
        f.keepQueue();
        const PromptId before = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(before), RunPhase::Queued);
        FaultyDisk disk(f.data.path());
        disk.setFree(room);
        disk.breakDown(error);
        f.api.calls.clear();
        RunRequest large = f.request(QStringLiteral("1"));
        large.workflow = Json{{"nodes", std::string(20'000, 'x')}}; // more than may be left
        f.service->submit(large);
        QTRY_COMPARE(f.phase(large.id), RunPhase::Failed);
        QVERIFY(disk.refusals() > 0);
        QCOMPARE(f.api.count(QStringLiteral("submit 1")), 0);
        const Error told = *f.state(large.id).error;
        QCOMPARE(told.kind, kind);
        QVERIFY(told.message.contains(QStringLiteral("not sent")));
        QVERIFY(!told.hint.isEmpty());
        if (kind == ErrorKind::DiskFull) {
            QVERIFY(told.message.contains(QDir::toNativeSeparators(f.data.path())));
        }
        QTRY_VERIFY(f.history->problem().has_value());
        QCOMPARE(f.history->problem()->kind, kind);

        disk.setFree(-1);
        disk.breakDown(0);
        const PromptId after = f.submit(QStringLiteral("2"));
        QTRY_COMPARE(f.phase(after), RunPhase::Queued);
        f.finish();
        QCOMPARE(phaseInFile(f, large.id), QString());
        QCOMPARE(phaseInFile(f, before), QStringLiteral("queued"));
        QCOMPARE(phaseInFile(f, after), QStringLiteral("queued"));
        QCOMPARE(inFile(f, QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
    }

    // The results are on another disk.
    void aRunUnderWayEndsAndIsWrittenLater_data() { addTroubles(); }

    void aRunUnderWayEndsAndIsWrittenLater()
    {
        QFETCH(int, room);
        QFETCH(int, error);
        QFETCH(ErrorKind, kind);
        KeptFixture f;
        f.keepQueue();
        const PromptId a = f.submit(QStringLiteral("0"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QTRY_COMPARE(phaseInFile(f, a), QStringLiteral("queued"));
        QSignalSpy problems(f.history.get(), &RunHistory::problemFound);
        QSignalSpy solved(f.history.get(), &RunHistory::problemSolved);
        FaultyDisk disk(f.data.path());
        disk.setFree(room > 0 ? 0 : room); // what little is left would do
        disk.breakDown(error);
        f.runThrough(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QVERIFY(!f.state(a).error);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("0.png")});
        QTRY_COMPARE(problems.size(), 1);
        QCOMPARE(f.history->problem()->kind, kind);
        QTest::qWait(100);
        QCOMPARE(problems.size(), 1); // told once
        QCOMPARE(solved.size(), 0);
        disk.setFree(-1);
        disk.breakDown(0);
        QTRY_COMPARE_WITH_TIMEOUT(phaseInFile(f, a), QStringLiteral("done"), roomAgainMs);
        QTRY_COMPARE(solved.size(), 1);
        QVERIFY(!f.history->problem());
        f.restart();
        QVERIFY(f.service->runs().isEmpty());
    }

    void runsThatWaitHereWaitForRoom()
    {
        KeptFixture f;
        f.service->setAhead(1);
        f.keepQueue();
        for (int i = 0; i < 3; ++i) {
            f.submit(QString::number(i));
        }
        QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Queued);
        QTRY_COMPARE(phaseInFile(f, idOf(2)), QStringLiteral("waiting"));
        FaultyDisk disk(f.data.path());
        disk.setFree(0);
        f.runThrough(idOf(0));
        QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Done);
        QTest::qWait(100); // its turn has come, and comes again
        QVERIFY(disk.refusals() > 0);
        QCOMPARE(f.api.submitted.size(), 1);
        QVERIFY(!isEnded(f.phase(idOf(1))));
        QCOMPARE(f.phase(idOf(2)), RunPhase::Waiting);
        disk.setFree(-1);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(idOf(1)), RunPhase::Queued, roomAgainMs);
        f.runThrough(idOf(1));
        QTRY_COMPARE(f.phase(idOf(2)), RunPhase::Queued);
        f.runThrough(idOf(2));
        QTRY_COMPARE(f.phase(idOf(2)), RunPhase::Done);
        QCOMPARE(f.api.submitted.size(), 3);
        QCOMPARE(f.filesOnDisk().size(), 3);
    }

    void killedOnAFullDisk()
    {
        KeptFixture f;
        f.service->setAhead(1);
        f.keepQueue();
        f.submit(QStringLiteral("0"));
        f.submit(QStringLiteral("1"));
        QTRY_COMPARE(phaseInFile(f, idOf(1)), QStringLiteral("waiting"));
        QTRY_COMPARE(phaseInFile(f, idOf(0)), QStringLiteral("queued"));
        {
            FaultyDisk disk(f.data.path());
            disk.setFree(0);
            f.runThrough(idOf(0));
            QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Done);
            f.finish(); // what it could not write is gone with it
            QVERIFY(disk.refusals() > 0);
        }
        f.restart();
        QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Done); // found on the server
        QTRY_COMPARE(f.phase(idOf(1)), RunPhase::Queued);
        QCOMPARE(f.api.submitted.size(), 2);
        QCOMPARE(inFile(f, QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
    }

    void fullAtTheStart_data()
    {
        QTest::addColumn<bool>("isFirst"); // there is no history yet
        QTest::addColumn<int>("room");
        QTest::newRow("the first start") << true << 0;
        QTest::newRow("with runs to take over") << false << 0;
        QTest::newRow("with room to open the file, and no more") << false << 40'000;
    }

    void fullAtTheStart()
    {
        QFETCH(bool, isFirst);
        QFETCH(int, room);
        KeptFixture f;
        f.keepQueue();
        if (!isFirst) {
            const PromptId a = f.submit(QStringLiteral("0"));
            QTRY_COMPARE(f.phase(a), RunPhase::Queued);
            f.api.queueState.pending.clear();
            f.addHistory(a, {QStringLiteral("x.png")});
        }
        f.finish();
        if (isFirst) {
            QVERIFY(QDir(f.data.path()).removeRecursively() && QDir().mkpath(f.data.path()));
        }
        FaultyDisk disk(f.data.path());
        disk.setFree(room);
        f.api.calls.clear();
        f.begin();
        QVERIFY(!QCoro::waitFor(f.service->restore()));
        QTRY_VERIFY(f.history->problem().has_value());
        QCOMPARE(f.history->problem()->detail.contains(QStringLiteral("disk is full")),
                 room > 0); // by SQLite
        const PromptId b = f.submit(QStringLiteral("1"));
        QTRY_COMPARE(f.phase(b), RunPhase::Failed);
        QCOMPARE(f.state(b).error->kind, ErrorKind::DiskFull);
        QCOMPARE(f.api.count(QStringLiteral("submit 1")), 0);
        disk.setFree(-1);
        if (!isFirst) { // they are not forgotten
            QTRY_VERIFY(f.service->state(idOf(0)) != nullptr);
            QTRY_COMPARE(f.phase(idOf(0)), RunPhase::Done);
            QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        }
        const PromptId c = f.submit(QStringLiteral("2"));
        QTRY_COMPARE(f.phase(c), RunPhase::Queued);
        QCOMPARE(phaseInFile(f, c).isEmpty(), false);
        QVERIFY(QDir(f.data.path()).entryList({QStringLiteral("*.damaged-*")}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFaultyDisk)
#include "tst_faultydisk.moc"
