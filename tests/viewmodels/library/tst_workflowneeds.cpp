// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/workflowneeds.h"

#include "core/workflow/reader.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;

namespace {

NodeCatalogPtr catalog()
{
    static const NodeCatalogPtr parsed = *NodeCatalog::parse(R"({
"Load": {"input": {"required": {"name": [["a.safetensors", "sd/b.ckpt"]], "mode": [["fast", "slow"]]}}, "output": ["MODEL"]},
"Empty": {"input": {"required": {"name": ["COMBO", {"options": []}]}}, "output": ["MODEL"]},
"Words": {"input": {"required": {"text": ["STRING", {}], "mode": [["fast", "slow"]]}}, "output": []}})");
    return parsed;
}

Workflow workflow(const char* nodes, const char* rest = "")
{
    const QByteArray json =
        QByteArray(QByteArray(R"({"nodes": [)") + nodes + R"(], "links": [])" + rest + "}");
    return readWorkflow(json, QStringLiteral("test")).value();
}

WorkflowNeeds lacking(const char* nodes, const char* rest = "")
{
    return lackingOf(needsOf(workflow(nodes, rest)), *catalog());
}

} // namespace

class TestWorkflowNeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nodes();
    void models_data();
    void models();
    void modelsInsideSubgraphs();
    void prompts();
    void saysWhereTheyAreToBeHad();
    void longListsAreCut();
    void realWorkflows();
};

void TestWorkflowNeeds::nodes()
{
    const WorkflowNeeds found = lacking(
        R"({"id": 1, "type": "Gone", "properties": {"cnr_id": "gone-pack"}}, {"id": 2, "type": "Gone"},
        {"id": 3, "type": "Muted", "mode": 2}, {"id": 4, "type": "Bypassed", "mode": 4}, {"id": 5, "type": "Note"},
        {"id": 6, "type": "SetNode"}, {"id": 7, "type": "Words"}, {"id": 8, "type": "sub"})",
        R"(, "definitions": {"subgraphs": [{"id": "sub", "name": "S", "nodes": [{"id": 1, "type": "Inner"}], "links": []}]})");
    QCOMPARE(found.nodes.size(), 2);
    QCOMPARE(found.nodes.at(0).type, QStringLiteral("Gone"));
    QCOMPARE(found.nodes.at(1).type, QStringLiteral("Inner"));
    QCOMPARE(needsSummary(found), QStringLiteral("Needs 2 nodes"));
    QCOMPARE(needsList(found), QStringLiteral("Node Gone, of the pack gone-pack\nNode Inner"));
    QVERIFY(lackingOf(needsOf(workflow(R"({"id": 1, "type": "Gone"})")), NodeCatalog()).isEmpty());
}

void TestWorkflowNeeds::models_data()
{
    QTest::addColumn<QByteArray>("node");
    QTest::addColumn<QString>("expected");
    const QString one = QStringLiteral("Needs 1 model");
    QTest::newRow("there") << QByteArray(
        R"({"id": 1, "type": "Load", "widgets_values": ["a.safetensors", "fast"]})")
                           << QString();
    QTest::newRow("not there") << QByteArray(
        R"({"id": 1, "type": "Load", "widgets_values": ["c.safetensors", "fast"]})")
                               << one;
    QTest::newRow("by name") << QByteArray(
        R"({"id": 1, "type": "Load", "widgets_values": {"name": "c.gguf"}})")
                             << one;
    QTest::newRow("none at all") << QByteArray(R"({"id": 1, "type": "Empty", "widgets_values": ["c.pt"]})")
                                 << one;
    QTest::newRow("no list of models")
        << QByteArray(R"({"id": 1, "type": "Words", "widgets_values": ["c.pt", "fast"]})") << QString();
    QTest::newRow("a word") << QByteArray(
        R"({"id": 1, "type": "Load", "widgets_values": ["a.safetensors", "other"]})")
                            << QString();
    QTest::newRow("muted") << QByteArray(
        R"({"id": 1, "type": "Load", "mode": 2, "widgets_values": ["c.safetensors"]})")
                           << QString();
    QTest::newRow("hostile") << QByteArray(
        R"({"id": 1, "type": "Load", "widgets_values": [[["c.pt"]], {"a": "c.pt"}, null, 5]})")
                             << QString();
}

void TestWorkflowNeeds::models()
{
    QFETCH(QByteArray, node);
    QFETCH(QString, expected);
    QCOMPARE(needsSummary(lacking(node.constData())), expected);
}

void TestWorkflowNeeds::modelsInsideSubgraphs()
{
    const char* const definition =
        R"(, "definitions": {"subgraphs": [{"id": "sub", "name": "S", "nodes": [{"id": 1, "type": "Load", "widgets_values": ["a.safetensors"]}], "links": []}]})";
    QCOMPARE(
        needsSummary(lacking(R"({"id": 8, "type": "sub", "widgets_values": ["sd/b.ckpt"]})", definition)),
        QString());
    QCOMPARE(
        needsSummary(lacking(R"({"id": 8, "type": "sub", "widgets_values": ["sd/x.ckpt"]})", definition)),
        QStringLiteral("Needs 1 model"));
}

void TestWorkflowNeeds::prompts()
{
    const auto prompt = readWorkflow(
        R"({"1": {"class_type": "Load", "inputs": {"name": "c.safetensors"}}, "2": {"class_type": "Gone", "inputs": {"m": ["1", 0]}}})",
        QStringLiteral("test"));
    QCOMPARE(needsSummary(lackingOf(needsOf(*prompt), *catalog())), QStringLiteral("Needs 1 node, 1 model"));
}

void TestWorkflowNeeds::saysWhereTheyAreToBeHad()
{
    const WorkflowNeeds found = lacking(
        R"({"id": 1, "type": "Load", "widgets_values": ["x/c.safetensors"], "properties": {"models":
        [{"name": "c.safetensors", "url": "https://example.org/c.safetensors", "directory": "checkpoints"}]}},
        {"id": 2, "type": "Load", "widgets_values": ["y/c.safetensors"]},
        {"id": 3, "type": "<img src=x>\nwith lines"})");
    QCOMPARE(
        needsList(found),
        QStringLiteral("Node <img src=x> with lines\n"
                       "Model x/c.safetensors, for models/checkpoints, https://example.org/c.safetensors"));
}

void TestWorkflowNeeds::longListsAreCut()
{
    WorkflowNeeds many;
    for (int i = 0; i < 100; ++i) {
        many.nodes.append({QStringLiteral("N%1").arg(i), {}});
    }
    QCOMPARE(needsSummary(many), QStringLiteral("Needs 100 nodes"));
    QCOMPARE(needsList(many).split(u'\n').size(), 41);
    QVERIFY(needsList(many).endsWith(QStringLiteral("and 60 more")));
}

// The classes the index of the recordings names are found, in every file with unknown nodes.
void TestWorkflowNeeds::realWorkflows()
{
    GESSO_NEEDS_DATA();
    const QString folder = testkit::dataFolder() + QStringLiteral("/conversion/");
    const auto known =
        NodeCatalog::parse(testkit::readAll(folder + QStringLiteral("object_info.json"))).value();
    int files = 0;
    int classes = 0;
    for (const Json& record : testkit::readJson(folder + QStringLiteral("index.json"))) {
        if (stringMember(record, "kind") != u"unknown-nodes"
            || stringMember(record, "object_info") != u"object_info.json") {
            continue;
        }
        const QString name = stringMember(record, "name");
        const auto read = readWorkflowFile(folder + QStringLiteral("unknown-nodes/") + name
                                           + QStringLiteral("/workflow.json"));
        QVERIFY(read);
        const WorkflowNeeds found = lackingOf(needsOf(*read), *known);
        QSet<QString> expected;
        for (const Json& type : record["missing_types"]) {
            expected.insert(toQString(type));
        }
        for (const WorkflowNeeds::Node& node : found.nodes) {
            QVERIFY2(expected.contains(node.type), qPrintable(name + u' ' + node.type));
        }
        classes += int(found.nodes.size());
        ++files;
    }
    qInfo("%d missing classes in %d files", classes, files);
    QVERIFY(classes > files / 2);
}

QTEST_GUILESS_MAIN(TestWorkflowNeeds)
#include "tst_workflowneeds.moc"
