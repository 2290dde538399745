// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/filesafety.h"
#include "core/store/outputstore.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace gesso;

namespace {

QStringList entries(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestOutputStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheNameOnlyToWholeFiles()
    {
        const QTemporaryDir folder;
        const OutputStore store;
        auto file = store.create(folder.path(), QStringLiteral("x.png"));
        QVERIFY(file);
        QVERIFY((*file)->write("one "));
        QCOMPARE(entries(folder.path()).size(), 1);
        QVERIFY(entries(folder.path()).first().endsWith(QLatin1String(".part")));
        QVERIFY((*file)->write("two"));
        QCOMPARE((*file)->bytesWritten(), 7);
        const Result<QString> path = (*file)->commit();
        QCOMPARE(path.value(), folder.filePath(QStringLiteral("x.png")));
        QCOMPARE(entries(folder.path()), QStringList{QStringLiteral("x.png")});
        QCOMPARE(contentOf(*path), QByteArray("one two"));
    }

    void leavesNothingWhenDropped()
    {
        const QTemporaryDir folder;
        {
            auto file = OutputStore().create(folder.path(), QStringLiteral("x.png"));
            QVERIFY(file && (*file)->write("half"));
        }
        QCOMPARE(entries(folder.path()), QStringList());
    }

    void neverOverwrites()
    {
        const QTemporaryDir folder;
        writeFile(folder.filePath(QStringLiteral("x.png")), "the artist's");
        const OutputStore store;
        auto first = store.create(folder.path(), QStringLiteral("x.png"));
        auto second = store.create(folder.path(), QStringLiteral("x.png")); // both under way at once
        QVERIFY((*first)->write("first") && (*second)->write("second"));
        QCOMPARE((*second)->commit().value(), folder.filePath(QStringLiteral("x (2).png")));
        QCOMPARE((*first)->commit().value(), folder.filePath(QStringLiteral("x (3).png")));
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("x.png"))), QByteArray("the artist's"));
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("x (2).png"))), QByteArray("second"));
    }

    void doesNotFollowALinkOutOfTheFolder()
    {
#ifndef Q_OS_UNIX
        QSKIP("symbolic links need rights here");
#endif
        const QTemporaryDir folder;
        const QTemporaryDir outside;
        QVERIFY(QFile::link(outside.filePath(QStringLiteral("target")),
                            folder.filePath(QStringLiteral("x.png"))));
        auto file = OutputStore().create(folder.path(), QStringLiteral("x.png"));
        QVERIFY((*file)->write("bytes"));
        QCOMPARE((*file)->commit().value(), folder.filePath(QStringLiteral("x (2).png")));
        QCOMPARE(entries(outside.path()), QStringList());
    }

    void makesNamesSafe()
    {
        const QTemporaryDir folder;
        auto file = OutputStore().create(folder.path(), QStringLiteral("../../x.png"));
        QVERIFY(file);
        QCOMPARE((*file)->commit().value(), folder.filePath(QStringLiteral("x.png")));
    }

    void aGoneFolderIsNamed()
    {
        QTemporaryDir folder;
        const QString path = folder.path();
        auto underWay = OutputStore().create(path, QStringLiteral("x.png"));
        QVERIFY(folder.remove());
        const auto file = OutputStore().create(path, QStringLiteral("y.png"));
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::DiskError);
        QVERIFY(file.error().message.contains(QDir::toNativeSeparators(path)));
        const Result<QString> committed = (*underWay)->commit();
        QVERIFY(!committed);
        QCOMPARE(committed.error().kind, ErrorKind::DiskError);
        QVERIFY(!QFileInfo::exists(path));
    }

    void aFileIsNoFolder()
    {
        const QTemporaryDir folder;
        writeFile(folder.filePath(QStringLiteral("file")), {});
        const auto file =
            OutputStore().create(folder.filePath(QStringLiteral("file")), QStringLiteral("x.png"));
        QCOMPARE(file.error().kind, ErrorKind::DiskError);
    }

    void aReadOnlyFolderIsNamed()
    {
#ifdef Q_OS_UNIX
        if (::geteuid() == 0) {
            QSKIP("root may write everywhere");
        }
#endif
        const QTemporaryDir folder;
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner);
        const auto file = OutputStore().create(folder.path(), QStringLiteral("x.png"));
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::DiskError);
    }

    void aFullDiskIsToldBeforeAndWhileWriting()
    {
        const QTemporaryDir folder;
        qint64 space = 100'000'000;
        const OutputStore store([&space](const QString&) { return space; });
        const auto tooLarge = store.create(folder.path(), QStringLiteral("x.png"), 200'000'000);
        QVERIFY(!tooLarge);
        QCOMPARE(tooLarge.error().kind, ErrorKind::DiskFull);

        auto file = store.create(folder.path(), QStringLiteral("x.png"));
        QVERIFY((*file)->write("fits"));
        space = 1000;
        const QByteArray piece(1024 * 1024, 'x');
        Result<void> written;
        for (int i = 0; i < 20 && written; ++i) {
            written = (*file)->write(piece);
        }
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::DiskFull);
        QVERIFY(!written.error().hint.isEmpty());
        file->reset();
        QCOMPARE(entries(folder.path()), QStringList());
    }

    void aFailingWriteIsAnError()
    {
#ifndef Q_OS_LINUX
        QSKIP("needs a limit of file sizes");
#else
        // The system itself refuses: nothing here is faked.
        const QTemporaryDir folder;
        auto file = OutputStore().create(folder.path(), QStringLiteral("x.png"));
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 1000;
        setrlimit(RLIMIT_FSIZE, &small);
        const Result<void> written = (*file)->write(QByteArray(5000, 'x'));
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::DiskError);
        file->reset();
        QCOMPARE(entries(folder.path()), QStringList());
#endif
    }

    void sweepsOnlyWhatNobodyWrites()
    {
        const QTemporaryDir folder;
        const OutputStore store;
        auto underWay = store.create(folder.path(), QStringLiteral("x.png"));
        writeFile(folder.filePath(QStringLiteral(".gesso-dead.part")), "half");
        writeFile(folder.filePath(QStringLiteral("mine.part")), "the artist's");
        QCOMPARE(store.sweep(folder.path()), 1);
        QVERIFY((*underWay)->write("whole"));
        QVERIFY((*underWay)->commit());
        QCOMPARE(entries(folder.path()), (QStringList{QStringLiteral("mine.part"), QStringLiteral("x.png")}));
        QCOMPARE(store.sweep(folder.filePath(QStringLiteral("no such folder"))), 0);
    }

    // A program killed in mid-write: no file under the real name, and the next start sweeps.
    void aKilledProgramLeavesNoPartialFile()
    {
        const QTemporaryDir folder;
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("--write-and-hang"), folder.path()});
        QVERIFY(writer.waitForStarted());
        QTRY_COMPARE(entries(folder.path()).size(), 1);
        QTRY_VERIFY(isBeingWritten(folder.filePath(entries(folder.path()).value(0))));
        QCOMPARE(OutputStore().sweep(folder.path()), 0); // alive: hands off
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("x.png"))));
        QCOMPARE(OutputStore().sweep(folder.path()), 1);
        QCOMPARE(entries(folder.path()), QStringList());
    }

    void renamesWithoutReplacing()
    {
        const QTemporaryDir folder;
        const QString from = folder.filePath(QStringLiteral("from"));
        const QString to = folder.filePath(QStringLiteral("to"));
        writeFile(from, "new");
        writeFile(to, "old");
        int error = 0;
        QCOMPARE(renameExclusively(from, to, &error), RenameOutcome::TargetExists);
        QCOMPARE(contentOf(to), QByteArray("old"));
        QVERIFY(QFile::remove(to));
        QCOMPARE(renameExclusively(from, to, &error), RenameOutcome::Renamed);
        QCOMPARE(contentOf(to), QByteArray("new"));
        QCOMPARE(renameExclusively(from, to + QStringLiteral("2"), &error), RenameOutcome::Failed);
        QVERIFY(error != 0);
    }
};

// Run by aKilledProgramLeavesNoPartialFile(): writes half a file and waits to be killed.
static int writeAndHang(const QString& folder)
{
    const auto file = OutputStore().create(folder, QStringLiteral("x.png"));
    if (!file || !(*file)->write("half a picture")) {
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
    TestOutputStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_outputstore.moc"
