// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/crashnote.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <exception>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace gesso;

class TestCrashNote : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noNoteWithoutACrash();
#ifdef Q_OS_UNIX
    void crashes_data();
    void crashes();
    void doesNotFollowALink();
#endif
};

void TestCrashNote::noNoteWithoutACrash()
{
    const QTemporaryDir folder;
    QCOMPARE(takeNoteOfCrash(folder.path()), QString());
}

#ifdef Q_OS_UNIX

namespace {

enum Way { Signal, Abort, Exception };

void fail()
{
    throw std::runtime_error("prompt: a secret castle");
}

// Dies in a process of its own; the signal that ended it.
int crash(const QString& folder, Way way, int number)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit noCore{0, 0};
        ::setrlimit(RLIMIT_CORE, &noCore);
        for (const int caught : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
            std::signal(caught, SIG_DFL); // the test framework's own
        }
        leaveNoteOfCrash(folder, QStringLiteral("1.2.3"));
        if (way == Signal) {
            ::raise(number);
        } else if (way == Exception) {
            []() noexcept { fail(); }();
        }
        std::abort();
    }
    int status = 0;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

} // namespace

void TestCrashNote::crashes_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<int>("number");
    QTest::newRow("bad memory") << int(Signal) << SIGSEGV;
    QTest::newRow("bad number") << int(Signal) << SIGFPE;
    QTest::newRow("abort") << int(Abort) << SIGABRT;
    QTest::newRow("an exception nobody catches") << int(Exception) << SIGABRT;
}

void TestCrashNote::crashes()
{
    QFETCH(int, way);
    QFETCH(int, number);
    const QTemporaryDir home;
    const QString folder = home.filePath(QStringLiteral("logs"));
    QCOMPARE(crash(folder, Way(way), number), number); // it still ends as it would have
    const QString note = takeNoteOfCrash(folder);
    const QStringList lines = note.split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0], QStringLiteral("version 1.2.3"));
    QCOMPARE(lines[1], QStringLiteral("signal %1").arg(number));
    QVERIFY(lines[2].startsWith(QLatin1String("time ")) && lines[2].mid(5).toLongLong() > 1'600'000'000);
    QCOMPARE(takeNoteOfCrash(folder), QString()); // told once
    QVERIFY(QFile::exists(folder + QLatin1String("/crash-last.txt"))); // and kept beside the log
}

void TestCrashNote::doesNotFollowALink()
{
    const QTemporaryDir home;
    const QString victim = home.filePath(QStringLiteral("victim"));
    QFile file(victim);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("precious") > 0);
    file.close();
    QVERIFY(QFile::link(victim, home.filePath(QStringLiteral("crash-note.txt"))));
    QCOMPARE(crash(home.path(), Abort, 0), SIGABRT);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

#endif

QTEST_GUILESS_MAIN(TestCrashNote)
#include "tst_crashnote.moc"
