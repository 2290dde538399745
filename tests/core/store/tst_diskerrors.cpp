// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/diskerrors.h"
#include "core/store/outputstore.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace gesso;

// What a person is told when the disk refuses. The table is checked error by error; three of them are raised
// by the system itself.
class TestDiskErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyErrorHasItsWords_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, int error, ErrorKind kind, const char* says) {
            QTest::newRow(name) << error << kind << QString::fromLatin1(says);
        };
#ifdef Q_OS_WIN
        row("other", 5, ErrorKind::DiskError, "Nothing can be written");
#else
        row("ENOSPC", ENOSPC, ErrorKind::DiskFull, "full");
        row("EDQUOT", EDQUOT, ErrorKind::DiskFull, "share");
        row("EIO", EIO, ErrorKind::DiskError, "fault");
        row("EROFS", EROFS, ErrorKind::DiskError, "only be read");
        row("EACCES", EACCES, ErrorKind::DiskError, "no right");
        row("EPERM", EPERM, ErrorKind::DiskError, "no right");
        row("ENAMETOOLONG", ENAMETOOLONG, ErrorKind::DiskError, "too long");
        row("EFBIG", EFBIG, ErrorKind::DiskError, "larger");
        row("EMFILE", EMFILE, ErrorKind::DiskError, "open");
        row("ESTALE", ESTALE, ErrorKind::DiskError, "Nothing can be written");
#endif
    }

    void everyErrorHasItsWords()
    {
        QFETCH(int, error);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        const QString folder = QDir::toNativeSeparators(QStringLiteral("/pictures/50 %1 of <b>mine</b>"));
        const Error told = disk::fromSystem(folder, error);
        QCOMPARE(told.kind, kind);
        QVERIFY2(told.message.contains(says), qPrintable(told.message));
        QVERIFY2(told.message.contains(folder), qPrintable(told.message));
        QVERIFY2(told.hint.contains(QStringLiteral("still on the server")), qPrintable(told.hint));
        QVERIFY(!told.detail.isEmpty());
    }

    void aNameTooLongForTheDisk()
    {
#ifndef Q_OS_LINUX
        QSKIP("another limit here");
#endif
        // The folder's path is as long as a path may be, so that no file fits below it.
        const QTemporaryDir root;
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(root.path()));
        const QString name(200, u'x');
        QString folder = root.path();
        while (folder.size() + 2 * name.size() < 4096) {
            QVERIFY(QDir().mkdir(name));
            QVERIFY(QDir::setCurrent(name));
            folder += u'/' + name;
        }
        const QString last(4096 - 2 - int(folder.size()) - 30, u'y');
        QVERIFY(QDir().mkdir(last));
        QDir::setCurrent(before);
        const auto file = OutputStore().create(folder + u'/' + last, QStringLiteral("x.png"));
        QVERIFY(!file);
        QCOMPARE(file.error().kind, ErrorKind::DiskError);
        QVERIFY2(file.error().message.contains(QStringLiteral("too long")), qPrintable(file.error().message));
    }

    // Really full, really read-only: small file systems made for this test in a child's own name space.
    void theSystemRefuses_data()
    {
        QTest::addColumn<QString>("mount");
        QTest::addColumn<QString>("expected");
        QTest::newRow("full") << QStringLiteral("mount -t tmpfs -o size=64k none \"$1\"")
                              << QStringLiteral("disk-full The disk of");
        QTest::newRow("read-only") << QStringLiteral("mount -t tmpfs -o ro none \"$1\"")
                                   << QStringLiteral("disk-error The disk of");
    }

    void theSystemRefuses()
    {
#ifndef Q_OS_LINUX
        QSKIP("needs name spaces");
#endif
        QFETCH(QString, mount);
        QFETCH(QString, expected);
        const QTemporaryDir folder;
        const QString unshare = QStandardPaths::findExecutable(QStringLiteral("unshare"));
        const QStringList prefix{QStringLiteral("--user"), QStringLiteral("--map-root-user"),
                                 QStringLiteral("--mount"), QStringLiteral("sh"), QStringLiteral("-c")};
        QProcess probe;
        probe.start(unshare, prefix + QStringList{mount, QStringLiteral("sh"), folder.path()});
        if (unshare.isEmpty() || !probe.waitForFinished() || probe.exitCode() != 0) {
            QSKIP("this system lets nobody make name spaces");
        }
        QProcess child;
        child.start(unshare,
                    prefix
                        + QStringList{mount + QStringLiteral(" && exec \"$2\" --write \"$1\""),
                                      QStringLiteral("sh"), folder.path(),
                                      QCoreApplication::applicationFilePath()});
        QVERIFY(child.waitForFinished());
        const QString said = QString::fromUtf8(child.readAllStandardOutput());
        QVERIFY2(said.startsWith(expected),
                 qPrintable(said + QString::fromUtf8(child.readAllStandardError())));
    }

    void nobodyMayWriteThere()
    {
#ifndef Q_OS_UNIX
        QSKIP("other rights here");
#else
        const QTemporaryDir folder;
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner);
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--write-as-nobody"), folder.path()});
        QVERIFY(child.waitForFinished());
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QString said = QString::fromUtf8(child.readAllStandardOutput());
        QVERIFY2(said.startsWith(QStringLiteral("disk-error")), qPrintable(said));
#endif
    }
};

// Run in a child: says how writing 200 KB into a folder ends.
static int writeInto(const QString& folder)
{
    const OutputStore store([](const QString&) { return -1; }); // let the system find out
    auto file = store.create(folder, QStringLiteral("x.png"));
    const Result<void> written = file ? (*file)->write(QByteArray(200'000, 'x')) : fail(file.error());
    if (written) {
        std::puts("written");
        return 0;
    }
    std::puts(qPrintable(nameOf(written.error().kind) + u' ' + written.error().message));
    return 0;
}

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
#ifdef Q_OS_UNIX
    if (arguments.value(1) == QLatin1String("--write-as-nobody")) {
        constexpr uid_t kNobody = 65534;
        // Root may write everywhere; others are kept out as they are.
        return ::geteuid() == 0 && ::setuid(kNobody) != 0 ? 1 : writeInto(arguments.value(2));
    }
#endif
    if (arguments.value(1) == QLatin1String("--write")) {
        return writeInto(arguments.value(2));
    }
    TestDiskErrors test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_diskerrors.moc"
