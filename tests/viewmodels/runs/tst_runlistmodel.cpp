// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/runlistmodel.h"

#include "tests/viewmodels/runs/runfixture.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;
using testkit::RunFixture;

class TestRunListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void newestFirstWithWhatDiffers();
    void phasesShowAtOnceAndNarrowly();
    void progressIsCoalesced();
    void countsActiveRuns();
    void aNewServiceKeepsRowsAsLost();
    void takesOverRunsOfAServiceAtWork();
    void thumbnails();
};

void TestRunListModel::newestFirstWithWhatDiffers()
{
    RunFixture fixture;
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setService(&fixture.service);
    fixture.service.submit(RunFixture::request(QStringLiteral("a"), 7));
    RunRequest second = RunFixture::request(QStringLiteral("b"), 7);
    second.prompt.nodes[0].setInput(QStringLiteral("cfg"), Json(5.5));
    fixture.service.submit(second);
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.idAt(0), PromptId(QStringLiteral("b")));
    QCOMPARE(model.index(0).data(RunListModel::DetailRole).toString(), QStringLiteral("Guidance 7.0 → 5.5"));
    QCOMPARE(model.index(1).data(RunListModel::DetailRole).toString(), QStringLiteral("seed 7"));
    QCOMPARE(model.index(0).data(RunListModel::TitleRole).toString(), QStringLiteral("A mill"));
    QCOMPARE(model.idAt(2), PromptId());
    QVERIFY(model.stateOf(PromptId(QStringLiteral("a"))) != nullptr);
    QVERIFY(model.stateOf(PromptId(QStringLiteral("c"))) == nullptr);
    QCOMPARE(model.requestOf(PromptId(QStringLiteral("b")))
                 ->prompt.nodes[0]
                 .input(QStringLiteral("cfg"))
                 ->get<double>(),
             5.5);
}

void TestRunListModel::phasesShowAtOnceAndNarrowly()
{
    RunFixture fixture;
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setService(&fixture.service);
    fixture.service.submit(RunFixture::request(QStringLiteral("a")));
    fixture.service.submit(RunFixture::request(QStringLiteral("b")));
    QTRY_COMPARE(model.index(0).data(RunListModel::StateRole).toString(), QStringLiteral("waiting"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    fixture.startRun(QStringLiteral("a"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
    QVERIFY(!changed.at(0).at(2).value<QList<int>>().contains(int(RunListModel::ThumbnailRole)));
    QCOMPARE(model.index(1).data(RunListModel::ToneRole).toString(), QStringLiteral("accent"));
    QCOMPARE(model.index(1).data(RunListModel::PhaseRole).toInt(), int(RunPhase::Running));
    QVERIFY(model.index(1).data(RunListModel::CanCancelRole).toBool());
}

void TestRunListModel::progressIsCoalesced()
{
    RunFixture fixture;
    RunListModel model;
    model.setService(&fixture.service);
    fixture.service.submit(RunFixture::request(QStringLiteral("a")));
    QTRY_COMPARE(model.index(0).data(RunListModel::StateRole).toString(), QStringLiteral("waiting"));
    fixture.startRun(QStringLiteral("a"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int i = 1; i <= 200; ++i) {
        fixture.step(QStringLiteral("a"), i, 200);
    }
    QCOMPARE(changed.size(), 0);
    QVERIFY(changed.wait());
    QCOMPARE(changed.size(), 1);
    QVERIFY(model.index(0).data(RunListModel::ProgressRole).toDouble() > 0.5);
}

void TestRunListModel::countsActiveRuns()
{
    RunFixture fixture;
    RunListModel model;
    model.setService(&fixture.service);
    QSignalSpy counted(&model, &RunListModel::activeCountChanged);
    fixture.service.submit(RunFixture::request(QStringLiteral("a")));
    fixture.service.submit(RunFixture::request(QStringLiteral("b")));
    QTRY_COMPARE(model.activeCount(), 2);
    fixture.service.cancel(PromptId(QStringLiteral("a")));
    fixture.api.queueState = {};
    QTRY_COMPARE(model.activeCount(), 1);
    QCOMPARE(counted.size(), 3);
    QCOMPARE(model.index(1).data(RunListModel::StateRole).toString(), QStringLiteral("cancelled"));
    QVERIFY(!model.index(1).data(RunListModel::CanCancelRole).toBool());
}

void TestRunListModel::aNewServiceKeepsRowsAsLost()
{
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    RunFixture next;
    {
        RunFixture fixture;
        model.setService(&fixture.service);
        fixture.service.submit(RunFixture::request(QStringLiteral("a")));
        QTRY_COMPARE(model.rowCount(), 1);
        model.setService(&next.service);
    }
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.activeCount(), 0);
    QCOMPARE(model.index(0).data(RunListModel::StateRole).toString(), QStringLiteral("lost"));
    QVERIFY(!model.index(0).data(RunListModel::MessageRole).toString().isEmpty());
    next.service.submit(RunFixture::request(QStringLiteral("b"), 9));
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data(RunListModel::DetailRole).toString(), QStringLiteral("seed 9"));
}

void TestRunListModel::takesOverRunsOfAServiceAtWork()
{
    RunFixture fixture;
    fixture.service.submit(RunFixture::request(QStringLiteral("a")));
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setService(&fixture.service);
    QCOMPARE(model.rowCount(), 1);
    QTRY_COMPARE(model.index(0).data(RunListModel::StateRole).toString(), QStringLiteral("waiting"));
    QCOMPARE(model.rowCount(), 1); // added() came late and made no second row
}

void TestRunListModel::thumbnails()
{
    RunFixture fixture;
    RunListModel model;
    model.setService(&fixture.service);
    fixture.service.submit(RunFixture::request(QStringLiteral("a")));
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setThumbnail(PromptId(QStringLiteral("a")), QImage(4, 4, QImage::Format_RGB32));
    model.setThumbnail(PromptId(QStringLiteral("nobody")), QImage(4, 4, QImage::Format_RGB32));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(2).value<QList<int>>(), QList<int>{RunListModel::ThumbnailRole});
    QCOMPARE(model.index(0).data(RunListModel::ThumbnailRole).value<QImage>().size(), QSize(4, 4));
}

QTEST_GUILESS_MAIN(TestRunListModel)
#include "tst_runlistmodel.moc"
