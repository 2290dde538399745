// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/stageviewmodel.h"

#include "tests/viewmodels/runs/runfixture.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;
using testkit::RunFixture;

class TestStageViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void showsPreviewsOfTheFollowedRun();
    void theLatestFrameWins();
    void twoRunsKeepFramesApart();
    void brokenFramesDisturbNothing_data();
    void brokenFramesDisturbNothing();
    void aChosenResultIsNotReplacedByPreviews();
    void aFinishedRunShowsItsResult();
    void aResultThatCannotBeReadIsTold();
    void progressInWords();
    void progressIsCoalesced();
    void clears();
    void theServiceMayGo();

private:
    static void run(RunFixture& fixture, StageViewModel& stage, const QString& id);
    QString savedPicture(const QColor& color);

    QTemporaryDir m_folder;
};

void TestStageViewModel::run(RunFixture& fixture, StageViewModel& stage, const QString& id)
{
    fixture.service.submit(RunFixture::request(id));
    QTRY_COMPARE(fixture.service.state(PromptId(id))->phase, RunPhase::Queued);
    fixture.startRun(id);
    stage.follow(PromptId(id));
}

QString TestStageViewModel::savedPicture(const QColor& color)
{
    QImage image(40, 20, QImage::Format_RGB32);
    image.fill(color);
    const QString path = m_folder.filePath(color.name().mid(1) + QStringLiteral(".png"));
    image.save(path);
    return path;
}

void TestStageViewModel::showsPreviewsOfTheFollowedRun()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("a"));
    QSignalSpy shown(&stage, &StageViewModel::imageChanged);
    fixture.frame(QStringLiteral("a"), Qt::red);
    QVERIFY(shown.wait());
    QCOMPARE(stage.showing(), StageViewModel::Showing::Preview);
    QCOMPARE(stage.image().pixelColor(3, 3), QColor(Qt::red));
    QCOMPARE(stage.caption(), QStringLiteral("preview 16 × 8 · seed 7"));
    QCOMPARE(stage.imagePath(), QString());
    QCOMPARE(stage.framesShown(), quint64(1));
    fixture.frame(QStringLiteral("a"), Qt::green);
    QVERIFY(shown.wait());
    QCOMPARE(stage.framesShown(), quint64(2));
}

void TestStageViewModel::theLatestFrameWins()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("a"));
    for (int i = 0; i < 50; ++i) { // none can be handed out before all have come
        fixture.frame(QStringLiteral("a"), QColor(i, i, i));
    }
    fixture.frame(QStringLiteral("a"), Qt::blue);
    QTRY_VERIFY(stage.framesShown() > 0);
    QTRY_COMPARE(stage.image().pixelColor(0, 0), QColor(Qt::blue));
    QCOMPARE(stage.framesShown(), quint64(2)); // the first, already being decoded, and the last
}

void TestStageViewModel::twoRunsKeepFramesApart()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("b"));
    run(fixture, stage, QStringLiteral("a"));
    QSignalSpy shown(&stage, &StageViewModel::imageChanged);
    fixture.frame(QStringLiteral("b"), Qt::green);
    fixture.frame(QStringLiteral("a"), Qt::red);
    fixture.frame(QStringLiteral("b"), Qt::green);
    QVERIFY(shown.wait());
    QCOMPARE(stage.image().pixelColor(0, 0), QColor(Qt::red));
    QCOMPARE(stage.framesShown(), quint64(1));

    fixture.frame(QStringLiteral("a"), Qt::yellow); // being decoded when another run is followed
    stage.follow(PromptId(QStringLiteral("b")));
    fixture.frame(QStringLiteral("b"), Qt::green);
    QTRY_COMPARE(stage.image().pixelColor(0, 0), QColor(Qt::green));
    QCOMPARE(stage.framesShown(), quint64(2));
}

void TestStageViewModel::brokenFramesDisturbNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("<svg onload=alert(1)>");
    QTest::newRow("head only") << QByteArray("\x89PNG\r\n\x1a\n", 8);
    // A PNG header that declares 100000 × 100000 pixels.
    QTest::newRow("bomb") << QByteArray(
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\x02\0\0\0\0\0\0\0", 33);
}

void TestStageViewModel::brokenFramesDisturbNothing()
{
    QFETCH(QByteArray, bytes);
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("a"));
    QSignalSpy failed(&stage, &StageViewModel::failed);
    fixture.sendFrame(QStringLiteral("a"), bytes);
    fixture.frame(QStringLiteral("a"), Qt::red);
    QTRY_COMPARE(stage.framesShown(), quint64(1));
    QCOMPARE(stage.image().pixelColor(0, 0), QColor(Qt::red));
    QCOMPARE(failed.size(), 0);
}

void TestStageViewModel::aChosenResultIsNotReplacedByPreviews()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("a"));
    const QString path = savedPicture(Qt::cyan);
    fixture.frame(QStringLiteral("a"), Qt::red);
    stage.showResult(path, QStringLiteral("seed 3"));
    fixture.frame(QStringLiteral("a"), Qt::green);
    QTRY_COMPARE(stage.showing(), StageViewModel::Showing::Result);
    QCOMPARE(stage.image().pixelColor(0, 0), QColor(Qt::cyan));
    QCOMPARE(stage.imagePath(), path);
    QCOMPARE(stage.caption(), QStringLiteral("40 × 20 · seed 3"));
    QVERIFY(stage.isRunning()); // the progress line goes on
    stage.showFinished(PromptId(QStringLiteral("a")), savedPicture(Qt::magenta), {}); // does not take it away

    stage.follow(PromptId(QStringLiteral("a"))); // back to the run
    fixture.frame(QStringLiteral("a"), Qt::blue);
    QTRY_COMPARE(stage.image().pixelColor(0, 0), QColor(Qt::blue));
    QCOMPARE(stage.framesShown(), quint64(1));
}

void TestStageViewModel::aFinishedRunShowsItsResult()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("a"));
    stage.showFinished(PromptId(QStringLiteral("other")), savedPicture(Qt::black), {});
    stage.showFinished(PromptId(QStringLiteral("a")), savedPicture(Qt::magenta),
                       QStringLiteral("seed 7 · 40 × 20"));
    QTRY_COMPARE(stage.showing(), StageViewModel::Showing::Result);
    QCOMPARE(stage.image().pixelColor(0, 0), QColor(Qt::magenta));
    QCOMPARE(stage.caption(), QStringLiteral("seed 7 · 40 × 20"));
    QCOMPARE(stage.showing(), StageViewModel::Showing::Result);
}

void TestStageViewModel::aResultThatCannotBeReadIsTold()
{
    StageViewModel stage;
    stage.showResult(savedPicture(Qt::cyan), {});
    QTRY_COMPARE(stage.showing(), StageViewModel::Showing::Result);
    QSignalSpy failed(&stage, &StageViewModel::failed);
    stage.showResult(m_folder.filePath(QStringLiteral("gone.png")), {});
    QVERIFY(failed.wait());
    QVERIFY(failed.at(0).at(0).value<Error>().message.contains(QLatin1String("gone.png")));
    QCOMPARE(stage.image().pixelColor(0, 0), QColor(Qt::cyan)); // the old one stays
}

void TestStageViewModel::progressInWords()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    QVERIFY(!stage.isRunning());
    QCOMPARE(stage.nodeTitle(), QString());
    fixture.service.submit(RunFixture::request(QStringLiteral("a")));
    stage.follow(PromptId(QStringLiteral("a")));
    QTRY_COMPARE(stage.nodeTitle(), QStringLiteral("Waiting in the queue"));
    QVERIFY(stage.isRunning());
    QCOMPARE(stage.progress(), -1.0);
    QCOMPARE(stage.percentText(), QString());
    fixture.startRun(QStringLiteral("a"));
    fixture.step(QStringLiteral("a"), 12, 20);
    QCOMPARE(stage.nodeTitle(), QStringLiteral("First pass"));
    QCOMPARE(stage.stepText(), QStringLiteral("step 12 of 20"));
    QVERIFY(stage.progress() > 0 && stage.progress() < 1);
    QVERIFY(stage.percentText().endsWith(QLatin1String(" %")));
}

void TestStageViewModel::progressIsCoalesced()
{
    RunFixture fixture;
    StageViewModel stage;
    stage.setService(&fixture.service);
    run(fixture, stage, QStringLiteral("a"));
    QSignalSpy progress(&stage, &StageViewModel::progressChanged);
    for (int i = 1; i <= 200; ++i) {
        fixture.step(QStringLiteral("a"), i, 200);
    }
    QVERIFY(progress.wait());
    QCOMPARE(progress.size(), 1);
    QCOMPARE(stage.stepText(), QStringLiteral("step 200 of 200"));
}

void TestStageViewModel::clears()
{
    StageViewModel stage;
    stage.showResult(savedPicture(Qt::cyan), {});
    stage.clear(); // also what is being read
    stage.showResult(savedPicture(Qt::cyan), {});
    QTRY_COMPARE(stage.showing(), StageViewModel::Showing::Result);
    stage.clear();
    QCOMPARE(stage.showing(), StageViewModel::Showing::Nothing);
    QVERIFY(stage.image().isNull());
}

void TestStageViewModel::theServiceMayGo()
{
    StageViewModel stage;
    {
        RunFixture fixture;
        stage.setService(&fixture.service);
        run(fixture, stage, QStringLiteral("a"));
        QVERIFY(stage.isRunning());
        fixture.frame(QStringLiteral("a"), Qt::red);
    }
    QVERIFY(!stage.isRunning());
    QCOMPARE(stage.progress(), -1.0);
    stage.setService(nullptr);
    QCOMPARE(stage.followed(), PromptId());
}

QTEST_GUILESS_MAIN(TestStageViewModel)
#include "tst_stageviewmodel.moc"
