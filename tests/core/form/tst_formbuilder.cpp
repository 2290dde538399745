// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "core/form/formnodes.h"
#include "core/form/graphlinks.h"
#include "core/workflow/reader.h"
#include "core/workflow/widgetlayout.h"
#include "formcases.h"
#include "tests/testkit/testdata.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QSet>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace gesso;
using namespace gesso::testkit;

namespace {

const QByteArray kKinds = R"({"Kinds": {"input": {"required": {
    "text": ["STRING", {"multiline": true, "dynamicPrompts": true, "placeholder": "say it", "tooltip": "<b>tip</b>"}],
    "name": ["STRING", {"default": "x"}],
    "steps": ["INT", {"default": 20, "min": 1, "max": 10000, "step": 2}],
    "seed": ["INT", {"default": 0, "min": 0, "max": 18446744073709551615, "control_after_generate": true}],
    "counter": ["INT", {"default": 3, "control_after_generate": true}],
    "cfg": ["FLOAT", {"default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1, "round": 0.01, "display": "slider"}],
    "mode": [["a", "b", 3]],
    "newer": ["COMBO", {"options": ["p", "q"]}],
    "on": ["BOOLEAN", {"default": true, "label_on": "yes please", "label_off": "no"}],
    "image": [["in.png"], {"image_upload": true}],
    "clip": [["in.mp4"], {"video_upload": true}],
    "several": ["COMBO", {"options": ["p", "q"], "multi_select": {"placeholder": "many"}}],
    "tint": ["COLOR", {"default": "#ff0000"}],
    "socket": ["IMAGE"]
  }, "optional": {"forced": ["INT", {"forceInput": true}]}},
  "input_order": {"required": ["text", "name", "steps", "seed", "counter", "cfg", "mode", "newer", "on", "image", "clip", "several", "tint", "socket"], "optional": ["forced"]},
  "output": ["IMAGE"], "output_is_list": [false], "output_name": ["IMAGE"], "name": "Kinds", "display_name": "All Kinds",
  "description": "", "python_module": "nodes", "category": "test", "output_node": true}})";

Form kindsForm(const QByteArray& widgetsValues)
{
    const Workflow workflow = workflowFrom(R"({"nodes": [{"id": 3, "type": "Kinds", "mode": 0, "inputs": [],
        "outputs": [], "widgets_values": )" + widgetsValues
                                           + R"(}], "links": [], "version": 0.4})");
    return buildForm(workflow, *catalogFrom(kKinds));
}

const Field& fieldOf(const Form& form, const QString& input)
{
    const qsizetype index = form.indexOf({NodeId(QStringLiteral("3")), input});
    if (index < 0) {
        qFatal("no field %s", qPrintable(input));
    }
    return form.fields.at(index);
}

} // namespace

class TestFormBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editors_data();
    void editors();
    void describesWhatTheServerDeclares();
    void exactUnsignedLimits();
    void savedValuesAndControls();
    void unknownNodesGiveRawFields();
    void promptDocuments();
    void primitivesDriveTheirTarget();
    void behindAWallAPrimitiveDrivesNothing();
    void appModeComesFirstInItsOrder();
    void equalLabelsAreToldApart();
    void hostileGraphs();
    void everyColumnOfEveryRealWorkflow_data();
    void everyColumnOfEveryRealWorkflow();
};

void TestFormBuilder::editors_data()
{
    QTest::addColumn<QString>("kind");
    const QList<std::pair<QString, FieldKind>> table{
        {QStringLiteral("text"), FieldKind::MultilineText}, {QStringLiteral("name"), FieldKind::Text},
        {QStringLiteral("steps"), FieldKind::Integer},      {QStringLiteral("seed"), FieldKind::Seed},
        {QStringLiteral("counter"), FieldKind::Integer},    {QStringLiteral("cfg"), FieldKind::Float},
        {QStringLiteral("mode"), FieldKind::Combo},         {QStringLiteral("newer"), FieldKind::Combo},
        {QStringLiteral("on"), FieldKind::Boolean},         {QStringLiteral("image"), FieldKind::Image},
        {QStringLiteral("clip"), FieldKind::File},          {QStringLiteral("several"), FieldKind::RawJson},
        {QStringLiteral("tint"), FieldKind::RawJson},
    };
    for (const auto& [input, kind] : table) {
        QTest::newRow(qPrintable(input)) << nameOf(kind);
    }
}

void TestFormBuilder::editors()
{
    QFETCH(QString, kind);
    const Form form = kindsForm("[]");
    QCOMPARE(nameOf(fieldOf(form, QString::fromLatin1(QTest::currentDataTag())).kind), kind);
    QCOMPARE(form.fields.size(), 13); // neither the socket nor the forced input is a field
}

void TestFormBuilder::describesWhatTheServerDeclares()
{
    const Form form = kindsForm("[]");
    const Field& text = fieldOf(form, QStringLiteral("text"));
    QCOMPARE(text.placeholder, QStringLiteral("say it"));
    QCOMPARE(text.tooltip, QStringLiteral("<b>tip</b>")); // as it came: views show plain text
    QVERIFY(text.dynamicPrompts);
    const Field& cfg = fieldOf(form, QStringLiteral("cfg"));
    QCOMPARE(cfg.limits.step.get<double>(), 0.1);
    QCOMPARE(cfg.limits.round.get<double>(), 0.01);
    QVERIFY(cfg.limits.slider);
    QCOMPARE(cfg.defaultValue.get<double>(), 8.0);
    const Field& mode = fieldOf(form, QStringLiteral("mode"));
    QCOMPARE(mode.choices.size(), 3);
    QCOMPARE(mode.choices.at(2), Json(3)); // numbers stay numbers
    const Field& on = fieldOf(form, QStringLiteral("on"));
    QCOMPARE(on.labelOn, QStringLiteral("yes please"));
    QCOMPARE(on.nodeTitle, QStringLiteral("All Kinds"));
    QCOMPARE(on.value, Json(true)); // no saved value: the default
}

void TestFormBuilder::exactUnsignedLimits()
{
    const Form form = kindsForm(R"(["", "x", 20, 18446744073709551615, "randomize"])");
    const Field& seed = fieldOf(form, QStringLiteral("seed"));
    QCOMPARE(seed.limits.max.get<std::uint64_t>(), UINT64_MAX);
    QCOMPARE(seed.value.get<std::uint64_t>(), UINT64_MAX);
    QVERIFY(seed.value.is_number_unsigned());
}

void TestFormBuilder::savedValuesAndControls()
{
    const Form form = kindsForm(R"(["a cat", "n", 7, 5, "randomize", 9, "increment", 2.5, "b", "q", false])");
    QCOMPARE(fieldOf(form, QStringLiteral("text")).value, Json("a cat"));
    QCOMPARE(fieldOf(form, QStringLiteral("text")).original, Json("a cat"));
    QCOMPARE(fieldOf(form, QStringLiteral("seed")).controlAfterGenerate, QStringLiteral("randomize"));
    QCOMPARE(fieldOf(form, QStringLiteral("counter")).controlAfterGenerate, QStringLiteral("increment"));
    QVERIFY(!fieldOf(form, QStringLiteral("steps")).controlAfterGenerate);
    QCOMPARE(fieldOf(form, QStringLiteral("cfg")).value, Json(2.5));
    QCOMPARE(fieldOf(form, QStringLiteral("on")).value, Json(false));
}

void TestFormBuilder::unknownNodesGiveRawFields()
{
    const Workflow workflow = workflowFrom(R"({"nodes": [
        {"id": 1, "type": "Mystery", "title": "What", "inputs": [], "outputs": [], "widgets_values": ["a", 2, [3]]},
        {"id": 2, "type": "Mystery", "inputs": [], "outputs": [], "widgets_values": {"k": "v"}}],
        "links": [], "version": 0.4})");
    const Form form = buildForm(workflow, NodeCatalog());
    QCOMPARE(form.fields.size(), 4);
    QCOMPARE(form.fields.at(1).ref.toString(), QStringLiteral("1.value 2"));
    QCOMPARE(form.fields.at(2).value, Json::array({3}));
    QCOMPARE(form.fields.at(3).ref.input, QStringLiteral("k"));
    for (const Field& field : form.fields) {
        QCOMPARE(field.kind, FieldKind::RawJson);
    }
    QCOMPARE(form.groups.size(), 2);
    QCOMPARE(form.groups.first().title, QStringLiteral("What"));
}

void TestFormBuilder::promptDocuments()
{
    const Workflow workflow =
        workflowFrom(R"({"3": {"class_type": "Kinds", "_meta": {"title": "Mine"}, "inputs": {
        "text": "hello", "steps": ["9", 0], "socket": ["9", 0], "extra": {"x": 1}}}})");
    const Form form = buildForm(workflow, *catalogFrom(kKinds));
    QCOMPARE(form.fields.size(),
             14); // all widgets, also those the prompt leaves out, and the undeclared value
    QCOMPARE(fieldOf(form, QStringLiteral("text")).value, Json("hello"));
    QCOMPARE(fieldOf(form, QStringLiteral("text")).nodeTitle, QStringLiteral("Mine"));
    QVERIFY(fieldOf(form, QStringLiteral("steps")).linked);
    QCOMPARE(fieldOf(form, QStringLiteral("cfg")).value, Json(8.0));
    QCOMPARE(fieldOf(form, QStringLiteral("extra")).kind, FieldKind::RawJson);
}

// As in the front end the widget inside keeps its own value, not even the instance's is used: that is what
// is shown and edited.
void TestFormBuilder::behindAWallAPrimitiveDrivesNothing()
{
    const NodeCatalogPtr catalog = catalogFrom(
        R"({"N": {"input": {"required": {"steps": ["INT", {"default": 20}]}}, "output": [], "output_node": true}})");
    Workflow workflow = workflowFrom(R"({"nodes": [
        {"id": 2, "type": "sub", "inputs": [{"name": "steps", "type": "INT", "link": 1, "widget": {"name": "steps"}}],
         "outputs": [], "widgets_values": [9]},
        {"id": 4, "type": "PrimitiveNode", "inputs": [], "outputs": [{"name": "INT", "type": "INT", "links": [1]}],
         "widgets_values": [30, "fixed"]}],
        "links": [[1, 4, 0, 2, 0, "INT"]], "version": 0.4, "definitions": {"subgraphs": [{"id": "sub", "name": "S",
        "inputs": [{"id": "a", "name": "steps", "type": "INT", "linkIds": [1]}], "outputs": [],
        "nodes": [{"id": 3, "type": "N", "inputs": [{"name": "steps", "type": "INT", "link": 1, "widget": {"name": "steps"}}],
          "outputs": [], "widgets_values": [7]}],
        "links": [{"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 3, "target_slot": 0, "type": "INT"}]}]}})");
    const Form form = buildForm(workflow, *catalog);
    const WidgetRef steps{NodeId(QStringLiteral("2:3")), QStringLiteral("steps")};
    const qsizetype index = form.indexOf(steps);
    QVERIFY(index >= 0);
    QVERIFY(!form.fields.at(index).linked);
    QCOMPARE(form.fields.at(index).value, Json(7));
    const auto sent = [&] { return toJson(promptFor(workflow, *catalog)->prompt)["2:3"]["inputs"]["steps"]; };
    QCOMPARE(sent(), Json(7));
    QVERIFY(setFieldValue(workflow, *catalog, steps, 33));
    QCOMPARE(sent(), Json(33));
}

void TestFormBuilder::primitivesDriveTheirTarget()
{
    const Workflow workflow = workflowFrom(R"({"nodes": [
        {"id": 3, "type": "Kinds", "inputs": [{"name": "steps", "type": "INT", "link": 1, "widget": {"name": "steps"}}],
         "outputs": [], "widgets_values": ["", "", 5]},
        {"id": 4, "type": "PrimitiveNode", "inputs": [], "outputs": [{"name": "INT", "type": "INT", "links": [1]}],
         "widgets_values": [30, "fixed"]}],
        "links": [[1, 4, 0, 3, 0, "INT"]], "version": 0.4})");
    const Form form = buildForm(workflow, *catalogFrom(kKinds));
    QVERIFY(fieldOf(form, QStringLiteral("steps")).linked);
    const qsizetype index = form.indexOf({NodeId(QStringLiteral("4")), QStringLiteral("value")});
    QVERIFY(index >= 0);
    const Field& primitive = form.fields.at(index);
    QCOMPARE(primitive.kind, FieldKind::Integer);
    QCOMPARE(primitive.value, Json(30));
    QCOMPARE(primitive.limits.max, Json(10000));
    QCOMPARE(primitive.controlAfterGenerate, QStringLiteral("fixed"));
}

void TestFormBuilder::appModeComesFirstInItsOrder()
{
    const Workflow workflow = workflowFrom(R"({"nodes": [
        {"id": 3, "type": "Kinds", "inputs": [], "outputs": [], "widgets_values": ["a"]}], "links": [],
        "extra": {"linearData": {"inputs": [["3", "cfg", {"description": "How strictly"}], [3, "text"], ["99", "gone"],
            "rubbish", ["3"], ["3", "cfg"]], "outputs": ["3"]}}, "version": 0.4})");
    const Form form = buildForm(workflow, *catalogFrom(kKinds));
    QVERIFY(form.fromAppMode);
    const FieldGroup& first = form.groups.first();
    QVERIFY(first.essential);
    QCOMPARE(first.fields.size(), 2);
    QCOMPARE(form.fields.at(first.fields.at(0)).ref.input, QStringLiteral("cfg"));
    QCOMPARE(form.fields.at(first.fields.at(0)).tooltip, QStringLiteral("How strictly"));
    QCOMPARE(form.fields.at(first.fields.at(1)).ref.input, QStringLiteral("text"));
    // The rest is one fold away, and only there.
    QCOMPARE(form.groups.at(1).fields.size(), form.fields.size() - 2);
}

void TestFormBuilder::equalLabelsAreToldApart()
{
    const Workflow workflow = workflowFrom(R"({"nodes": [
        {"id": 3, "type": "Kinds", "title": "First", "inputs": [], "outputs": [], "widgets_values": []},
        {"id": 4, "type": "Kinds", "title": "Twin", "inputs": [], "outputs": [], "widgets_values": []},
        {"id": 5, "type": "Kinds", "title": "Twin", "inputs": [], "outputs": [], "widgets_values": []}], "links": [],
        "extra": {"linearData": {"inputs": [["3", "steps"], ["4", "steps"], ["5", "steps"]]}}, "version": 0.4})");
    const Form form = buildForm(workflow, *catalogFrom(kKinds));
    QStringList labels;
    for (const qsizetype index : form.groups.first().fields) {
        labels.append(form.fields.at(index).label);
    }
    QCOMPARE(labels,
             QStringList(
                 {QStringLiteral("Steps (First)"), QStringLiteral("Steps #4"), QStringLiteral("Steps #5")}));
}

void TestFormBuilder::hostileGraphs()
{
    // A subgraph that contains itself, a ring of reroutes, and a chain long enough for a stack to end.
    const Workflow recursive =
        workflowFrom(R"({"nodes": [{"id": 1, "type": "S", "inputs": [], "outputs": []}], "links": [],
        "definitions": {"subgraphs": [{"id": "S", "name": "S", "nodes": [{"id": 1, "type": "S", "inputs": [], "outputs": []},
            {"id": 2, "type": "Mystery", "inputs": [], "outputs": [], "widgets_values": ["deep"]}],
            "links": [], "inputs": [], "outputs": []}]}, "version": 1})");
    QVERIFY(buildForm(recursive, NodeCatalog()).fields.size() > 1);

    const Workflow ring = workflowFrom(R"({"nodes": [
        {"id": 1, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 2}], "outputs": []},
        {"id": 2, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 1}], "outputs": []},
        {"id": 3, "type": "Kinds", "inputs": [{"name": "steps", "type": "INT", "link": 3}], "outputs": [], "widgets_values": []}],
        "links": [[1, 1, 0, 2, 0, "*"], [2, 2, 0, 1, 0, "*"], [3, 2, 0, 3, 0, "*"]], "version": 0.4})");
    QVERIFY(!fieldOf(buildForm(ring, *catalogFrom(kKinds)), QStringLiteral("steps")).linked);

    QByteArray chain =
        R"({"0": {"class_type": "KSampler", "inputs": {"positive": ["1", 0], "latent_image": ["1", 0], "model": ["1", 0], "seed": 1, "steps": 1}})";
    for (int i = 1; i < 50'000; ++i) {
        const QByteArray next = QByteArray::number(i + 1);
        chain += ",\"" + QByteArray::number(i) + R"(": {"class_type": "X", "inputs": {"text": [")" + next
            + R"(", 0], "samples": [")" + next + R"(", 0], "model": [")" + next + "\", 0]}}";
    }
    chain += '}';
    QCOMPARE(buildForm(workflowFrom(chain), NodeCatalog()).fields.size(), 2);
}

void TestFormBuilder::everyColumnOfEveryRealWorkflow_data()
{
    addRowsOfAllCases();
}

void TestFormBuilder::everyColumnOfEveryRealWorkflow()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, path);
    QFETCH(QString, catalog);
    const auto workflow = readWorkflowFile(path);
    QVERIFY2(workflow, workflow ? "" : qPrintable(workflow.error().message));
    const NodeCatalogPtr known = recordedCatalog(catalog);
    const Form form = buildForm(*workflow, *known);

    QHash<QString, int> seen;
    for (const Field& field : form.fields) {
        ++seen[field.ref.toString()];
        QVERIFY2(!field.label.isEmpty(), qPrintable(field.ref.toString()));
        QVERIFY2(!field.group.isEmpty(), qPrintable(field.ref.toString()));
    }
    for (auto it = seen.cbegin(); it != seen.cend(); ++it) {
        QVERIFY2(it.value() == 1, qPrintable(it.key()));
    }
    QList<qsizetype> grouped;
    for (const FieldGroup& group : form.groups) {
        QSet<QString> labels;
        for (const qsizetype index : group.fields) {
            const QString label = form.fields.at(index).label;
            QVERIFY2(!labels.contains(label), qPrintable(group.title + u'/' + label));
            labels.insert(label);
            grouped.append(index);
        }
    }
    std::sort(grouped.begin(), grouped.end());
    QList<qsizetype> all(form.fields.size());
    std::iota(all.begin(), all.end(), 0);
    QCOMPARE(grouped, all);

    if (const Graph* graph = workflow->graph()) {
        const GraphLinks links(*graph, *known);
        for (const PlacedNode& placed : links.nodes()) {
            const NodeDefinition* definition = known->find(placed.node->type);
            if (!definition) {
                continue;
            }
            for (const WidgetColumn& column : widgetColumns(*definition, *placed.node)) {
                if (column.column < 0) {
                    continue; // shows something, holds nothing
                }
                const QString ref = WidgetRef{placed.path, column.input->name}.toString();
                QVERIFY2(seen.contains(ref), qPrintable(ref));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestFormBuilder)
#include "tst_formbuilder.moc"
