// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/testdata.h"
#include "viewmodels/form/workflowdocument.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <algorithm>

using namespace gesso;

namespace {

const char* const kCatalog = R"({
"Resize": {"input": {"required": {"mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
    {"key": "by factor", "inputs": {"required": {"factor": ["FLOAT", {"default": 1.0}],
        "grid": ["COMFY_DYNAMICCOMBO_V3", {"options": [{"key": "off", "inputs": {}},
            {"key": "on", "inputs": {"required": {"cell": ["INT", {"default": 8}]}}}]}]}}},
    {"key": "by size", "inputs": {"required": {"width": ["INT", {"default": 512}], "height": ["INT", {"default": 256}]}}}]}],
  "method": [["area", "bicubic"]]}}, "output": [], "output_node": true, "display_name": "Resize"}})";

const char* const kGraph = R"({"nodes": [{"id": 1, "type": "Resize", "mode": 0, "inputs": [], "outputs": [],
    "widgets_values": ["by factor", 2.5, "off", "bicubic"]}], "links": [], "version": 0.4})";

WidgetRef ref(const char* input)
{
    return {NodeId(QStringLiteral("1")), QString::fromLatin1(input)};
}

} // namespace

// A choice brings fields and takes others (COMFY_DYNAMICCOMBO_V3).
class TestDynamicChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aChoiceBringsItsFields();
    void takingTheChoiceBackRestoresTheFile();
    void whatAChoiceBroughtSurvivesGoingAndComing();
    void aDraftBringsThemBack();

private:
    std::unique_ptr<WorkflowDocument> opened() const;
    static bool has(const WorkflowDocument& document, const char* input)
    {
        return document.form().indexOf(ref(input)) >= 0;
    }
    static void set(WorkflowDocument& document, const char* input, const Json& value)
    {
        const qsizetype index = document.form().indexOf(ref(input));
        QVERIFY2(index >= 0, input);
        document.setValue(index, value);
        document.endMerge();
    }
    static Json value(const WorkflowDocument& document, const char* input)
    {
        const qsizetype index = document.form().indexOf(ref(input));
        return index < 0 ? Json() : document.field(index).value;
    }
    static QByteArray prompt(const WorkflowDocument& document)
    {
        return writeJson((*document.toPrompt(0)).prompt.nodes.isEmpty()
                             ? Json()
                             : toJson((*document.toPrompt(0)).prompt)["1"]["inputs"]);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestDynamicChoices::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(QStringLiteral("resize.json"));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kGraph);
}

std::unique_ptr<WorkflowDocument> TestDynamicChoices::opened() const
{
    auto document = std::make_unique<WorkflowDocument>();
    document->setCatalog(NodeCatalog::parse(kCatalog).value());
    QSignalSpy done(document.get(), &WorkflowDocument::opened);
    document->open(m_file);
    if (!done.wait()) {
        qFatal("the test's own workflow does not open");
    }
    return document;
}

void TestDynamicChoices::aChoiceBringsItsFields()
{
    const auto document = opened();
    QVERIFY(has(*document, "mode.factor") && !has(*document, "mode.width"));
    set(*document, "mode", "by size");
    QTRY_VERIFY(has(*document, "mode.width"));
    QVERIFY(!has(*document, "mode.factor") && !has(*document, "mode.grid"));
    const qsizetype width = document->form().indexOf(ref("mode.width"));
    QVERIFY(!document->isChanged(width));
    document->setValue(width, 640);
    QVERIFY(document->isChanged(width));
    QCOMPARE(prompt(*document),
             QByteArray(R"({"mode":"by size","mode.width":640,"mode.height":256,"method":"bicubic"})"));

    const QString copy = m_folder->filePath(QStringLiteral("copy.json"));
    QSignalSpy saved(document.get(), &WorkflowDocument::saved);
    document->save(copy);
    QVERIFY(saved.wait());
    m_file = copy;
    QCOMPARE(value(*opened(), "mode.width"), Json(640));

    document->reset(document->form().indexOf(ref("mode.width")));
    QCOMPARE(value(*document, "mode.width"), Json(512));
}

void TestDynamicChoices::takingTheChoiceBackRestoresTheFile()
{
    const auto document = opened();
    const QByteArray before = writeJson(toJson(document->snapshot()()));
    set(*document, "mode", "by size");
    QTRY_VERIFY(has(*document, "mode.width"));
    set(*document, "mode.width", 640);
    document->undoStack()->undo();
    document->undoStack()->undo();
    QTRY_VERIFY(has(*document, "mode.factor"));
    QCOMPARE(value(*document, "mode.factor"), Json(2.5));
    QCOMPARE(writeJson(toJson(document->snapshot()())), before);
    QVERIFY(!document->isModified());
}

void TestDynamicChoices::whatAChoiceBroughtSurvivesGoingAndComing()
{
    const auto document = opened();
    set(*document, "mode", "by size");
    QTRY_VERIFY(has(*document, "mode.width"));
    set(*document, "mode.width", 640);
    set(*document, "mode", "by factor");
    QTRY_VERIFY(has(*document, "mode.factor"));
    QCOMPARE(prompt(*document),
             QByteArray(R"({"mode":"by factor","mode.factor":2.5,"mode.grid":"off","method":"bicubic"})"));
    document->undoStack()->undo();
    QTRY_COMPARE(value(*document, "mode.width"), Json(640));
    QCOMPARE(prompt(*document),
             QByteArray(R"({"mode":"by size","mode.width":640,"mode.height":256,"method":"bicubic"})"));
}

void TestDynamicChoices::aDraftBringsThemBack()
{
    const auto document = opened();
    set(*document, "mode.grid", "on");
    QTRY_VERIFY(has(*document, "mode.grid.cell"));
    set(*document, "mode.grid.cell", 16);
    QList<FieldValue> draft = document->editedValues();
    QCOMPARE(draft.size(), qsizetype(2));
    for (int order = 0; order < 2; ++order) {
        const auto again = opened();
        QCOMPARE(again->restoreValues(draft).size(), qsizetype(0));
        QTRY_COMPARE(value(*again, "mode.grid.cell"), Json(16));
        QCOMPARE(again->undoStack()->count(), 1);
        again->undoStack()->undo();
        QTRY_VERIFY(!has(*again, "mode.grid.cell"));
        QVERIFY(!again->isModified());
        std::reverse(draft.begin(), draft.end());
    }
    // One that was brought by a choice since taken back is nobody's loss.
    set(*document, "mode", "by size");
    QTRY_VERIFY(has(*document, "mode.width"));
    QCOMPARE(document->editedValues().size(), qsizetype(1));
}

QTEST_GUILESS_MAIN(TestDynamicChoices)
#include "tst_dynamicchoices.moc"
