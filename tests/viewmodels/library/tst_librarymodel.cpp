// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/librarymodel.h"

#include "tests/viewmodels/smallworkflow.h"
#include "viewmodels/library/libraryfilter.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestLibraryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsSamplesAndFolders();
    void findsOnlyWorkflows();
    void seesAddedChangedAndRemovedFiles();
    void seesAFileThatIsWrittenSlowly();
    void aNewSubfolderIsWatchedToo();
    void picturesShowThemselves();
    void keepsMadeThumbnails();
    void recentStandsFirstAndMoves();
    void goneFilesAreNotRecent();
    void countsMissingNodes();
    void removingAFolderRemovesItsCards();
    void filtersBySectionAndSearch();
    void allSectionsShowAFileOnce();

private:
    QString write(const QString& name, const QByteArray& bytes = testkit::smallGraph());
    QString writePicture(const QString& name, const QByteArray& workflow = {});
    QString dir(const QString& name);
    static int rowOf(const QAbstractItemModel& model, const QString& title);

    std::unique_ptr<QTemporaryDir> m_root;
};

void TestLibraryModel::init()
{
    m_root = std::make_unique<QTemporaryDir>();
}

QString TestLibraryModel::dir(const QString& name)
{
    QDir(m_root->path()).mkpath(name);
    return m_root->filePath(name);
}

QString TestLibraryModel::write(const QString& name, const QByteArray& bytes)
{
    QFile file(m_root->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write the test's own file");
    }
    return file.fileName();
}

QString TestLibraryModel::writePicture(const QString& name, const QByteArray& workflow)
{
    QImage image(64, 32, QImage::Format_RGB32);
    image.fill(Qt::red);
    if (!workflow.isEmpty()) {
        image.setText(QStringLiteral("workflow"), QString::fromUtf8(workflow));
    }
    const QString path = m_root->filePath(name);
    image.save(path, "PNG");
    return path;
}

int TestLibraryModel::rowOf(const QAbstractItemModel& model, const QString& title)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data(LibraryModel::TitleRole).toString() == title) {
            return row;
        }
    }
    return -1;
}

void TestLibraryModel::showsSamplesAndFolders()
{
    const QString samples = dir(QStringLiteral("samples"));
    dir(QStringLiteral("mine/deep/er"));
    write(QStringLiteral("samples/text-to-picture.json"));
    write(QStringLiteral("mine/deep/er/Mühle.json"));
    LibraryModel model(samples);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.addFolder(m_root->filePath(QStringLiteral("mine"))); // read first, but stands second
    model.start();
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_VERIFY(!model.isScanning());
    const QModelIndex sample = model.index(0);
    QCOMPARE(sample.data(LibraryModel::TitleRole).toString(), QStringLiteral("Text to picture"));
    QCOMPARE(sample.data(LibraryModel::SourceRole).value<LibraryModel::Source>(),
             LibraryModel::Source::Sample);
    QCOMPARE(sample.data(LibraryModel::KindRole).toString(), QStringLiteral("Picture"));
    QCOMPARE(model.index(1).data(LibraryModel::TitleRole).toString(), QStringLiteral("Mühle"));
    QCOMPARE(model.index(1).data(LibraryModel::SourceRole).value<LibraryModel::Source>(),
             LibraryModel::Source::Folder);
}

void TestLibraryModel::findsOnlyWorkflows()
{
    dir(QStringLiteral("mine"));
    write(QStringLiteral("mine/package.json"), "{\"name\": \"no workflow\"}");
    write(QStringLiteral("mine/broken.json"), "{\"nodes\": [");
    write(QStringLiteral("mine/notes.txt"));
    writePicture(QStringLiteral("mine/holiday.png"));
    writePicture(QStringLiteral("mine/made.png"), testkit::smallGraph());
    write(QStringLiteral("mine/mill.json"));
    write(QStringLiteral("mine/logo.SVG"),
          "<svg><metadata><![CDATA[{\"workflow\": " + testkit::smallGraph() + "}]]></metadata></svg>");
    write(QStringLiteral("mine/holiday.mp4"), "no film");
    QFile::link(m_root->path(), m_root->filePath(QStringLiteral("mine/loop")));
    LibraryModel model({});
    model.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_VERIFY(!model.isScanning());
    QCOMPARE(model.rowCount(), 3);
    QVERIFY(rowOf(model, QStringLiteral("logo")) >= 0); // any file that can carry one
    QVERIFY(rowOf(model, QStringLiteral("made")) >= 0);
    QVERIFY(rowOf(model, QStringLiteral("mill")) >= 0);
}

void TestLibraryModel::seesAddedChangedAndRemovedFiles()
{
    const QString folder = dir(QStringLiteral("mine"));
    write(QStringLiteral("mine/first.json"));
    LibraryModel model({});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.addFolder(folder);
    QTRY_COMPARE(model.rowCount(), 1);

    write(QStringLiteral("mine/second.json"));
    QTRY_COMPARE(model.rowCount(), 2);
    QVERIFY(rowOf(model, QStringLiteral("second")) >= 0);

    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QVERIFY(QFile::remove(m_root->filePath(QStringLiteral("mine/first.json"))));
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(model.index(0).data(LibraryModel::TitleRole).toString(), QStringLiteral("second"));
    QCOMPARE(reset.size(), 0);
}

void TestLibraryModel::seesAFileThatIsWrittenSlowly()
{
    const QString folder = dir(QStringLiteral("mine"));
    LibraryModel model({});
    model.addFolder(folder);
    QTRY_VERIFY(!model.isScanning());
    QSignalSpy scanning(&model, &LibraryModel::scanningChanged);
    QFile file(m_root->filePath(QStringLiteral("mine/slow.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray graph = testkit::smallGraph();
    file.write(graph.left(100));
    file.flush();
    QTRY_VERIFY(scanning.size() >= 2 && !model.isScanning()); // the half was looked at
    QCOMPARE(model.rowCount(), 0);
    file.write(graph.mid(100));
    file.close();
    QTRY_COMPARE(model.rowCount(), 1);
}

void TestLibraryModel::aNewSubfolderIsWatchedToo()
{
    const QString folder = dir(QStringLiteral("mine"));
    LibraryModel model({});
    model.addFolder(folder);
    QTRY_VERIFY(!model.isScanning());
    QSignalSpy scanning(&model, &LibraryModel::scanningChanged);
    dir(QStringLiteral("mine/new"));
    QTRY_VERIFY(scanning.size() >= 2 && !model.isScanning());
    write(QStringLiteral("mine/new/inside.json"));
    QTRY_COMPARE(model.rowCount(), 1);
}

void TestLibraryModel::picturesShowThemselves()
{
    dir(QStringLiteral("mine"));
    writePicture(QStringLiteral("mine/made.png"), testkit::smallGraph());
    write(QStringLiteral("mine/mill.json"));
    writePicture(QStringLiteral("mine/mill.png"), testkit::smallGraph()); // the card of mill.json
    LibraryModel model({});
    model.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_COMPARE(model.rowCount(), 2);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int row = 0; row < 2; ++row) {
        QVERIFY(model.index(row)
                    .data(LibraryModel::ThumbnailRole)
                    .value<QImage>()
                    .isNull()); // asked for, not waited for
    }
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(2).value<QList<int>>(), QList<int>{LibraryModel::ThumbnailRole});
    for (int row = 0; row < 2; ++row) {
        QCOMPARE(model.index(row).data(LibraryModel::ThumbnailRole).value<QImage>().size(), QSize(64, 32));
    }
}

void TestLibraryModel::keepsMadeThumbnails()
{
    dir(QStringLiteral("mine"));
    const QString mill = write(QStringLiteral("mine/mill.json"));
    QImage result(640, 640, QImage::Format_RGB32);
    result.fill(Qt::blue);
    {
        LibraryModel model({});
        model.setThumbnailFolder(m_root->filePath(QStringLiteral("cache")));
        model.addFolder(m_root->filePath(QStringLiteral("mine")));
        QTRY_COMPARE(model.rowCount(), 1);
        model.setThumbnail(mill, result);
        QCOMPARE(model.index(0).data(LibraryModel::ThumbnailRole).value<QImage>().size(), QSize(240, 240));
    }
    LibraryModel next({});
    next.setThumbnailFolder(m_root->filePath(QStringLiteral("cache")));
    next.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_COMPARE(next.rowCount(), 1);
    QTRY_COMPARE(next.index(0).data(LibraryModel::ThumbnailRole).value<QImage>().size(), QSize(240, 240));
}

void TestLibraryModel::recentStandsFirstAndMoves()
{
    dir(QStringLiteral("mine"));
    const QString a = write(QStringLiteral("mine/a.json"));
    const QString b = write(QStringLiteral("mine/b.json"));
    LibraryModel model({});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_COMPARE(model.rowCount(), 2);
    QSignalSpy recent(&model, &LibraryModel::recentChanged);
    model.noteOpened(a);
    model.noteOpened(b);
    QTRY_COMPARE(model.rowCount(), 4);
    QCOMPARE(recent.size(), 2);
    QCOMPARE(model.index(0).data(LibraryModel::PathRole).toString(), b);
    QCOMPARE(model.index(0).data(LibraryModel::SourceRole).value<LibraryModel::Source>(),
             LibraryModel::Source::Recent);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    model.noteOpened(a);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(model.index(0).data(LibraryModel::PathRole).toString(), a);
    QCOMPARE(model.recent(), (QStringList{a, b}));
    model.noteOpened(a); // is on top already
    QCOMPARE(recent.size(), 3);
}

void TestLibraryModel::goneFilesAreNotRecent()
{
    const QString here = write(QStringLiteral("here.json"));
    LibraryModel model({});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRecent({m_root->filePath(QStringLiteral("gone.json")), here});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(LibraryModel::PathRole).toString(), here);
}

void TestLibraryModel::countsMissingNodes()
{
    dir(QStringLiteral("mine"));
    write(QStringLiteral("mine/mill.json"));
    write(QStringLiteral("mine/odd.json"), testkit::smallGraph().replace("\"Painter\"", "\"Sculptor\""));
    LibraryModel model({});
    model.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_COMPARE(model.rowCount(), 2);
    const int odd = rowOf(model, QStringLiteral("odd"));
    QCOMPARE(model.index(odd).data(LibraryModel::SubtitleRole).toString(), QStringLiteral("Picture"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setCatalog(testkit::smallCatalog());
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), odd);
    QCOMPARE(model.index(odd).data(LibraryModel::SubtitleRole).toString(), QStringLiteral("Needs 1 node"));
    QCOMPARE(model.index(odd).data(LibraryModel::NeedsRole).toString(), QStringLiteral("Node Sculptor"));
    QCOMPARE(model.index(odd).data(LibraryModel::ToneRole).toString(), QStringLiteral("warn"));
    QCOMPARE(model.index(1 - odd).data(LibraryModel::ToneRole).toString(), QString());

    write(QStringLiteral("mine/late.json"), testkit::smallGraph().replace("\"Painter\"", "\"Etcher\""));
    QTRY_COMPARE(model.rowCount(), 3); // found while the server is known
    QTRY_COMPARE(model.index(rowOf(model, QStringLiteral("late"))).data(LibraryModel::NeedsRole).toString(),
                 QStringLiteral("Node Etcher"));
    model.setCatalog(std::make_shared<const NodeCatalog>()); // no server any more: nothing is known
    QTRY_COMPARE(model.index(rowOf(model, QStringLiteral("odd"))).data(LibraryModel::ToneRole).toString(),
                 QString());
}

void TestLibraryModel::removingAFolderRemovesItsCards()
{
    dir(QStringLiteral("one"));
    dir(QStringLiteral("two"));
    write(QStringLiteral("one/a.json"));
    write(QStringLiteral("two/b.json"));
    LibraryModel model({});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy folders(&model, &LibraryModel::foldersChanged);
    model.setFolders({m_root->filePath(QStringLiteral("one")), m_root->filePath(QStringLiteral("two"))});
    QTRY_COMPARE(model.rowCount(), 2);
    model.addFolder(m_root->filePath(QStringLiteral("one")) + QLatin1Char('/')); // the same once more
    QCOMPARE(model.folders().size(), 2);
    model.setFolders({m_root->filePath(QStringLiteral("two"))});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(LibraryModel::TitleRole).toString(), QStringLiteral("b"));
    QCOMPARE(folders.size(), 3);
}

void TestLibraryModel::filtersBySectionAndSearch()
{
    dir(QStringLiteral("mine"));
    write(QStringLiteral("mine/Ink to colour.json"));
    write(QStringLiteral("mine/Painting by king.json"));
    write(QStringLiteral("mine/Mill.json"));
    LibraryModel model({});
    LibraryFilter filter;
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&model);
    model.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_COMPARE(filter.rowCount(), 3);
    filter.setSearch(QStringLiteral("ink"));
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(filter.index(0, 0).data(LibraryModel::TitleRole).toString(), QStringLiteral("Ink to colour"));
    filter.setSection(LibraryModel::Source::Sample);
    QCOMPARE(filter.rowCount(), 0);
    filter.setSection(LibraryModel::Source::Folder);
    filter.setSearch({});
    QCOMPARE(filter.rowCount(), 3);
}

void TestLibraryModel::allSectionsShowAFileOnce()
{
    dir(QStringLiteral("mine"));
    const QString mill = write(QStringLiteral("mine/mill.json"));
    const QString elsewhere = write(QStringLiteral("elsewhere.json"));
    LibraryModel model({});
    LibraryFilter filter;
    filter.setSourceModel(&model);
    model.setRecent({mill, elsewhere});
    QTRY_COMPARE(filter.rowCount(), 2);
    model.addFolder(m_root->filePath(QStringLiteral("mine")));
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_COMPARE(filter.rowCount(), 2);
    filter.setSection(LibraryModel::Source::Recent);
    QCOMPARE(filter.rowCount(), 2);
}

QTEST_GUILESS_MAIN(TestLibraryModel)
#include "tst_librarymodel.moc"
