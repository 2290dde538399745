// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "core/form/untouched.h"
#include "core/workflow/reader.h"
#include "formcases.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

class TestBinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites();
    void unknownNodes();
    void promptDocuments();
    void aChoiceInAPrompt();
    void nothingThere();
    void largeSeeds();
    void aChoiceMovesWhatFollows();
};

void TestBinding::readsAndWrites()
{
    const NodeCatalogPtr catalog = catalogFrom(R"({"N": {"input": {"required": {"a": ["INT", {"default": 5}],
        "seed": ["INT", {"default": 0, "max": 18446744073709551615}], "b": ["STRING", {"default": "x"}]}}, "output": [], "output_name": []}})");
    Workflow workflow = workflowFrom(
        R"({"nodes": [{"id": 1, "type": "N", "inputs": [], "outputs": [], "widgets_values": [1]}], "links": [], "version": 0.4})");
    const WidgetRef b{NodeId(QStringLiteral("1")), QStringLiteral("b")};
    QCOMPARE(*fieldValue(workflow, *catalog, b), Json("x")); // not saved: the default
    QVERIFY(setFieldValue(workflow, *catalog, b, "y"));
    QCOMPARE(*fieldValue(workflow, *catalog, b), Json("y"));
    // Where the front end keeps it: the columns before it are there now, the control's too.
    QCOMPARE(workflow.graph()->root.nodes.first().widgetsValues, Json::parse(R"([1, 0, "fixed", "y"])"));
}

void TestBinding::unknownNodes()
{
    Workflow workflow = workflowFrom(
        R"({"nodes": [{"id": 1, "type": "?", "inputs": [], "outputs": [], "widgets_values": [1, "two"]},
        {"id": 2, "type": "?", "inputs": [], "outputs": [], "widgets_values": {"k": 1}}], "links": [], "version": 0.4})");
    const NodeCatalog none;
    QVERIFY(setFieldValue(workflow, none, {NodeId(QStringLiteral("1")), QStringLiteral("value 2")}, "zwei"));
    QVERIFY(setFieldValue(workflow, none, {NodeId(QStringLiteral("2")), QStringLiteral("k")}, 2));
    QCOMPARE(workflow.graph()->root.nodes.at(0).widgetsValues, Json::parse(R"([1, "zwei"])"));
    QCOMPARE(workflow.graph()->root.nodes.at(1).widgetsValues, Json::parse(R"({"k": 2})"));
    QCOMPARE(*fieldValue(workflow, none, {NodeId(QStringLiteral("1")), QStringLiteral("value 2")}),
             Json("zwei"));
}

void TestBinding::promptDocuments()
{
    const NodeCatalogPtr catalog = catalogFrom(
        R"({"N": {"input": {"required": {"a": ["INT", {"default": 5}], "l": ["INT", {}]}}, "output": [], "output_name": []}})");
    Workflow workflow = workflowFrom(R"({"1": {"class_type": "N", "inputs": {"l": ["1", 0], "own": true}}})");
    const NodeId node(QStringLiteral("1"));
    QCOMPARE(*fieldValue(workflow, *catalog, {node, QStringLiteral("a")}), Json(5));
    QVERIFY(setFieldValue(workflow, *catalog, {node, QStringLiteral("a")}, 6));
    QVERIFY(setFieldValue(workflow, *catalog, {node, QStringLiteral("own")}, false));
    QVERIFY(!setFieldValue(workflow, *catalog, {node, QStringLiteral("l")}, 6)); // a link stays a link
    QCOMPARE(toJson(promptFor(workflow, *catalog)->prompt)["1"]["inputs"],
             Json::parse(R"({"l": ["1", 0], "own": false, "a": 6})"));
}

// A prompt is sent as it is: what a choice brings must be in it.
void TestBinding::aChoiceInAPrompt()
{
    const NodeCatalogPtr catalog = catalogFrom(
        R"({"R": {"input": {"required": {"mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
        {"key": "factor", "inputs": {"required": {"by": ["FLOAT", {"default": 1.5}], "keep": ["INT", {"default": 1}]}}},
        {"key": "size", "inputs": {"required": {"keep": ["INT", {"default": 2}], "image": ["IMAGE", {}],
            "grid": ["COMFY_DYNAMICCOMBO_V3", {"options": [{"key": "off", "inputs": {}},
                {"key": "on", "inputs": {"required": {"cell": ["INT", {"default": 8}]}}}]}]}}}]}]}},
        "output": [], "output_name": []}})");
    Workflow workflow = workflowFrom(
        R"({"1": {"class_type": "R", "inputs": {"mode": "factor", "mode.by": 3, "mode.keep": 7}}})");
    const auto ref = [](const char* input) {
        return WidgetRef{NodeId(QStringLiteral("1")), QString::fromLatin1(input)};
    };
    const auto inputs = [&] {
        return writeJson(toJson(promptFor(workflow, *catalog)->prompt)["1"]["inputs"]);
    };
    QVERIFY(!setFieldValue(workflow, *catalog, ref("mode.grid"), "on"));
    QVERIFY(setFieldValue(workflow, *catalog, ref("mode"), "size"));
    QCOMPARE(inputs(), QByteArray(R"({"mode":"size","mode.keep":7,"mode.grid":"off"})"));
    QVERIFY(setFieldValue(workflow, *catalog, ref("mode.grid"), "on"));
    QCOMPARE(*fieldValue(workflow, *catalog, ref("mode.grid.cell")), Json(8));
    QVERIFY(setFieldValue(workflow, *catalog, ref("mode.grid.cell"), 16));
    QCOMPARE(inputs(), QByteArray(R"({"mode":"size","mode.keep":7,"mode.grid":"on","mode.grid.cell":16})"));
    QVERIFY(setFieldValue(workflow, *catalog, ref("mode"), "factor"));
    QCOMPARE(inputs(), QByteArray(R"({"mode":"factor","mode.keep":7,"mode.by":1.5})"));
}

void TestBinding::nothingThere()
{
    Workflow workflow = workflowFrom(
        R"({"nodes": [{"id": 1, "type": "?", "inputs": [], "outputs": []}], "links": [], "version": 0.4})");
    const NodeCatalog none;
    for (const char* node : {"1", "2", "1:1", "", ":"}) {
        const WidgetRef ref{NodeId(QString::fromLatin1(node)), QStringLiteral("value 1")};
        QCOMPARE(fieldValue(workflow, none, ref).error().kind, ErrorKind::NotFound);
        QCOMPARE(setFieldValue(workflow, none, ref, 1).error().kind, ErrorKind::NotFound);
    }
}

void TestBinding::largeSeeds()
{
    const NodeCatalogPtr catalog = catalogFrom(
        R"({"N": {"input": {"required": {"seed": ["INT", {"default": 0, "max": 18446744073709551615}]}}, "output": [], "output_name": [], "output_node": true}})");
    Workflow workflow = workflowFrom(
        R"({"nodes": [{"id": 1, "type": "N", "mode": 0, "inputs": [], "outputs": [], "widgets_values": [0, "fixed"]}], "links": [], "version": 0.4})");
    const WidgetRef seed{NodeId(QStringLiteral("1")), QStringLiteral("seed")};
    QVERIFY(setFieldValue(workflow, *catalog, seed, UINT64_MAX));
    QCOMPARE(fieldValue(workflow, *catalog, seed)->get<std::uint64_t>(), UINT64_MAX);
    const auto saved = readWorkflow(writeJson(toJson(workflow)), QStringLiteral("saved"));
    QVERIFY(saved);
    const auto conversion = promptFor(*saved, *catalog);
    QVERIFY(conversion);
    QCOMPARE(writeJson(*conversion->prompt.nodes.first().input(QStringLiteral("seed"))),
             QByteArray("18446744073709551615"));
}

// The inputs that a choice brings have columns: those of the widgets after it are elsewhere then.
void TestBinding::aChoiceMovesWhatFollows()
{
    const NodeCatalogPtr catalog = catalogFrom(
        R"({"N": {"input": {"required": {"mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
        {"key": "two", "inputs": {"required": {"w": ["INT", {"default": 5}], "h": ["INT", {"default": 6}]}}},
        {"key": "none", "inputs": {}}, {"key": "more", "inputs": {"required": {"w": ["INT", {"default": 7}], "seed": ["INT", {"default": 8, "control_after_generate": true}]}}}]}],
        "tail": ["STRING", {"default": "t"}], "file": [["a.png"], {"image_upload": true}]}}, "output": [], "output_name": []}})");
    Workflow workflow = workflowFrom(
        R"({"nodes": [{"id": 1, "type": "N", "inputs": [], "outputs": [], "widgets_values": ["two", 1, 2, "end", "a.png", "image"]}], "links": [], "version": 0.4})");
    const Workflow opened = workflow;
    const WidgetRef mode{NodeId(QStringLiteral("1")), QStringLiteral("mode")};
    const auto values = [&workflow] { return writeJson(workflow.graph()->root.nodes.first().widgetsValues); };
    QVERIFY(setFieldValue(workflow, *catalog, mode, "none"));
    QCOMPARE(values(), QByteArray(R"(["none","end","a.png","image"])"));
    QVERIFY(setFieldValue(workflow, *catalog, mode, "more"));
    QCOMPARE(values(), QByteArray(R"(["more",7,8,"fixed","end","a.png","image"])"));
    QVERIFY(setFieldValue(workflow, *catalog, mode, "two"));
    QCOMPARE(values(), QByteArray(R"(["two",7,6,"end","a.png","image"])"));
    restoreUntouched(workflow, opened, mode, {});
    QCOMPARE(values(), QByteArray(R"(["two",1,2,"end","a.png","image"])"));
    QVERIFY(setFieldValue(workflow, *catalog, mode, "unknown")); // kept, as any value is
    QCOMPARE(values(), QByteArray(R"(["unknown","end","a.png","image"])"));
}

QTEST_GUILESS_MAIN(TestBinding)
#include "tst_binding.moc"
