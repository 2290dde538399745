// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/workflowdocument.h"

#include "core/workflow/reader.h"
#include "tests/testkit/testdata.h"
#include "tests/viewmodels/smallworkflow.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace gesso;

namespace {

const WidgetRef kText{NodeId(QStringLiteral("2")), QStringLiteral("text")};
const WidgetRef kSeed{NodeId(QStringLiteral("2")), QStringLiteral("seed")};
const WidgetRef kSteps{NodeId(QStringLiteral("2")), QStringLiteral("steps")};
const WidgetRef kImage{NodeId(QStringLiteral("2")), QStringLiteral("image")};
const WidgetRef kCheckpoint{NodeId(QStringLiteral("1")), QStringLiteral("ckpt_name")};
const QString kAwkwardText =
    QStringLiteral("Mühle am Fluß, 水彩画の風車, \U0001F3A8\nzweite Zeile \"quoted\"");
constexpr quint64 kLargestSeed = 18446744073709551615ULL;

} // namespace

class TestWorkflowDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensWithAForm();
    void editsUndoAndRedo();
    void typingInOneFieldIsOneStep();
    void aPauseOrUndoEndsTheStep();
    void typingAndTakingBackLeavesNothingToUndo();
    void resetsOneAndAll();
    void savesAndReopensEverything();
    void whatIsTypedWhileSavingStaysUnsaved();
    void savingWhereItCannotSaysSo();
    void samplesAndPicturesAreTemplates();
    void marksWhatTheServerLacks();
    void findingsBelongToFieldsAndGoWithEdits();
    void fixesApply();
    void anotherCatalogKeepsEditsAndUndo();
    void editsMadeWithoutAServerAreKept();
    void localFilesGoThroughUndo();
    void hostileFilesLeaveTheOldDocument_data();
    void hostileFilesLeaveTheOldDocument();
    void theLastOneAskedForWins();
    void untrackedValuesAreNoEdits();
    void closes();

private:
    QString write(const QString& name, const QByteArray& bytes);
    void open(WorkflowDocument& document, const QByteArray& graph = testkit::smallGraph());
    static qsizetype indexOf(const WorkflowDocument& document, const WidgetRef& ref);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWorkflowDocument::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString TestWorkflowDocument::write(const QString& name, const QByteArray& bytes)
{
    const QString path = m_folder->filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write the test's own file");
    }
    return path;
}

void TestWorkflowDocument::open(WorkflowDocument& document, const QByteArray& graph)
{
    document.setCatalog(testkit::smallCatalog());
    QSignalSpy opened(&document, &WorkflowDocument::opened);
    document.open(write(QStringLiteral("mill.json"), graph));
    QVERIFY(opened.wait());
}

qsizetype TestWorkflowDocument::indexOf(const WorkflowDocument& document, const WidgetRef& ref)
{
    return document.form().indexOf(ref);
}

void TestWorkflowDocument::opensWithAForm()
{
    WorkflowDocument document;
    open(document);
    QVERIFY(document.isOpen());
    QVERIFY(!document.isModified());
    QCOMPARE(document.title(), QStringLiteral("mill"));
    QCOMPARE(document.path(), m_folder->filePath(QStringLiteral("mill.json")));
    QVERIFY(indexOf(document, kText) >= 0);
    QCOMPARE(document.field(indexOf(document, kText)).value, Json("a mill"));
    QCOMPARE(document.field(document.seedField()).ref, kSeed);
    QVERIFY(document.findings().isEmpty());
}

void TestWorkflowDocument::editsUndoAndRedo()
{
    WorkflowDocument document;
    open(document);
    const qsizetype steps = indexOf(document, kSteps);
    QSignalSpy fieldChanged(&document, &WorkflowDocument::fieldChanged);
    QSignalSpy modified(&document, &WorkflowDocument::modifiedChanged);
    document.setValue(steps, Json(30));
    QCOMPARE(document.field(steps).value, Json(30));
    QCOMPARE(fieldChanged.size(), 1);
    QCOMPARE(fieldChanged.at(0).at(0).toLongLong(), qlonglong(steps));
    QVERIFY(document.isModified());
    QVERIFY(document.isChanged(steps));
    QCOMPARE(modified.size(), 1);
    QCOMPARE(document.toPrompt(0)->prompt.node(kSteps.node)->input(kSteps.input)->get<int>(), 30);

    document.setValue(steps, Json(30)); // the same again is no edit
    QCOMPARE(document.undoStack()->count(), 1);

    document.undoStack()->undo();
    QCOMPARE(document.field(steps).value, Json(20));
    QVERIFY(!document.isModified());
    QVERIFY(!document.isChanged(steps));
    QCOMPARE(document.toPrompt(0)->prompt.node(kSteps.node)->input(kSteps.input)->get<int>(), 20);
    document.undoStack()->redo();
    QCOMPARE(document.field(steps).value, Json(30));
    QCOMPARE(fieldChanged.size(), 3);
}

void TestWorkflowDocument::typingInOneFieldIsOneStep()
{
    WorkflowDocument document;
    document.setMergePause(1'000'000);
    open(document);
    const qsizetype text = indexOf(document, kText);
    const qsizetype steps = indexOf(document, kSteps);
    for (const char* typed : {"a", "a b", "a bridge"}) {
        document.setValue(text, Json(typed));
    }
    QCOMPARE(document.undoStack()->count(), 1);
    document.setValue(steps, Json(21)); // another field
    document.setValue(text, Json("a bridge!")); // and back
    QCOMPARE(document.undoStack()->count(), 3);
    document.endMerge(); // the focus left
    document.setValue(text, Json("a bridge!!"));
    QCOMPARE(document.undoStack()->count(), 4);
    for (int i = 0; i < 4; ++i) {
        document.undoStack()->undo();
    }
    QCOMPARE(document.field(text).value, Json("a mill"));
    QCOMPARE(document.field(steps).value, Json(20));
}

void TestWorkflowDocument::aPauseOrUndoEndsTheStep()
{
    WorkflowDocument document;
    open(document);
    const qsizetype text = indexOf(document, kText);
    document.setMergePause(0);
    document.setValue(text, Json("one"));
    QCoreApplication::processEvents(); // the pause has passed
    document.setValue(text, Json("two"));
    QCOMPARE(document.undoStack()->count(), 2);
    QCoreApplication::processEvents();

    document.setMergePause(1'000'000);
    document.setValue(text, Json("three"));
    document.undoStack()->undo();
    const int count = document.undoStack()->index();
    document.setValue(text, Json("four"));
    QCOMPARE(document.undoStack()->index(), count + 1);
    document.undoStack()->undo();
    QCOMPARE(document.field(text).value, Json("two"));
}

void TestWorkflowDocument::typingAndTakingBackLeavesNothingToUndo()
{
    WorkflowDocument document;
    document.setMergePause(1'000'000);
    open(document);
    const qsizetype text = indexOf(document, kText);
    document.setValue(text, Json("a millx"));
    document.setValue(text, Json("a mill"));
    QVERIFY(!document.undoStack()->canUndo());
    QVERIFY(!document.isModified());
}

void TestWorkflowDocument::resetsOneAndAll()
{
    WorkflowDocument document;
    open(document);
    document.setValue(indexOf(document, kSteps), Json(5));
    document.setValue(indexOf(document, kText), Json("else"));
    document.reset(indexOf(document, kSteps));
    QCOMPARE(document.field(indexOf(document, kSteps)).value, Json(20));
    document.setValue(indexOf(document, kSteps), Json(6));
    document.resetAll();
    QVERIFY(!document.isChanged(indexOf(document, kSteps)));
    QVERIFY(!document.isChanged(indexOf(document, kText)));
    document.undoStack()->undo(); // one step for all
    QCOMPARE(document.field(indexOf(document, kSteps)).value, Json(6));
    QCOMPARE(document.field(indexOf(document, kText)).value, Json("else"));
    const int count = document.undoStack()->count();
    document.undoStack()->redo();
    document.resetAll(); // nothing to do
    QCOMPARE(document.undoStack()->count(), count);
}

void TestWorkflowDocument::savesAndReopensEverything()
{
    WorkflowDocument document;
    open(document);
    document.setValue(indexOf(document, kText), toJson(kAwkwardText));
    document.setValue(indexOf(document, kSeed), Json(kLargestSeed));
    document.undoStack()->undo();
    document.undoStack()->redo();
    const QString target = m_folder->filePath(QStringLiteral("Mühle 風車.json"));
    QSignalSpy saved(&document, &WorkflowDocument::saved);
    document.save(target);
    QVERIFY(saved.wait());
    QVERIFY(!document.isModified());
    QCOMPARE(document.path(), target);
    QCOMPARE(document.title(), QStringLiteral("Mühle 風車"));

    WorkflowDocument reopened;
    reopened.setCatalog(testkit::smallCatalog());
    QSignalSpy opened(&reopened, &WorkflowDocument::opened);
    reopened.open(target);
    QVERIFY(opened.wait());
    QCOMPARE(toQString(reopened.field(indexOf(reopened, kText)).value), kAwkwardText);
    QCOMPARE(reopened.field(indexOf(reopened, kSeed)).value.get<quint64>(), kLargestSeed);
    const Json before = *parseJson(testkit::smallGraph());
    const Json after = *parseJson(testkit::readAll(target));
    QCOMPARE(after["id"], before["id"]);
    QCOMPARE(after["extra"], before["extra"]);
    QCOMPARE(after["links"], before["links"]);
    QCOMPARE(after["nodes"][0], before["nodes"][0]);
}

void TestWorkflowDocument::whatIsTypedWhileSavingStaysUnsaved()
{
    WorkflowDocument document;
    open(document);
    QSignalSpy saved(&document, &WorkflowDocument::saved);
    document.setValue(indexOf(document, kText), Json("saved"));
    document.save();
    document.setValue(indexOf(document, kText), Json("typed later"));
    QVERIFY(saved.wait());
    QVERIFY(document.isModified());
    QVERIFY(testkit::readAll(document.path()).contains("saved"));
    QVERIFY(!testkit::readAll(document.path()).contains("typed later"));
}

void TestWorkflowDocument::savingWhereItCannotSaysSo()
{
    WorkflowDocument document;
    open(document);
    document.setValue(indexOf(document, kText), Json("precious"));
    QSignalSpy failed(&document, &WorkflowDocument::saveFailed);
    document.save(m_folder->filePath(QStringLiteral("no/such/folder/mill.json")));
    QVERIFY(failed.wait());
    const auto error = failed.at(0).at(0).value<Error>();
    QCOMPARE(error.kind, ErrorKind::DiskError);
    QVERIFY(error.message.contains(QLatin1String("mill.json")));
    QVERIFY(document.isModified());
    QCOMPARE(document.path(), m_folder->filePath(QStringLiteral("mill.json")));
}

void TestWorkflowDocument::samplesAndPicturesAreTemplates()
{
    WorkflowDocument document;
    document.setSamplesFolder(m_folder->path());
    open(document);
    QCOMPARE(document.path(), QString());
    QCOMPARE(document.sourcePath(), m_folder->filePath(QStringLiteral("mill.json")));
    QCOMPARE(document.title(), QStringLiteral("Mill"));
    QSignalSpy failed(&document, &WorkflowDocument::saveFailed);
    document.save();
    QCOMPARE(failed.size(), 1);
}

void TestWorkflowDocument::marksWhatTheServerLacks()
{
    WorkflowDocument document;
    open(document, testkit::smallGraph("sdxl\\\\good.safetensors"));
    const qsizetype checkpoint = indexOf(document, kCheckpoint);
    const auto finding = document.finding(checkpoint);
    QVERIFY(finding);
    QCOMPARE(finding->code, QStringLiteral("value-not-in-list"));
    QCOMPARE(document.firstFieldWithError(), checkpoint);
    QVERIFY(finding->fix);
    QCOMPARE(finding->fix->value, Json("sdxl/good.safetensors"));
}

void TestWorkflowDocument::findingsBelongToFieldsAndGoWithEdits()
{
    WorkflowDocument document;
    open(document);
    const qsizetype steps = indexOf(document, kSteps);
    const qsizetype text = indexOf(document, kText);
    Diagnostic warning;
    warning.severity = Severity::Warning;
    warning.node = kSteps.node;
    warning.input = kSteps.input;
    Diagnostic error = warning;
    error.severity = Severity::Error;
    error.message = QStringLiteral("too many");
    Diagnostic general;
    general.code = QStringLiteral("no-output-node");

    QSignalSpy changed(&document, &WorkflowDocument::findingChanged);
    document.setFindings({warning, error, general});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toLongLong(), qlonglong(steps));
    QCOMPARE(document.finding(steps)->message, QStringLiteral("too many")); // the worst
    QVERIFY(!document.finding(text));
    QCOMPARE(document.firstFieldWithError(), steps);

    document.setValue(text, Json("else"));
    QVERIFY(document.finding(steps));
    document.setValue(steps, Json(10));
    QVERIFY(!document.finding(steps));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(document.findings(), Diagnostics{general});
    QCOMPARE(document.firstFieldWithError(), qsizetype(-1));
}

void TestWorkflowDocument::fixesApply()
{
    WorkflowDocument document;
    open(document, testkit::smallGraph("gone/good.safetensors"));
    const qsizetype checkpoint = indexOf(document, kCheckpoint);
    document.applyFix(checkpoint);
    QCOMPARE(document.field(checkpoint).value, Json("sdxl/good.safetensors"));
    QVERIFY(!document.finding(checkpoint));
    QVERIFY(document.undoStack()->canUndo());
    document.applyFix(checkpoint); // nothing left to fix
    QCOMPARE(document.undoStack()->count(), 1);
}

void TestWorkflowDocument::anotherCatalogKeepsEditsAndUndo()
{
    WorkflowDocument document;
    open(document);
    document.setValue(indexOf(document, kText), toJson(kAwkwardText));
    QSignalSpy formChanged(&document, &WorkflowDocument::formChanged);
    document.setCatalog(NodeCatalog::parse("{}").value()); // a server that knows nothing
    document.setCatalog(testkit::smallCatalog());
    QVERIFY(formChanged.wait());
    const qsizetype text = indexOf(document, kText);
    QCOMPARE(toQString(document.field(text).value), kAwkwardText);
    QVERIFY(document.isChanged(text));
    QVERIFY(document.isModified());
    document.undoStack()->undo();
    QCOMPARE(document.field(text).value, Json("a mill"));
}

void TestWorkflowDocument::editsMadeWithoutAServerAreKept()
{
    WorkflowDocument document;
    QSignalSpy opened(&document, &WorkflowDocument::opened);
    document.open(write(QStringLiteral("mill.json"), testkit::smallGraph()));
    QVERIFY(opened.wait());
    QVERIFY(document.fieldCount() > 0); // raw fields: nothing is out of reach
    qsizetype raw = -1;
    for (qsizetype i = 0; i < document.fieldCount(); ++i) {
        if (document.field(i).value == Json("a mill")) {
            raw = i;
        }
    }
    QVERIFY(raw >= 0);
    document.setValue(raw, Json("a bridge"));
    QSignalSpy formChanged(&document, &WorkflowDocument::formChanged);
    document.setCatalog(testkit::smallCatalog());
    QVERIFY(formChanged.wait());
    const Prompt prompt = document.toPrompt(0)->prompt;
    QCOMPARE(*prompt.node(kText.node)->input(kText.input), Json("a bridge"));
    QCOMPARE(document.field(indexOf(document, kText)).value, Json("a bridge"));
    document.undoStack()->undo();
    QCOMPARE(document.field(indexOf(document, kText)).value, Json("a mill"));
    QCOMPARE(*document.toPrompt(0)->prompt.node(kText.node)->input(kText.input), Json("a mill"));
}

void TestWorkflowDocument::localFilesGoThroughUndo()
{
    WorkflowDocument document;
    open(document);
    const qsizetype image = indexOf(document, kImage);
    document.setLocalFile(image, QStringLiteral("/pictures/klippe.png"));
    QCOMPARE(document.field(image).value, Json("klippe.png"));
    QCOMPARE(document.localFile(image), QStringLiteral("/pictures/klippe.png"));
    document.setValue(image, Json("on-server.png"));
    QCOMPARE(document.localFile(image), QString());
    document.undoStack()->undo();
    QCOMPARE(document.localFile(image), QStringLiteral("/pictures/klippe.png"));
    document.undoStack()->undo();
    QCOMPARE(document.localFile(image), QString());
    QCOMPARE(document.field(image).value, Json("on-server.png"));
}

void TestWorkflowDocument::hostileFilesLeaveTheOldDocument_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no json") << QByteArray("<script>alert(1)</script>");
    QTest::newRow("cut") << testkit::smallGraph().left(200);
    QTest::newRow("other json") << QByteArray("{\"name\": \"a package\", \"version\": 1}");
    QTest::newRow("a number") << QByteArray("42");
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("png head only") << QByteArray("\x89PNG\r\n\x1a\n", 8);
    QTest::newRow("png with a lying length")
        << QByteArray("\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtworkflow\0{}", 27);
    QTest::newRow("binary") << QByteArray(5000, '\xfe');
}

void TestWorkflowDocument::hostileFilesLeaveTheOldDocument()
{
    QFETCH(QByteArray, bytes);
    WorkflowDocument document;
    open(document);
    document.setValue(indexOf(document, kText), Json("precious"));
    QSignalSpy failed(&document, &WorkflowDocument::openFailed);
    document.open(write(QStringLiteral("evil.json"), bytes));
    QVERIFY(failed.wait());
    QVERIFY(failed.at(0).at(0).value<Error>().message.contains(QLatin1String("evil")));
    QCOMPARE(document.title(), QStringLiteral("mill"));
    QCOMPARE(document.field(indexOf(document, kText)).value, Json("precious"));
    QVERIFY(document.isModified());
}

void TestWorkflowDocument::theLastOneAskedForWins()
{
    WorkflowDocument document;
    document.setCatalog(testkit::smallCatalog());
    QSignalSpy opened(&document, &WorkflowDocument::opened);
    document.open(write(QStringLiteral("first.json"), testkit::smallGraph()));
    document.open(write(QStringLiteral("second.json"), testkit::smallGraph()));
    QVERIFY(document.isOpening());
    QVERIFY(opened.wait());
    QVERIFY(!document.isOpening());
    QCOMPARE(opened.size(), 1);
    QCOMPARE(document.title(), QStringLiteral("second"));
}

void TestWorkflowDocument::untrackedValuesAreNoEdits()
{
    WorkflowDocument document;
    open(document);
    const qsizetype seed = document.seedField();
    document.setValueUntracked(seed, Json(kLargestSeed));
    QVERIFY(!document.isModified());
    QVERIFY(!document.undoStack()->canUndo());
    QCOMPARE(document.toPrompt(0)->prompt.node(kSeed.node)->input(kSeed.input)->get<quint64>(), kLargestSeed);
}

void TestWorkflowDocument::closes()
{
    WorkflowDocument document;
    open(document);
    document.setValue(indexOf(document, kText), Json("x"));
    QSignalSpy closed(&document, &WorkflowDocument::closed);
    document.close();
    QCOMPARE(closed.size(), 1);
    QVERIFY(!document.isOpen());
    QVERIFY(!document.isModified());
    QCOMPARE(document.fieldCount(), qsizetype(0));
    QVERIFY(!document.undoStack()->canUndo());
}

QTEST_GUILESS_MAIN(TestWorkflowDocument)
#include "tst_workflowdocument.moc"
