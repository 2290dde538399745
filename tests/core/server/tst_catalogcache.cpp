// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/catalogcache.h"

#include <QCoroTask>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

namespace {

ServerProfile profile()
{
    ServerProfile server;
    server.url = QUrl(QStringLiteral("http://gpu:8188"));
    return server;
}

const QByteArray oneClass(R"({"KSampler":{"input":{"required":{}},"output":[],"name":"KSampler"}})");

} // namespace

class TestCatalogCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatAServerSaid()
    {
        QTemporaryDir folder;
        const CatalogCache cache(folder.path(), profile());
        const Result<NodeCatalogPtr> fresh = QCoro::waitFor(cache.refresh(oneClass, nullptr));
        QVERIFY(fresh);
        QCOMPARE((*fresh)->size(), 1);
        const Result<NodeCatalogPtr> same = QCoro::waitFor(cache.refresh(oneClass, *fresh));
        QVERIFY(same);
        QCOMPARE(same->get(), fresh->get());
        QTRY_VERIFY(QCoro::waitFor(CatalogCache(folder.path(), profile()).load())); // it is kept by and by
    }

    // Not Unreadable: a script would look for the fault in its own files (exit code 2).
    void aServersNonsenseIsTheServers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("a page") << QByteArray("<html>Log in</html>");
        QTest::newRow("a list") << QByteArray("[1,2]");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut") << oneClass.chopped(3);
    }

    void aServersNonsenseIsTheServers()
    {
        QFETCH(QByteArray, answer);
        QTemporaryDir folder;
        const CatalogCache cache(folder.path(), profile());
        const Result<NodeCatalogPtr> read = QCoro::waitFor(cache.refresh(answer, nullptr));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Protocol);
        QVERIFY(!read.error().hint.isEmpty());
        QVERIFY(!QCoro::waitFor(CatalogCache(folder.path(), profile()).load()));
    }
};

QTEST_GUILESS_MAIN(TestCatalogCache)
#include "tst_catalogcache.moc"
