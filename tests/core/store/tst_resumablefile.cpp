// SPDX-License-Identifier: GPL-3.0-or-later
// Half written files: going on with them, leaving those of others alone, and names taken at the same moment.
#include "core/store/outputstore.h"
#include "core/store/partnotes.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtConcurrent>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace gesso;

namespace {

const QByteArray kSource = "run and file";

// Small files are resumed here, too.
OutputStore anySize()
{
    return OutputStore({}, 0);
}

FileVersion version(qint64 bytes)
{
    return {"\"tag\"", "Sat, 07 Mar 2026 10:00:00 GMT", bytes};
}

QStringList entries(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// "half" of "half and half", left behind.
void leaveHalf(const QString& folder)
{
    auto file = anySize().resume(folder, QStringLiteral("x.png"), kSource);
    QVERIFY(file && (*file)->startOver(version(13)) && (*file)->write("half"));
}

QString partPath(const QTemporaryDir& folder)
{
    return folder.filePath(partFileName(kSource));
}

// So many files of one name, each with other content; true if all were written.
bool writeMany(const QString& folder, const QByteArray& who, int count)
{
    for (int i = 0; i < count; ++i) {
        auto file = OutputStore().create(folder, QStringLiteral("x.png"));
        if (!file || !(*file)->write(QByteArray(who + QByteArray::number(i))) || !(*file)->commit()) {
            return false;
        }
    }
    return true;
}

void compareWithWritten(const QString& folder, const QList<QByteArray>& who, int count)
{
    QSet<QByteArray> contents;
    const QStringList names = entries(folder);
    for (const QString& name : names) {
        contents.insert(contentOf(folder + u'/' + name));
    }
    QCOMPARE(names.size(), who.size() * count); // and nothing half written
    QCOMPARE(contents.size(), who.size() * count); // none overwritten
    QVERIFY(names.contains(QStringLiteral("x.png")));
    QVERIFY(names.contains(QStringLiteral("x (%1).png").arg(who.size() * count)));
}

} // namespace

class TestResumableFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnWhereItStopped()
    {
        const QTemporaryDir folder;
        leaveHalf(folder.path());
        QCOMPARE(entries(folder.path()).size(), 2); // with its note
        QVERIFY(!entries(folder.path()).contains(QStringLiteral("x.png")));
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY(file);
        QCOMPARE((*file)->bytesWritten(), 4);
        QCOMPARE((*file)->version(), version(13));
        QVERIFY((*file)->write(" and half"));
        QCOMPARE((*file)->commit().value(), folder.filePath(QStringLiteral("x.png")));
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("x.png"))), "half and half");
        QCOMPARE(entries(folder.path()), QStringList{QStringLiteral("x.png")});
    }

    void anotherStateStartsOver()
    {
        const QTemporaryDir folder;
        leaveHalf(folder.path());
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY((*file)->startOver(version(3)) && (*file)->write("new"));
        QCOMPARE(contentOf((*file)->commit().value()), "new");
        QCOMPARE(entries(folder.path()), QStringList{QStringLiteral("x.png")});
    }

    // A note costs as much as the file: nothing is left of it.
    void aSmallFileIsFetchedOnceMore_data()
    {
        QTest::addColumn<qint64>("bytes"); // of the whole
        QTest::addColumn<int>("left"); // files
        QTest::newRow("small") << OutputStore::leastResumable - 1 << 0;
        QTest::newRow("large") << OutputStore::leastResumable << 2;
    }

    void aSmallFileIsFetchedOnceMore()
    {
        QFETCH(qint64, bytes);
        QFETCH(int, left);
        const QTemporaryDir folder;
        {
            auto file = OutputStore().resume(folder.path(), QStringLiteral("x.png"), kSource);
            QVERIFY(file && (*file)->startOver(version(bytes)) && (*file)->write("half"));
            QCOMPARE((*file)->resumableBytes(), left > 0 ? 4 : 0);
        }
        QCOMPARE(entries(folder.path()).size(), left);
        const auto again = OutputStore().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QCOMPARE((*again)->bytesWritten(), left > 0 ? 4 : 0);
    }

    void theLastByteIsFetchedAgain()
    {
        const QTemporaryDir folder;
        {
            auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
            QVERIFY(file && (*file)->startOver(version(5)) && (*file)->write("whole"));
        }
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QCOMPARE((*file)->bytesWritten(), 4);
        QVERIFY((*file)->write("e"));
        QCOMPARE(contentOf((*file)->commit().value()), "whole");
    }

    void whatCannotBeTrustedStartsOver_data()
    {
        QTest::addColumn<QByteArray>("note"); // %1 … none at all
        const QByteArray boot = QSysInfo::bootUniqueId();
        QTest::newRow("no note") << QByteArray();
        QTest::newRow("noise") << QByteArray(3000, '\xFE');
        QTest::newRow("endless") << QByteArray(100'000, '[');
        QTest::newRow("of another start of the system")
            << QByteArray(R"({"etag":"\"tag\"","lastModified":"x","totalBytes":13,"boot":"no"})");
        QTest::newRow("without length")
            << QByteArray(R"({"etag":"\"tag\"","lastModified":"x","boot":")" + boot + "\"}");
        QTest::newRow("negative length")
            << QByteArray(R"({"etag":"\"tag\"","lastModified":"x","totalBytes":-5,"boot":")" + boot + "\"}");
        QTest::newRow("weak name") << QByteArray(
            R"({"etag":"W/\"tag\"","lastModified":"","totalBytes":13,"boot":")" + boot + "\"}");
    }

    void whatCannotBeTrustedStartsOver()
    {
        QFETCH(QByteArray, note);
        const QTemporaryDir folder;
        leaveHalf(folder.path());
        removeNote(partPath(folder));
        if (!note.isEmpty()) {
            QFile file(noteFileName(partPath(folder)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(note) == note.size());
        }
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY(file);
        QCOMPARE((*file)->bytesWritten(), 0);
        QVERIFY((*file)->startOver(version(3)) && (*file)->write("new"));
        QCOMPARE(contentOf((*file)->commit().value()), "new");
        QCOMPARE(entries(folder.path()), QStringList{QStringLiteral("x.png")});
    }

    void moreThanAnnouncedIsRefused()
    {
        const QTemporaryDir folder;
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY((*file)->startOver(version(4)) && (*file)->write("four"));
        const Result<void> more = (*file)->write("!");
        QVERIFY(!more);
        QCOMPARE(more.error().kind, ErrorKind::Protocol);
        file->reset();
        QCOMPARE(entries(folder.path()), QStringList());
    }

    void lessThanAnnouncedGetsNoName()
    {
        const QTemporaryDir folder;
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY((*file)->startOver(version(13)) && (*file)->write("half"));
        const Result<QString> path = (*file)->commit();
        QVERIFY(!path);
        QCOMPARE(path.error().kind, ErrorKind::Unreachable); // tried again
        QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("x.png"))));
        QCOMPARE((*file)->resumableBytes(), 4);
    }

    void discardedLeavesNothing()
    {
        const QTemporaryDir folder;
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY((*file)->startOver(version(13)) && (*file)->write("half"));
        (*file)->discard();
        QCOMPARE(entries(folder.path()), QStringList());
    }

    // Two that download the same never write one file.
    void twoAtOnceHaveTheirOwn()
    {
        const QTemporaryDir folder;
        const OutputStore store = anySize();
        leaveHalf(folder.path());
        auto first = store.resume(folder.path(), QStringLiteral("x.png"), kSource);
        auto second = store.resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY(first && second);
        QCOMPARE((*first)->bytesWritten(), 4);
        QCOMPARE((*second)->bytesWritten(), 0);
        QVERIFY((*second)->startOver(version(6)) && (*second)->write("second"));
        QVERIFY((*first)->write(" and half"));
        QCOMPARE(contentOf((*second)->commit().value()), "second");
        QCOMPARE(contentOf((*first)->commit().value()), "half and half");
    }

    // The hidden name can be foreseen: somebody may have laid something there.
    void linksInItsPlaceAreNotFollowed_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"symbolic", "hard", "dangling", "pipe", "folder"}) {
            QTest::newRow(kind) << QString::fromLatin1(kind);
        }
    }

    void linksInItsPlaceAreNotFollowed()
    {
#ifndef Q_OS_UNIX
        QSKIP("links need rights here");
#else
        QFETCH(QString, kind);
        const QTemporaryDir folder;
        const QTemporaryDir outside;
        const QString target = outside.filePath(QStringLiteral("precious"));
        QFile precious(target);
        QVERIFY(precious.open(QIODevice::WriteOnly) && precious.write("precious") == 8);
        precious.close();
        const QByteArray from = QFile::encodeName(target);
        const QByteArray to = QFile::encodeName(partPath(folder));
        if (kind == QLatin1String("hard")) {
            QCOMPARE(::link(from.constData(), to.constData()), 0);
        } else if (kind == QLatin1String("pipe")) {
            QCOMPARE(QProcess::execute(QStringLiteral("mkfifo"), {partPath(folder)}), 0);
        } else if (kind == QLatin1String("folder")) {
            QVERIFY(QDir().mkdir(partPath(folder)));
        } else {
            const QByteArray where = kind == QLatin1String("dangling") ? from + "-gone" : from;
            QCOMPARE(::symlink(where.constData(), to.constData()), 0);
        }
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QVERIFY(file);
        QVERIFY((*file)->startOver(version(5)) && (*file)->write("bytes"));
        QCOMPARE(contentOf((*file)->commit().value()), "bytes");
        QCOMPARE(contentOf(target), "precious");
        QCOMPARE(entries(outside.path()), QStringList{QStringLiteral("precious")});
#endif
    }

    void sweepLeavesWhatCanBeResumed()
    {
        const QTemporaryDir folder;
        leaveHalf(folder.path());
        QFile orphan(folder.filePath(QStringLiteral(".gesso-orphan.json")));
        QVERIFY(orphan.open(QIODevice::WriteOnly));
        orphan.close();
        QCOMPARE(OutputStore().sweep(folder.path()), 0);
        QCOMPARE(entries(folder.path()).size(), 2);

        QFile part(partPath(folder));
        QVERIFY(part.open(QIODevice::ReadWrite));
        QVERIFY(part.setFileTime(QDateTime::currentDateTime().addDays(-8), QFile::FileModificationTime));
        part.close();
        QCOMPARE(OutputStore().sweep(folder.path()), 1);
        QCOMPARE(entries(folder.path()), QStringList());
    }

    void aKilledProgramIsGoneOnWith()
    {
        const QTemporaryDir folder;
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("--write-and-hang"), folder.path()});
        QVERIFY(writer.waitForStarted());
        QTRY_COMPARE(contentOf(partPath(folder)), "half");
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QCOMPARE(OutputStore().sweep(folder.path()), 0);
        auto file = anySize().resume(folder.path(), QStringLiteral("x.png"), kSource);
        QCOMPARE((*file)->bytesWritten(), 4);
        QVERIFY((*file)->write(" and half"));
        QCOMPARE(contentOf((*file)->commit().value()), "half and half");
    }

    void threadsTakeOneNameAtOnce()
    {
        constexpr int count = 40;
        const QTemporaryDir folder;
        QThreadPool pool;
        pool.setMaxThreadCount(8);
        QList<QByteArray> who;
        QList<QFuture<bool>> writers;
        for (char name = 'a'; name < 'i'; ++name) {
            who.append(QByteArray(1, name));
            writers.append(QtConcurrent::run(&pool, writeMany, folder.path(), who.last(), count));
        }
        for (const QFuture<bool>& writer : writers) {
            QVERIFY(writer.result());
        }
        compareWithWritten(folder.path(), who, count);
    }

    void processesTakeOneNameAtOnce()
    {
        constexpr int count = 25;
        const QTemporaryDir folder;
        const QList<QByteArray> who{"a", "b", "c", "d"};
        std::array<QProcess, 4> writers;
        for (std::size_t i = 0; i < writers.size(); ++i) {
            writers.at(i).start(QCoreApplication::applicationFilePath(),
                                {QStringLiteral("--write-many"), folder.path(),
                                 QString::fromLatin1(who[qsizetype(i)]), QString::number(count)});
        }
        for (QProcess& writer : writers) {
            QVERIFY(writer.waitForFinished());
            QCOMPARE(writer.exitCode(), 0);
        }
        compareWithWritten(folder.path(), who, count);
    }
};

// Run by the tests above as processes of their own.
static int writeAndHang(const QString& folder)
{
    const auto file = anySize().resume(folder, QStringLiteral("x.png"), kSource);
    if (!file || !(*file)->startOver(version(13)) || !(*file)->write("half")) {
        return 1;
    }
    return QCoreApplication::exec();
}

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--write-and-hang")) {
        return writeAndHang(arguments.value(2));
    }
    if (arguments.value(1) == QLatin1String("--write-many")) {
        return writeMany(arguments.value(2), arguments.value(3).toLatin1(), arguments.value(4).toInt()) ? 0
                                                                                                        : 1;
    }
    TestResumableFile test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_resumablefile.moc"
