// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/documentflow.h"

#include "tests/testkit/fakeuserprompts.h"
#include "tests/testkit/testdata.h"
#include "tests/viewmodels/smallworkflow.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace gesso;
using SaveChoice = UserPrompts::SaveChoice;

class TestDocumentFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensWithoutAskingWhenNothingIsLost();
    void asksBeforeOpening_data();
    void asksBeforeOpening();
    void asksBeforeClosing_data();
    void asksBeforeClosing();
    void savingThatFailsKeepsTheWindowOpen();
    void whatOthersSavedIsNotOverwritten();
    void aSampleIsSavedElsewhere();
    void cancellingTheFileDialogCancelsClosing();
    void dropsOpenTheFirstLocalFile();
    void aBrokenDropIsToldAndChangesNothing();
    void whatWasMendedInTheFileIsTold();
    void aPlainPictureMayBecomeTheInput();
    void chooses();

private:
    QString write(const QString& name, const QByteArray& bytes = testkit::smallGraph());
    void open(const QString& path);
    void edit(const char* text);
    QString textNow() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<testkit::FakeUserPrompts> m_prompts;
    std::unique_ptr<WorkflowDocument> m_document;
    std::unique_ptr<NoticeList> m_notices;
    std::unique_ptr<DocumentFlow> m_flow;
};

void TestDocumentFlow::init()
{
    m_flow.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_prompts = std::make_unique<testkit::FakeUserPrompts>();
    m_document = std::make_unique<WorkflowDocument>();
    m_document->setCatalog(testkit::smallCatalog());
    m_notices = std::make_unique<NoticeList>();
    m_flow = std::make_unique<DocumentFlow>(*m_document, *m_prompts, *m_notices);
}

QString TestDocumentFlow::write(const QString& name, const QByteArray& bytes)
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write the test's own file");
    }
    return file.fileName();
}

void TestDocumentFlow::open(const QString& path)
{
    QSignalSpy opened(m_document.get(), &WorkflowDocument::opened);
    m_flow->open(path);
    QVERIFY(opened.wait());
}

void TestDocumentFlow::edit(const char* text)
{
    const qsizetype index = m_document->form().indexOf({NodeId(QStringLiteral("2")), QStringLiteral("text")});
    m_document->setValue(index, Json(text));
}

QString TestDocumentFlow::textNow() const
{
    const qsizetype index = m_document->form().indexOf({NodeId(QStringLiteral("2")), QStringLiteral("text")});
    return toQString(m_document->field(index).value);
}

void TestDocumentFlow::opensWithoutAskingWhenNothingIsLost()
{
    open(write(QStringLiteral("a.json")));
    open(write(QStringLiteral("b.json")));
    QCOMPARE(m_document->title(), QStringLiteral("b"));
    QCOMPARE(m_prompts->asked, QStringList());
}

void TestDocumentFlow::asksBeforeOpening_data()
{
    QTest::addColumn<SaveChoice>("choice");
    QTest::addColumn<QString>("titleAfter");
    QTest::addColumn<bool>("saved");
    QTest::newRow("save") << SaveChoice::Save << QStringLiteral("b") << true;
    QTest::newRow("discard") << SaveChoice::Discard << QStringLiteral("b") << false;
    QTest::newRow("cancel") << SaveChoice::Cancel << QStringLiteral("a") << false;
}

void TestDocumentFlow::asksBeforeOpening()
{
    QFETCH(SaveChoice, choice);
    QFETCH(QString, titleAfter);
    QFETCH(bool, saved);
    const QString a = write(QStringLiteral("a.json"));
    open(a);
    edit("edited");
    m_prompts->saveChoice = choice;
    m_flow->open(write(QStringLiteral("b.json")));
    QCOMPARE(m_prompts->asked, QStringList{QStringLiteral("ask-save a")});
    QTRY_COMPARE(m_document->title(), titleAfter);
    QTRY_VERIFY(!m_document->isOpening());
    QCOMPARE(testkit::readAll(a).contains("edited"), saved);
    QCOMPARE(m_document->isModified(), choice == SaveChoice::Cancel);
}

void TestDocumentFlow::asksBeforeClosing_data()
{
    QTest::addColumn<SaveChoice>("choice");
    QTest::addColumn<bool>("closes");
    QTest::newRow("save") << SaveChoice::Save << true;
    QTest::newRow("discard") << SaveChoice::Discard << true;
    QTest::newRow("cancel") << SaveChoice::Cancel << false;
}

void TestDocumentFlow::asksBeforeClosing()
{
    QFETCH(SaveChoice, choice);
    QFETCH(bool, closes);
    const QString a = write(QStringLiteral("a.json"));
    open(a);
    edit("edited");
    m_prompts->saveChoice = choice;
    bool closed = false;
    bool wasSaved = false;
    m_flow->requestClose([&] {
        closed = true;
        wasSaved = testkit::readAll(a).contains("edited");
    });
    QTRY_COMPARE(closed, closes);
    QCOMPARE(wasSaved, choice == SaveChoice::Save); // on disk before the window goes
}

void TestDocumentFlow::savingThatFailsKeepsTheWindowOpen()
{
    open(write(QStringLiteral("a.json")));
    edit("precious");
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("a.json"))));
    QVERIFY(QDir(m_folder->path()).removeRecursively());
    m_prompts->saveChoice = SaveChoice::Save;
    bool closed = false;
    m_flow->requestClose([&] { closed = true; });
    QTRY_COMPARE(m_notices->rowCount(), 1);
    QVERIFY(!closed);
    QVERIFY(m_document->isModified());
    QCOMPARE(m_notices->at(0).actions.size(), qsizetype(2));

    QTemporaryDir other;
    m_prompts->fileToSave = other.filePath(QStringLiteral("rescued")); // no suffix typed
    m_notices->trigger(m_notices->at(0).id, 0);
    QTRY_VERIFY(!m_document->isModified());
    QVERIFY(testkit::readAll(other.filePath(QStringLiteral("rescued.json"))).contains("precious"));
    QVERIFY(!closed); // that question is over
}

void TestDocumentFlow::whatOthersSavedIsNotOverwritten()
{
    const QString path = write(QStringLiteral("a.json"));
    open(path);
    edit("mine");
    m_flow->save();
    QTRY_VERIFY(!m_document->isModified());
    edit("mine again"); // what was saved here is no change of others
    m_flow->save();
    QTRY_VERIFY(!m_document->isModified());

    WorkflowDocument other; // another window
    other.setCatalog(testkit::smallCatalog());
    QSignalSpy opened(&other, &WorkflowDocument::opened);
    other.open(path);
    QVERIFY(opened.wait());
    other.setValue(0, toJson(QStringLiteral("theirs")));
    QSignalSpy saved(&other, &WorkflowDocument::saved);
    other.save();
    QVERIFY(saved.wait());

    edit("mine, later");
    m_prompts->saveChoice = SaveChoice::Save;
    bool closed = false;
    m_flow->requestClose([&] { closed = true; });
    const auto conflict = [this] {
        const Notice last = m_notices->rowCount() > 0 ? m_notices->at(m_notices->rowCount() - 1) : Notice();
        return last.text.contains(QLatin1String("a.json was changed elsewhere")) ? last : Notice();
    };
    QTRY_COMPARE(conflict().actions.size(), qsizetype(2));
    QVERIFY(!closed);
    QVERIFY(m_document->isModified());
    QVERIFY(testkit::readAll(path).contains("theirs"));

    m_notices->trigger(conflict().id, 1); // replace it
    QTRY_VERIFY(!m_document->isModified());
    QVERIFY(testkit::readAll(path).contains("mine, later"));
    QVERIFY(!closed); // that question is over

    edit("last"); // a file that is gone is nobody's
    QVERIFY(QFile::remove(path));
    m_flow->save();
    QTRY_VERIFY(!m_document->isModified());
    QVERIFY(testkit::readAll(path).contains("last"));
}

void TestDocumentFlow::aSampleIsSavedElsewhere()
{
    m_document->setSamplesFolder(m_folder->path());
    open(write(QStringLiteral("a-sample.json")));
    edit("mine");
    QTemporaryDir other;
    m_prompts->fileToSave = other.filePath(QStringLiteral("mine.json"));
    m_flow->save();
    QTRY_COMPARE(m_document->path(), m_prompts->fileToSave);
    QVERIFY(m_prompts->asked.value(0).endsWith(QLatin1String("/A sample.json")));
    QVERIFY(!testkit::readAll(m_folder->filePath(QStringLiteral("a-sample.json"))).contains("mine"));
    QVERIFY(m_notices->at(0).text.contains(QLatin1String("mine.json")));
}

void TestDocumentFlow::cancellingTheFileDialogCancelsClosing()
{
    m_document->setSamplesFolder(m_folder->path());
    open(write(QStringLiteral("a.json")));
    edit("mine");
    m_prompts->saveChoice = SaveChoice::Save; // but no file is chosen
    bool closed = false;
    m_flow->requestClose([&] { closed = true; });
    QCOMPARE(m_prompts->asked.size(), qsizetype(2));
    QVERIFY(!closed);

    // Saving later, for another reason, must not close the window.
    m_prompts->fileToSave = m_folder->filePath(QStringLiteral("later.json"));
    m_flow->saveAs();
    QTRY_VERIFY(!m_document->isModified());
    QVERIFY(!closed);
}

void TestDocumentFlow::dropsOpenTheFirstLocalFile()
{
    const QString a = write(QStringLiteral("a.json"));
    QSignalSpy opened(m_document.get(), &WorkflowDocument::opened);
    m_flow->openDropped({QUrl(QStringLiteral("https://example.org/x.json")), QUrl::fromLocalFile(a)});
    QVERIFY(opened.wait());
    QCOMPARE(m_document->title(), QStringLiteral("a"));
    m_flow->openDropped({QUrl(QStringLiteral("https://example.org/x.json"))});
    QCOMPARE(m_notices->rowCount(), 1);
    QCOMPARE(m_document->title(), QStringLiteral("a"));
}

void TestDocumentFlow::aBrokenDropIsToldAndChangesNothing()
{
    open(write(QStringLiteral("a.json")));
    m_flow->openDropped(
        {QUrl::fromLocalFile(write(QStringLiteral("evil.json"), "{\"nodes\": [{\"id\": 1,}"))});
    QTRY_COMPARE(m_notices->rowCount(), 1);
    QVERIFY(m_notices->at(0).text.contains(QLatin1String("evil.json")));
    QCOMPARE(m_document->title(), QStringLiteral("a"));
    open(write(QStringLiteral("good.json")));
    QCOMPARE(m_notices->rowCount(), 0); // mended
}

// What the file says is not lost silently.
void TestDocumentFlow::whatWasMendedInTheFileIsTold()
{
    QByteArray graph = testkit::smallGraph();
    graph.replace("[1, 1, 0, 2, 0, \"MODEL\"]",
                  R"({"id":1,"origin_id":1,"origin_slot":0,"target_id":2,"target_slot":0,"type":"MODEL"})");
    open(write(QStringLiteral("other-form.json"), graph));
    QCOMPARE(m_notices->rowCount(), 1);
    QCOMPARE(m_notices->at(0).tone, NoticeTone::Warning);
    QVERIFY2(m_notices->at(0).text.contains(u"another version of the file format"),
             qPrintable(m_notices->at(0).text));

    graph.replace("\"nodes\": [", "\"nodes\": [5, ");
    open(write(QStringLiteral("broken.json"), graph));
    QCOMPARE(m_notices->rowCount(), 1);
    QVERIFY2(m_notices->at(0).text.contains(u"is no node"), qPrintable(m_notices->at(0).text));
    QVERIFY2(m_notices->at(0).detail.contains(u"another version of the file format"),
             qPrintable(m_notices->at(0).detail));

    open(write(QStringLiteral("sound.json")));
    QCOMPARE(m_notices->rowCount(), 0);
}

void TestDocumentFlow::aPlainPictureMayBecomeTheInput()
{
    open(write(QStringLiteral("a.json")));
    const QString photo = m_folder->filePath(QStringLiteral("photo.png"));
    QVERIFY(QImage(4, 4, QImage::Format_RGB32).save(photo));
    m_flow->openDropped({QUrl::fromLocalFile(photo)});
    QTRY_COMPARE(m_notices->rowCount(), 1);
    QCOMPARE(m_notices->at(0).actions.size(), qsizetype(2));
    QSignalSpy revealed(m_document.get(), &WorkflowDocument::revealField);
    m_notices->trigger(m_notices->at(0).id, 0);
    QCOMPARE(revealed.size(), 1);
    QCOMPARE(m_document->localFile(revealed.at(0).at(0).toLongLong()), photo);
}

void TestDocumentFlow::chooses()
{
    m_prompts->fileToOpen = write(QStringLiteral("chosen.json"));
    QSignalSpy opened(m_document.get(), &WorkflowDocument::opened);
    m_flow->choose();
    QVERIFY(opened.wait());
    QCOMPARE(textNow(), QStringLiteral("a mill"));
    QCOMPARE(m_document->title(), QStringLiteral("chosen"));
}

QTEST_GUILESS_MAIN(TestDocumentFlow)
#include "tst_documentflow.moc"
