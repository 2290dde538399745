// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/crashnotice.h"
#include "viewmodels/shell/noticelist.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestCrashNotice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingToTell();
    void toldOnce();
};

void TestCrashNotice::nothingToTell()
{
    const QTemporaryDir folder;
    NoticeList notices;
    tellOfCrash(notices, folder.path());
    QCOMPARE(notices.rowCount(), 0);
}

void TestCrashNotice::toldOnce()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("crash-note.txt"))); // as a crash leaves it
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("version 1\nsignal 11\ntime 1700000000\n") > 0);
    file.close();
    NoticeList notices;
    tellOfCrash(notices, folder.path());
    QCOMPARE(notices.rowCount(), 1);
    QCOMPARE(notices.at(0).tone, NoticeTone::Warning);
    QVERIFY(notices.at(0).detail.contains(QLatin1String("signal 11")));
    QCOMPARE(notices.at(0).actions.size(), 1);
    tellOfCrash(notices, folder.path());
    QCOMPARE(notices.rowCount(), 1);
}

QTEST_GUILESS_MAIN(TestCrashNotice)
#include "tst_crashnotice.moc"
