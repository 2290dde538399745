// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/resultactions.h"

#include "tests/testkit/fakeuserprompts.h"
#include "viewmodels/shell/noticelist.h"

#include <QTest>

using namespace gesso;

class TestResultActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatShowsOrPlays_data();
    void opensWhatShowsOrPlays();
};

void TestResultActions::opensWhatShowsOrPlays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isOpened");
    for (const char* name :
         {"a.png", "a.JPG", "clip.mp4", "song.flac", "thing.glb", "words.txt", "b.v2.webm"}) {
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    }
    for (const char* name : {"holiday.desktop", "cat.png.exe", "a.EXE", "a.bat", "a.lnk", "a.sh", "a.py",
                             "a.jar", "a.html", "a.svg", "a.AppImage", "a.url", "a.png ", "png", "a.", "a"}) {
        QTest::newRow(name) << QString::fromLatin1(name) << false;
    }
}

void TestResultActions::opensWhatShowsOrPlays()
{
    QFETCH(QString, name);
    QFETCH(bool, isOpened);
    testkit::FakeUserPrompts prompts;
    NoticeList notices;
    ResultActions actions(prompts, notices);
    const QString path = QStringLiteral("/results/") + name;
    actions.openExternally(path);
    if (isOpened) {
        QCOMPARE(prompts.openedExternally, QList<QUrl>{QUrl::fromLocalFile(path)});
        QCOMPARE(notices.rowCount(), 0);
        return;
    }
    QVERIFY(prompts.openedExternally.isEmpty());
    QCOMPARE(notices.rowCount(), 1);
    QVERIFY(notices.at(0).text.contains(name));
    notices.trigger(notices.at(0).id, 0);
    QCOMPARE(prompts.openedExternally, QList<QUrl>{QUrl::fromLocalFile(QStringLiteral("/results"))});
}

QTEST_GUILESS_MAIN(TestResultActions)
#include "tst_resultactions.moc"
