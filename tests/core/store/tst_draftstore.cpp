// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/draftstore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace gesso;

class TestDraftStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatADeadWindowLeftIsAdopted();
    void whatALivingWindowKeepsIsLeftAlone();
    void onlyOneGetsIt();
    void adoptedDraftsGoToTheNextIfThisOneDies();
    void newestFirst();
    void whatCannotBeReadIsKeptAside_data();
    void whatCannotBeReadIsKeptAside();
    void otherFilesAreLeftAlone();
    void aFolderThatCannotBeWrittenIsTold();
    void fingerprintsTellContentsApart();

private:
    static Draft draft(const QString& title, int minute = 0);
    static QStringList files(const QTemporaryDir& folder);
    static void put(const QString& path, const QByteArray& bytes);
};

Draft TestDraftStore::draft(const QString& title, int minute)
{
    Draft made;
    made.source = QStringLiteral("/workflows/Mühle 風車.json");
    made.fingerprint = "12-abc";
    made.title = title;
    made.changed = QDateTime(QDate(2026, 3, 1), QTime(14, minute, 2, 7), Qt::UTC);
    made.values = Json::parse(R"([{"node": "3", "input": "seed", "value": 18446744073709551615}])");
    made.workflow = Json::parse(R"({"nodes": [], "extra": {"b": 1.0, "a": 2}})");
    return made;
}

QStringList TestDraftStore::files(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList(QDir::Files, QDir::Name);
}

void TestDraftStore::put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void TestDraftStore::whatADeadWindowLeftIsAdopted()
{
    QTemporaryDir folder;
    {
        DraftStore dead(folder.path());
        QVERIFY(dead.write(draft(QStringLiteral("first"))));
        QVERIFY(dead.write(draft(QStringLiteral("Mühle \U0001F3A8")))); // replaces its own
    }
    DraftStore store(folder.path());
    const DraftStore::Adopted adopted = store.adopt();
    QCOMPARE(adopted.problems.size(), 0);
    QCOMPARE(adopted.drafts.size(), 1);
    const Draft& found = adopted.drafts.constFirst();
    const Draft expected = draft(QStringLiteral("Mühle \U0001F3A8"));
    QCOMPARE(found.title, expected.title);
    QCOMPARE(found.source, expected.source);
    QCOMPARE(found.fingerprint, expected.fingerprint);
    QCOMPARE(found.changed, expected.changed);
    QCOMPARE(writeJson(found.values), writeJson(expected.values));
    QCOMPARE(writeJson(found.workflow), writeJson(expected.workflow)); // order and 1.0 as they were
    DraftStore::remove(found);
    QVERIFY(DraftStore(folder.path()).adopt().drafts.isEmpty());
}

void TestDraftStore::whatALivingWindowKeepsIsLeftAlone()
{
    QTemporaryDir folder;
    DraftStore first(folder.path());
    DraftStore second(folder.path());
    QVERIFY(first.write(draft(QStringLiteral("first"))));
    QVERIFY(second.write(draft(QStringLiteral("second"))));
    QVERIFY(second.adopt().drafts.isEmpty());
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.json")}).size(), 2);
    first.removeOwn();
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.json")}).size(), 1);
}

void TestDraftStore::onlyOneGetsIt()
{
    QTemporaryDir folder;
    QVERIFY(DraftStore(folder.path()).write(draft(QStringLiteral("left"))));
    DraftStore first(folder.path());
    DraftStore second(folder.path());
    QCOMPARE(first.adopt().drafts.size() + second.adopt().drafts.size(), 1);
}

void TestDraftStore::adoptedDraftsGoToTheNextIfThisOneDies()
{
    QTemporaryDir folder;
    QVERIFY(DraftStore(folder.path()).write(draft(QStringLiteral("left"))));
    {
        DraftStore dies(folder.path());
        QCOMPARE(dies.adopt().drafts.size(), 1);
        QVERIFY(dies.write(draft(QStringLiteral("its own"), 5)));
    }
    QCOMPARE(DraftStore(folder.path()).adopt().drafts.size(), 2);
}

void TestDraftStore::newestFirst()
{
    QTemporaryDir folder;
    for (const int minute : {3, 9, 5}) {
        QVERIFY(DraftStore(folder.path()).write(draft(QString::number(minute), minute)));
    }
    QStringList titles;
    DraftStore store(folder.path());
    for (const Draft& found : store.adopt().drafts) {
        titles.append(found.title);
    }
    QCOMPARE(titles, (QStringList{QStringLiteral("9"), QStringLiteral("5"), QStringLiteral("3")}));
}

void TestDraftStore::whatCannotBeReadIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = R"({"gessoDraft":1,"source":"/a.json","fingerprint":"","title":"a",)"
                            R"("changed":"2026-03-01T14:00:00.000Z","values":[],"workflow":{}})";
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\x00\xff\xfe garbage", 12);
    QTest::newRow("cut") << good.left(60);
    QTest::newRow("another version") << QByteArray(good).replace(":1,", ":2,");
    QTest::newRow("no number") << QByteArray(good).replace(":1,", ":[],");
    QTest::newRow("relative source") << QByteArray(good).replace("/a.json", "../a.json");
    QTest::newRow("no time") << QByteArray(good).replace("2026-03-01T14:00:00.000Z", "soon");
    QTest::newRow("values are no list") << QByteArray(good).replace("[]", "{}");
    QTest::newRow("workflow is no object") << QByteArray(good).replace(":{}", ":7");
    QTest::newRow("deep") << QByteArray(100'000, '[');
}

void TestDraftStore::whatCannotBeReadIsKeptAside()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    const QString name = QString(QString(32, u'a') + QStringLiteral("-0.json"));
    put(folder.filePath(name), bytes);
    DraftStore store(folder.path());
    const DraftStore::Adopted adopted = store.adopt();
    QCOMPARE(adopted.drafts.size(), 0);
    QCOMPARE(adopted.problems.size(), 1);
    const QStringList kept = QDir(folder.path()).entryList({QStringLiteral("*.broken")});
    QCOMPARE(kept.size(), 1);
    QVERIFY(adopted.problems.constFirst().hint.contains(kept.constFirst()));
    QFile file(folder.filePath(kept.constFirst()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
    QCOMPARE(DraftStore(folder.path()).adopt().problems.size(), 0); // told once
}

void TestDraftStore::otherFilesAreLeftAlone()
{
    QTemporaryDir folder;
    const QStringList names{QStringLiteral("mine.json"), QStringLiteral("../-0.json"),
                            QString(QString(32, u'A') + QStringLiteral("-0.json")),
                            QString(QString(32, u'a') + QStringLiteral("-x.json"))};
    for (const QString& name : names) {
        put(folder.filePath(QString(name).replace(u'/', u'_')), "{}");
    }
    const QStringList before = files(folder);
    const QString real = folder.filePath(QStringLiteral("mine.json"));
    const QString link = folder.filePath(QString(QString(32, u'b') + QStringLiteral("-0.json")));
    QVERIFY(QFile::link(real, link));
    DraftStore store(folder.path());
    const DraftStore::Adopted adopted = store.adopt();
    QCOMPARE(adopted.drafts.size() + adopted.problems.size(), 0);
    for (const QString& name : before) {
        QVERIFY2(files(folder).contains(name), qPrintable(name));
    }
}

void TestDraftStore::aFolderThatCannotBeWrittenIsTold()
{
    QTemporaryDir folder;
    const QString blocked = folder.filePath(QStringLiteral("file"));
    put(blocked, "a file where a folder should be");
    DraftStore store(blocked);
    const Result<void> written = store.write(draft(QStringLiteral("lost")));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::DiskError);
    QVERIFY(!written.error().hint.isEmpty());
    QVERIFY(store.adopt().drafts.isEmpty());
}

void TestDraftStore::fingerprintsTellContentsApart()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.json"));
    put(path, "one");
    const QByteArray one = fingerprintOf(path);
    put(path, "two");
    QVERIFY(!one.isEmpty());
    QVERIFY(fingerprintOf(path) != one);
    put(path, "one");
    QCOMPARE(fingerprintOf(path), one);
    QVERIFY(fingerprintOf(folder.path()).isEmpty());
    QVERIFY(fingerprintOf(folder.filePath(QStringLiteral("none"))).isEmpty());
}

QTEST_GUILESS_MAIN(TestDraftStore)
#include "tst_draftstore.moc"
