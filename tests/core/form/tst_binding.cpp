// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "core/form/formbuilder.h"
#include "core/workflow/reader.h"
#include "formcases.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

// A value of the field's kind that is not the one it has.
Json otherValue(const Field& field)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Seed:
        return field.value == field.limits.min || !field.value.is_number() ? Json(7)
            : field.limits.min.is_number()                                 ? field.limits.min
                                                                           : Json(7);
    case FieldKind::Float:
        return field.value == Json(0.25) ? Json(0.5) : Json(0.25);
    case FieldKind::Boolean:
        return field.value != Json(true);
    case FieldKind::Combo:
        for (const Json& choice : field.choices) {
            if (choice != field.value) {
                return choice;
            }
        }
        break;
    default:
        break;
    }
    return "edited by a test";
}

bool sameNumberOrValue(const Json& a, const Json& b)
{
    return a.is_number() && b.is_number() ? a.get<double>() == b.get<double>() : a == b;
}

} // namespace

class TestBinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWrites();
    void unknownNodes();
    void promptDocuments();
    void nothingThere();
    void largeSeeds();
    void editingEachFieldOfRealWorkflows_data();
    void editingEachFieldOfRealWorkflows();
    void cleanupTestCase();

private:
    int m_checked = 0;
    int m_notSent = 0;
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

void TestBinding::editingEachFieldOfRealWorkflows_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("catalog");
    if (!hasData()) {
        return;
    }
    for (const FormCase& entry : formCases({QStringLiteral("cases"), QStringLiteral("cases-2026")})) {
        QTest::newRow(qPrintable(entry.name)) << entry.path << entry.catalog;
    }
}

void TestBinding::editingEachFieldOfRealWorkflows()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, path);
    QFETCH(QString, catalog);
    const auto opened = readWorkflowFile(path);
    QVERIFY(opened);
    const NodeCatalogPtr known = recordedCatalog(catalog);
    const Form form = buildForm(*opened, *known);
    QStringList wrong;
    for (const Field& field : form.fields) {
        if (field.linked) {
            continue; // not what decides
        }
        const Json value = otherValue(field);
        Workflow edited = *opened;
        QVERIFY2(setFieldValue(edited, *known, field.ref, value), qPrintable(field.ref.toString()));
        QCOMPARE(*fieldValue(edited, *known, field.ref), value);
        const auto conversion = promptFor(edited, *known);
        QVERIFY(conversion);
        const PromptNode* node = conversion->prompt.node(field.ref.node);
        if (!node || node->classType != field.nodeType) {
            ++m_notSent; // muted, a primitive, or of a class nobody knows
            continue;
        }
        const Json* sent = node->input(field.ref.input);
        if (!sent || !sameNumberOrValue(*sent, value)) {
            wrong.append(QStringLiteral("%1: %2, not %3")
                             .arg(field.ref.toString(),
                                  sent ? QString::fromUtf8(writeJson(*sent)) : QStringLiteral("nothing"),
                                  QString::fromUtf8(writeJson(value))));
        }
        ++m_checked;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral("\n  "))));
}

void TestBinding::cleanupTestCase()
{
    if (hasData()) {
        qInfo("edited %d fields; %d more belong to nodes that are not sent", m_checked, m_notSent);
        QVERIFY(m_checked > 4000);
    }
}

QTEST_GUILESS_MAIN(TestBinding)
#include "tst_binding.moc"
