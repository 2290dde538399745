// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/cache.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

namespace {

QStringList contents(const QString& folder)
{
    return QDir(folder + QStringLiteral("/content")).entryList(QDir::Files);
}

} // namespace

class TestCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasPut()
    {
        const QTemporaryDir folder;
        const Cache cache(folder.path(), 1000);
        QVERIFY(!cache.get(QStringLiteral("a")));
        QVERIFY(cache.put(QStringLiteral("a"), "one"));
        QVERIFY(cache.put(QStringLiteral("../b/\u202E"), "one")); // any name will do
        QCOMPARE(cache.get(QStringLiteral("a")).value(), QByteArray("one"));
        QCOMPARE(cache.get(QStringLiteral("../b/\u202E")).value(), QByteArray("one"));
        QCOMPARE(contents(folder.path()).size(), 1); // one content, two names
        QVERIFY(cache.put(QStringLiteral("a"), "two"));
        QCOMPARE(cache.get(QStringLiteral("a")).value(), QByteArray("two"));
    }

    void damagedContentIsNotThere()
    {
        const QTemporaryDir folder;
        const Cache cache(folder.path(), 1000);
        QVERIFY(cache.put(QStringLiteral("a"), "one"));
        QFile file(folder.path() + QStringLiteral("/content/") + contents(folder.path()).first());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("two") == 3);
        file.close();
        QVERIFY(!cache.get(QStringLiteral("a")));
        QVERIFY(cache.put(QStringLiteral("a"), "one")); // and is mended
        QCOMPARE(cache.get(QStringLiteral("a")).value(), QByteArray("one"));
    }

    void aForgedNameLeadsNowhere()
    {
        const QTemporaryDir folder;
        const Cache cache(folder.path(), 1000);
        QVERIFY(cache.put(QStringLiteral("a"), "one"));
        QDirIterator it(folder.path() + QStringLiteral("/names"), QDir::Files);
        QFile name(it.next());
        QVERIFY(name.open(QIODevice::WriteOnly) && name.write("../../../etc/passwd") > 0);
        name.close();
        QVERIFY(!cache.get(QStringLiteral("a")));
    }

    void theOldestGoesFirst()
    {
        const QTemporaryDir folder;
        const Cache cache(folder.path(), 1000);
        const QDateTime past = QDateTime::currentDateTime().addDays(-1);
        for (int i = 0; i < 4; ++i) {
            QVERIFY(cache.put(QString::number(i), QByteArray(300, char('a' + i))));
            QFile file(folder.path() + QStringLiteral("/content/")
                       + QDir(folder.path() + QStringLiteral("/content"))
                             .entryList(QDir::Files, QDir::Time)
                             .first());
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(past.addSecs(i), QFileDevice::FileModificationTime));
            file.close();
            if (i == 2) {
                QVERIFY(cache.get(QStringLiteral("0"))); // used: no longer the oldest
            }
        }
        QVERIFY(cache.get(QStringLiteral("0")));
        QVERIFY(!cache.get(QStringLiteral("1")));
        QVERIFY(cache.get(QStringLiteral("3")));
        QVERIFY(contents(folder.path()).size() <= 3);
    }

    void tooLargeIsRefused()
    {
        const QTemporaryDir folder;
        const Result<void> put = Cache(folder.path(), 10).put(QStringLiteral("a"), QByteArray(11, 'x'));
        QVERIFY(!put);
        QCOMPARE(put.error().kind, ErrorKind::TooLarge);
    }

    void anUnwritableFolderIsAnError()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Result<void> put =
            Cache(folder.filePath(QStringLiteral("file")), 100).put(QStringLiteral("a"), "x");
        QVERIFY(!put);
        QCOMPARE(put.error().kind, ErrorKind::DiskError);
    }
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
