// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/groupwidgets.h"

#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "core/workflow/reader.h"
#include "formcases.h"
#include "tests/testkit/testdata.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

const QByteArray kClasses = R"({
"Load": {"input": {"required": {"name": [["one", "two"]]}}, "output": ["MODEL"], "output_name": ["MODEL"]},
"Encode": {"input": {"required": {"text": ["STRING", {"multiline": true}], "clip": ["CLIP"]}}, "output": ["CONDITIONING"], "output_name": ["C"], "display_name": "Encode text"},
"Sampler": {"input": {"required": {"model": ["MODEL"], "positive": ["CONDITIONING"], "negative": ["CONDITIONING"],
    "seed": ["INT", {"default": 0, "max": 18446744073709551615}], "steps": ["INT", {"default": 20, "min": 1, "max": 100}]}},
    "output": ["LATENT"], "output_name": ["L"]},
"Save": {"input": {"required": {"latent": ["LATENT"]}}, "output": [], "output_name": [], "output_node": true}
})";

const QByteArray kGroups = R"("extra": {"groupNodes": {"g": {"nodes": [
    {"type": "Encode", "index": 0, "inputs": [{"name": "clip", "type": "CLIP", "link": null}], "outputs": [{"name": "C", "type": "CONDITIONING"}], "widgets_values": ["made with"]},
    {"type": "Encode", "index": 1, "inputs": [{"name": "clip", "type": "CLIP", "link": null}], "outputs": [{"name": "C", "type": "CONDITIONING"}], "widgets_values": ["made with"]},
    {"type": "Sampler", "index": 2, "inputs": [{"name": "model", "type": "MODEL", "link": null}, {"name": "positive", "type": "CONDITIONING", "link": null},
      {"name": "negative", "type": "CONDITIONING", "link": null}], "outputs": [{"name": "L", "type": "LATENT"}], "widgets_values": [1, "fixed", 2]}],
    "links": [[0, 0, 2, 1, 1, "CONDITIONING"], [1, 0, 2, 2, 2, "CONDITIONING"]], "external": [[2, 0, "LATENT"]]}}})";

Workflow grouped(const QByteArray& values = R"(["a hill", "fog", 7, "randomize", 30])")
{
    return workflowFrom(
        R"({"version": 0.4, "nodes": [{"id": 5, "type": "workflow>g", "title": "My group", "mode": 0,
        "inputs": [{"name": "clip", "type": "CLIP", "link": null}], "outputs": [{"name": "L", "type": "LATENT"}], "widgets_values": )"
        + values
        + R"(}, {"id": 6, "type": "Save", "mode": 0, "inputs": [{"name": "latent", "type": "LATENT", "link": 1}], "outputs": []}],
        "links": [[1, 5, 0, 6, 0, "LATENT"]], )"
        + kGroups + "}");
}

WidgetRef ref(const char* node, const char* input)
{
    return {NodeId(QString::fromLatin1(node)), QString::fromLatin1(input)};
}

const Field& fieldOf(const Form& form, const WidgetRef& wanted)
{
    const qsizetype index = form.indexOf(wanted);
    if (index < 0) {
        qFatal("no field %s", qPrintable(wanted.toString()));
    }
    return form.fields.at(index);
}

const Json& valuesOf(const Workflow& workflow)
{
    return workflow.graph()->root.nodes.constFirst().widgetsValues;
}

} // namespace

// Legacy group nodes in the form, and widgets that several instances of a subgraph share.
class TestGroupWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreReal();
    void labelsAreTheGroupsOwn();
    void rolesAreFound();
    void editsLandInTheGroupNode_data();
    void editsLandInTheGroupNode();
    void missingColumnsAreFilled();
    void theDocumentStaysAsItWas();
    void insideASubgraph();
    void hostile_data();
    void hostile();
    void sharedWidgetsSaySo();
    void linkedByNameAndBroadcast();
};

void TestGroupWidgets::fieldsAreReal()
{
    const Form form = buildForm(grouped(), *catalogFrom(kClasses));
    QCOMPARE(form.fields.size(), 4);
    QCOMPARE(fieldOf(form, ref("5:0", "text")).kind, FieldKind::MultilineText);
    QCOMPARE(fieldOf(form, ref("5:0", "text")).value, Json("a hill"));
    QCOMPARE(fieldOf(form, ref("5:1", "text")).value, Json("fog"));
    const Field& seed = fieldOf(form, ref("5:2", "seed"));
    QCOMPARE(seed.kind, FieldKind::Seed);
    QCOMPARE(seed.value, Json(7));
    QCOMPARE(*seed.controlAfterGenerate, QStringLiteral("randomize"));
    const Field& steps = fieldOf(form, ref("5:2", "steps"));
    QCOMPARE(steps.value, Json(30));
    QCOMPARE(steps.limits.max, Json(100));
    for (const Field& field : form.fields) {
        QVERIFY(!field.linked);
        QCOMPARE(field.original, field.value);
    }
}

void TestGroupWidgets::labelsAreTheGroupsOwn()
{
    const Form form = buildForm(grouped(), *catalogFrom(kClasses));
    QCOMPARE(fieldOf(form, ref("5:1", "text")).label, QStringLiteral("Encode text"));
    Workflow renamed = grouped();
    renamed.graph()->extra["groupNodes"]["g"]["config"]["2"]["input"]["steps"]["name"] = "rounds";
    QCOMPARE(fieldOf(buildForm(renamed, *catalogFrom(kClasses)), ref("5:2", "steps")).label,
             QStringLiteral("rounds"));
}

void TestGroupWidgets::rolesAreFound()
{
    const Form form = buildForm(grouped(), *catalogFrom(kClasses));
    QCOMPARE(fieldOf(form, ref("5:0", "text")).role, FieldRole::PositivePrompt);
    QCOMPARE(fieldOf(form, ref("5:1", "text")).role, FieldRole::NegativePrompt);
    QCOMPARE(fieldOf(form, ref("5:2", "seed")).role, FieldRole::Seed);
}

void TestGroupWidgets::editsLandInTheGroupNode_data()
{
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("saved");
    QTest::newRow("first text") << QStringLiteral("5:0") << QStringLiteral("text") << QByteArray(R"("ä 漢")")
                                << QByteArray(R"(["ä 漢","fog",7,"randomize",30])");
    QTest::newRow("second text") << QStringLiteral("5:1") << QStringLiteral("text") << QByteArray(R"("rain")")
                                 << QByteArray(R"(["a hill","rain",7,"randomize",30])");
    QTest::newRow("seed") << QStringLiteral("5:2") << QStringLiteral("seed")
                          << QByteArray("18446744073709551615")
                          << QByteArray(R"(["a hill","fog",18446744073709551615,"randomize",30])");
    QTest::newRow("behind the control")
        << QStringLiteral("5:2") << QStringLiteral("steps") << QByteArray("12")
        << QByteArray(R"(["a hill","fog",7,"randomize",12])");
}

void TestGroupWidgets::editsLandInTheGroupNode()
{
    QFETCH(QString, node);
    QFETCH(QString, input);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, saved);
    const NodeCatalogPtr catalog = catalogFrom(kClasses);
    Workflow workflow = grouped();
    const WidgetRef place{NodeId(node), input};
    const Json wanted = *parseJson(value);
    QVERIFY(setFieldValue(workflow, *catalog, place, wanted));
    QCOMPARE(writeJson(valuesOf(workflow)), saved);
    QCOMPARE(*fieldValue(workflow, *catalog, place), wanted);
    QCOMPARE(fieldOf(buildForm(workflow, *catalog), place).value, wanted);

    const auto reopened = readWorkflow(writeJson(toJson(workflow)), QStringLiteral("saved"));
    QVERIFY(reopened);
    const auto conversion = promptFor(*reopened, *catalog);
    QVERIFY(conversion && conversion->diagnostics.isEmpty());
    QCOMPARE(*conversion->prompt.node(place.node)->input(input), wanted);
}

void TestGroupWidgets::missingColumnsAreFilled()
{
    const NodeCatalogPtr catalog = catalogFrom(kClasses);
    Workflow workflow = grouped("null");
    QCOMPARE(*fieldValue(workflow, *catalog, ref("5:2", "steps")), Json(20));
    QVERIFY(setFieldValue(workflow, *catalog, ref("5:2", "steps"), 9));
    QCOMPARE(writeJson(valuesOf(workflow)), QByteArray(R"(["","",0,"fixed",9])"));
}

void TestGroupWidgets::theDocumentStaysAsItWas()
{
    const Workflow workflow = grouped();
    const QByteArray before = writeJson(toJson(workflow));
    buildForm(workflow, *catalogFrom(kClasses));
    QCOMPARE(writeJson(toJson(workflow)), before);
}

void TestGroupWidgets::insideASubgraph()
{
    const NodeCatalogPtr catalog = catalogFrom(kClasses);
    Workflow workflow = workflowFrom(
        R"({"version": 0.4, "nodes": [{"id": 1, "type": "sg"}], "links": [], "definitions": {"subgraphs": [
        {"id": "sg", "name": "S", "nodes": [{"id": 5, "type": "workflow/g", "widgets_values": ["a", "b", 7, "fixed", 30]}], "links": []}]}, )"
        + kGroups + "}");
    const Form form = buildForm(workflow, *catalog);
    QCOMPARE(fieldOf(form, ref("1:5:2", "steps")).value, Json(30));
    QVERIFY(setFieldValue(workflow, *catalog, ref("1:5:2", "steps"), 31));
    QCOMPARE(*promptFor(workflow, *catalog)
                  ->prompt.node(NodeId(QStringLiteral("1:5:2")))
                  ->input(QStringLiteral("steps")),
             Json(31));
}

void TestGroupWidgets::hostile_data()
{
    QTest::addColumn<QByteArray>("groups");
    QTest::newRow("no group at all") << QByteArray("5");
    QTest::newRow("an empty one") << QByteArray(R"({"g": {}})");
    QTest::newRow("wrong types") << QByteArray(
        R"({"g": {"nodes": {"a": 1}, "links": 5, "external": {}, "config": []}})");
    QTest::newRow("itself") << QByteArray(
        R"({"g": {"nodes": [{"type": "workflow>g"}], "links": [], "external": []}})");
    QTest::newRow("a class nobody knows")
        << QByteArray(R"({"g": {"nodes": [{"type": "?", "widgets_values": [1, 2]}], "links": []}})");
}

void TestGroupWidgets::hostile()
{
    QFETCH(QByteArray, groups);
    const NodeCatalogPtr catalog = catalogFrom(kClasses);
    Workflow workflow = workflowFrom(
        R"({"version": 0.4, "nodes": [{"id": 5, "type": "workflow>g", "widgets_values": [1, 2]}], "links": [], "extra": {"groupNodes": )"
        + groups + "}}");
    const Form form = buildForm(workflow, *catalog);
    for (const Field& field : form.fields) { // whatever is shown can be edited
        QVERIFY2(setFieldValue(workflow, *catalog, field.ref, 3), qPrintable(field.ref.toString()));
    }
    for (const char* node : {"5:0", "5:99", "5:-1", "5:", ":", "5:0:0", "5:99999999999"}) {
        QVERIFY(!setFieldValue(workflow, *catalog, ref(node, "steps"), 3));
        QVERIFY(!fieldValue(workflow, *catalog, ref(node, "steps")));
    }
}

void TestGroupWidgets::sharedWidgetsSaySo()
{
    const NodeCatalogPtr catalog = catalogFrom(kClasses);
    const Workflow workflow = workflowFrom(
        R"({"version": 0.4, "nodes": [{"id": 1, "type": "sg", "widgets_values": [3]}, {"id": 2, "type": "sg", "widgets_values": [4]},
        {"id": 9, "type": "Load", "widgets_values": ["one"]}], "links": [], "definitions": {"subgraphs": [{"id": "sg", "name": "S",
        "inputs": [{"id": "a", "name": "steps", "type": "INT", "linkIds": [1]}],
        "nodes": [{"id": 5, "type": "Sampler", "inputs": [{"name": "steps", "type": "INT", "widget": {"name": "steps"}, "link": 1}], "widgets_values": [7, "fixed", 30]}],
        "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 5, "target_slot": 0, "type": "INT"}]}]}})");
    const Form form = buildForm(workflow, *catalog);
    const Field& inner = fieldOf(form, ref("1:5", "seed"));
    QCOMPARE(inner.sharedBy, 2);
    QVERIFY2(inner.tooltip.contains(u"Shared by 2 instances"), qPrintable(inner.tooltip));
    QCOMPARE(fieldOf(form, ref("1:5", "steps")).sharedBy, 1); // each instance has its own
    QVERIFY(fieldOf(form, ref("1:5", "steps")).tooltip.isEmpty());
    QCOMPARE(fieldOf(form, ref("9", "name")).sharedBy, 1);

    Workflow edited = workflow;
    QVERIFY(setFieldValue(edited, *catalog, inner.ref, 8));
    QCOMPARE(*fieldValue(edited, *catalog, ref("2:5", "seed")), Json(8)); // as the tooltip says
    QVERIFY(setFieldValue(edited, *catalog, ref("1:5", "steps"), 8));
    QCOMPARE(*fieldValue(edited, *catalog, ref("2:5", "steps")), Json(4));
}

// What a Get node or a broadcast links is found as if it were a link.
void TestGroupWidgets::linkedByNameAndBroadcast()
{
    const NodeCatalogPtr catalog = catalogFrom(kClasses);
    const Workflow workflow = workflowFrom(R"x({"version": 0.4, "nodes": [
        {"id": 1, "type": "Encode", "inputs": [], "outputs": [{"name": "C", "type": "CONDITIONING"}], "widgets_values": ["a hill"]},
        {"id": 2, "type": "SetNode", "inputs": [{"name": "C", "type": "CONDITIONING", "link": 1}], "outputs": [{"name": "*", "type": "*"}], "widgets_values": ["good"]},
        {"id": 3, "type": "GetNode", "inputs": [], "outputs": [{"name": "C", "type": "CONDITIONING"}], "widgets_values": ["good"]},
        {"id": 4, "type": "Sampler", "inputs": [{"name": "positive", "type": "CONDITIONING", "link": 2}, {"name": "negative", "type": "CONDITIONING", "link": null}], "widgets_values": [1, "fixed", 2]},
        {"id": 5, "type": "Encode", "inputs": [], "outputs": [{"name": "C", "type": "CONDITIONING"}], "widgets_values": ["fog"]},
        {"id": 6, "type": "Anything Everywhere", "inputs": [{"name": "anything", "type": "CONDITIONING", "link": 3}], "widgets_values": []},
        {"id": 7, "type": "Fast Groups Muter (rgthree)", "widgets_values": [true]}],
        "links": [[1, 1, 0, 2, 0, "CONDITIONING"], [2, 3, 0, 4, 0, "CONDITIONING"], [3, 5, 0, 6, 0, "CONDITIONING"]]})x");
    const Form form = buildForm(workflow, *catalog);
    QCOMPARE(fieldOf(form, ref("1", "text")).role, FieldRole::PositivePrompt);
    QCOMPARE(fieldOf(form, ref("5", "text")).role, FieldRole::NegativePrompt);
    QCOMPARE(form.fields.size(), 4); // names, and switches of the canvas, are no fields
}

QTEST_GUILESS_MAIN(TestGroupWidgets)
#include "tst_groupwidgets.moc"
