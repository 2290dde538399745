// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/resultmodel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace gesso;

class TestResultModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestFirst();
    void loadsTheThumbnailAndTheSize();
    void brokenPicturesStayWithoutThumbnail();
    void aRemovedEntryIsNotTouchedLater();
    void dragsRealFiles();

private:
    QString savedPicture(const QString& name, QSize size);

    QTemporaryDir m_folder;
};

QString TestResultModel::savedPicture(const QString& name, QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    const QString path = m_folder.filePath(name);
    image.save(path);
    return path;
}

static ResultModel::Entry entry(const QString& path, const QString& detail = {})
{
    return {PromptId(QStringLiteral("run-1")), path, QStringLiteral("A lighthouse"), detail, {}, true};
}

void TestResultModel::newestFirst()
{
    ResultModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.add(entry(savedPicture(QStringLiteral("a.png"), {8, 8})));
    model.add(entry(savedPicture(QStringLiteral("b.png"), {8, 8})));
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(model.at(0).path.endsWith(QLatin1String("b.png")));
    QCOMPARE(model.rowOf(m_folder.filePath(QStringLiteral("a.png"))), 1);
    QCOMPARE(model.rowOf(QStringLiteral("nowhere")), -1);
    model.remove(0);
    QVERIFY(model.at(0).path.endsWith(QLatin1String("a.png")));
    QVERIFY(QFileInfo::exists(m_folder.filePath(QStringLiteral("b.png"))));
}

void TestResultModel::loadsTheThumbnailAndTheSize()
{
    ResultModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy loaded(&model, &ResultModel::thumbnailLoaded);
    model.add(entry(savedPicture(QStringLiteral("wide.png"), {1024, 512}), QStringLiteral("seed 7")));
    QVERIFY(loaded.wait());
    QCOMPARE(model.at(0).thumbnail.size(), QSize(256, 128));
    QCOMPARE(model.index(0).data(ResultModel::DetailRole).toString(), QStringLiteral("seed 7 · 1024 × 512"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(2).value<QList<int>>(),
             (QList<int>{ResultModel::ThumbnailRole, ResultModel::DetailRole}));
}

void TestResultModel::brokenPicturesStayWithoutThumbnail()
{
    const QString broken = m_folder.filePath(QStringLiteral("broken.png"));
    QFile file(broken);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG\r\n\x1a\n and then nothing that makes sense");
    file.close();

    ResultModel model;
    QSignalSpy loaded(&model, &ResultModel::thumbnailLoaded);
    model.add(entry(savedPicture(QStringLiteral("good.png"), {4, 4})));
    model.add(entry(broken));
    model.add(entry(savedPicture(QStringLiteral("good2.png"), {4, 4}))); // decoded after the broken one
    QTRY_COMPARE(loaded.size(), 2);
    QVERIFY(model.at(1).thumbnail.isNull());
    QVERIFY(!model.at(0).thumbnail.isNull());
}

void TestResultModel::aRemovedEntryIsNotTouchedLater()
{
    ResultModel model;
    QSignalSpy loaded(&model, &ResultModel::thumbnailLoaded);
    model.add(entry(savedPicture(QStringLiteral("gone.png"), {4, 4})));
    model.remove(0);
    model.add(entry(savedPicture(QStringLiteral("stays.png"), {4, 4})));
    QVERIFY(loaded.wait());
    QCOMPARE(loaded.size(), 1);
    QVERIFY(loaded.at(0).at(1).toString().endsWith(QLatin1String("stays.png")));
}

void TestResultModel::dragsRealFiles()
{
    ResultModel model;
    const QString path = savedPicture(QStringLiteral("drag me.png"), {4, 4});
    model.add(entry(path));
    const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0)}));
    QCOMPARE(data->urls(), QList<QUrl>{QUrl::fromLocalFile(path)});
    QVERIFY(model.flags(model.index(0)).testFlag(Qt::ItemIsDragEnabled));
}

QTEST_GUILESS_MAIN(TestResultModel)
#include "tst_resultmodel.moc"
