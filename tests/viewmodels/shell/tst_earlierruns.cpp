// SPDX-License-Identifier: GPL-3.0-or-later
// What the next window says of the runs of the last one.
#include "core/run/runhistory.h"
#include "tests/viewmodels/shell/studio.h"

#include <QFile>

using namespace gesso;
using testkit::Studio;

namespace {

// A studio whose runs are kept, and that can be closed and opened again.
struct KeptStudio : Studio {
    std::unique_ptr<RunHistory> history;

    explicit KeptStudio(int stepDelayMs = 0)
        : Studio(stepDelayMs)
    {
        begin();
    }
    ~KeptStudio() { finish(); }

    QString file() const { return home.filePath(QStringLiteral("history.db")); }
    void begin()
    {
        if (!shell) {
            openShell();
        }
        history = std::make_unique<RunHistory>(file());
        shell->setHistory(*history);
    }
    void finish()
    {
        shell.reset();
        history.reset();
    }
};

} // namespace

class TestEarlierRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunGoesOnInTheNextWindow()
    {
        KeptStudio studio(300);
        studio.connectToDemo();
        studio.open(Studio::sample(QStringLiteral("text-to-picture")));
        studio.shell->generate(2);
        QTRY_COMPARE(studio.phase(1), RunPhase::Running);
        studio.finish();
        studio.begin();
        studio.connectToDemo();
        QTRY_VERIFY2(studio.notice(QStringLiteral("taken up again")) >= 0, qPrintable(studio.noticeTexts()));
        QCOMPARE(studio.shell->runs().rowCount(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(studio.phase(0), RunPhase::Done, 20'000);
        QCOMPARE(studio.phase(1), RunPhase::Done);
        QCOMPARE(studio.shell->results().rowCount(), 2);
        QCOMPARE(QDir(studio.shell->outputFolder()).entryList(QDir::Files).size(), 2);
    }

    void whatEndedMeanwhileIsTold()
    {
        KeptStudio studio(100);
        studio.connectToDemo();
        studio.open(Studio::sample(QStringLiteral("text-to-picture")));
        studio.shell->generate();
        QTRY_COMPARE(studio.phase(), RunPhase::Running);
        studio.finish();
        const QDir made(studio.server.folder() + QStringLiteral("/output"));
        QTRY_COMPARE_WITH_TIMEOUT(made.entryList(QDir::Files).size(), 1, 20'000);
        QTest::qWait(200); // the server writes its history after the file
        studio.begin();
        studio.connectToDemo();
        QTRY_VERIFY2(studio.notice(QStringLiteral("finished while Gesso was away")) >= 0,
                     qPrintable(studio.noticeTexts()));
        QCOMPARE(studio.phase(), RunPhase::Done);
        QCOMPARE(studio.shell->results().rowCount(), 1);
    }

    void aForgottenRunIsSentAgainFromItsNotice()
    {
        KeptStudio studio(300);
        studio.connectToDemo();
        studio.open(Studio::sample(QStringLiteral("text-to-picture")));
        studio.shell->generate();
        QTRY_COMPARE(studio.phase(), RunPhase::Running);
        studio.finish();
        studio.server.restart(false);
        studio.begin();
        studio.connectToDemo();
        QTRY_COMPARE(studio.phase(), RunPhase::Lost);
        QTRY_VERIFY2(studio.notice(QStringLiteral("no longer knows this run")) >= 0,
                     qPrintable(studio.noticeTexts()));
        const Notice lost = studio.shell->notices().at(studio.notice(QStringLiteral("no longer knows")));
        QCOMPARE(lost.actions.size(), 1);
        studio.shell->notices().trigger(lost.id, 0);
        QTRY_COMPARE(studio.shell->runs().rowCount(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(studio.phase(), RunPhase::Done, 20'000);
        QCOMPARE(studio.phase(1), RunPhase::Lost);
    }

    void runsOnOtherServersAreNamed()
    {
        KeptStudio studio;
        {
            RunHistory dead(studio.file());
            auto request = std::make_shared<RunRequest>();
            request->id = newPromptId();
            RunState state;
            state.id = request->id;
            state.phase = RunPhase::Queued;
            auto added = dead.journalFor(QStringLiteral("http://gpu-box:8188"))->add(request, {}, state, {});
            added.waitForFinished();
            QVERIFY(added.result());
        }
        studio.connectToDemo();
        QTRY_VERIFY2(studio.notice(QStringLiteral("gpu-box:8188")) >= 0, qPrintable(studio.noticeTexts()));
        const Notice notice = studio.shell->notices().at(studio.notice(QStringLiteral("gpu-box:8188")));
        QCOMPARE(notice.actions.size(), 1);
    }

    void aDamagedHistoryIsTold()
    {
        KeptStudio studio;
        studio.finish();
        QFile file(studio.file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        studio.begin();
        QTRY_VERIFY2(studio.notice(QStringLiteral("damaged")) >= 0, qPrintable(studio.noticeTexts()));
        studio.connectToDemo();
        studio.open(Studio::sample(QStringLiteral("text-to-picture")));
        studio.shell->generate();
        QTRY_COMPARE(studio.phase(), RunPhase::Done); // and it goes on
    }
};

QTEST_GUILESS_MAIN(TestEarlierRuns)
#include "tst_earlierruns.moc"
