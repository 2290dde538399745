// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/viewmodels/smallworkflow.h"
#include "viewmodels/form/workflowdocument.h"

#include <QFile>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace gesso;

namespace {

// The painter saves its text only: an edit of another field fills the columns before it.
QByteArray shortGraph()
{
    return testkit::smallGraph().replace(R"("a mill", 7, "fixed", 20, "on-server.png", "image")",
                                         R"("a mill")");
}

QByteArray bytesOf(const WorkflowDocument& document)
{
    return writeJson(toJson(document.workflow()));
}

void edit(WorkflowDocument& document, const char* input, const Json& value)
{
    const WidgetRef ref{NodeId(QStringLiteral("2")), QString::fromLatin1(input)};
    document.setValue(document.form().indexOf(ref), value);
    document.endMerge();
}

} // namespace

// Once every edit is taken back, saving writes the bytes that were read.
class TestUndoBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oneEdit();
    void twoEditsOfOneNode();
    void resetOfAll();
    void anotherServerSeesNoEdit();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<WorkflowDocument> m_document;
    QByteArray m_opened;
};

void TestUndoBytes::init()
{
    QFile file(m_folder.filePath(QStringLiteral("mill.json")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(shortGraph()) > 0);
    file.close();
    m_document = std::make_unique<WorkflowDocument>();
    m_document->setCatalog(testkit::smallCatalog());
    QSignalSpy opened(m_document.get(), &WorkflowDocument::opened);
    m_document->open(file.fileName());
    QVERIFY(opened.wait());
    m_opened = bytesOf(*m_document);
}

void TestUndoBytes::oneEdit()
{
    edit(*m_document, "steps", 33);
    QVERIFY(bytesOf(*m_document) != m_opened);
    m_document->undoStack()->undo();
    QCOMPARE(bytesOf(*m_document), m_opened);
    m_document->undoStack()->redo();
    QVERIFY(bytesOf(*m_document).contains("33"));
}

void TestUndoBytes::twoEditsOfOneNode()
{
    edit(*m_document, "steps", 33);
    edit(*m_document, "text", "a lighthouse");
    m_document->undoStack()->undo(); // the other edit stays
    QVERIFY(bytesOf(*m_document).contains("33"));
    QVERIFY(bytesOf(*m_document).contains("a mill"));
    m_document->undoStack()->undo();
    QCOMPARE(bytesOf(*m_document), m_opened);
    m_document->undoStack()->redo();
    m_document->undoStack()->redo();
    QVERIFY(bytesOf(*m_document).contains("33"));
    QVERIFY(bytesOf(*m_document).contains("a lighthouse"));
}

void TestUndoBytes::resetOfAll()
{
    edit(*m_document, "steps", 33);
    edit(*m_document, "text", "a lighthouse");
    m_document->resetAll();
    QCOMPARE(bytesOf(*m_document), m_opened);
}

// The form is made anew from the file and the edits that are left: none.
void TestUndoBytes::anotherServerSeesNoEdit()
{
    edit(*m_document, "steps", 33);
    m_document->undoStack()->undo();
    QSignalSpy rebuilt(m_document.get(), &WorkflowDocument::formChanged);
    m_document->setCatalog(NodeCatalog::parse(testkit::smallCatalog()->json().replace("20", "25")).value());
    QTRY_VERIFY(m_document->isFormCurrent());
    QVERIFY(!rebuilt.isEmpty());
    QCOMPARE(bytesOf(*m_document), m_opened);
    QCOMPARE(
        m_document->field(m_document->form().indexOf({NodeId(QStringLiteral("2")), QStringLiteral("steps")}))
            .value,
        Json(25)); // what this server shows where the file says nothing
}

QTEST_GUILESS_MAIN(TestUndoBytes)
#include "tst_undobytes.moc"
