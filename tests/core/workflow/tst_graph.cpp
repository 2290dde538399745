// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graph.h"
#include "core/workflow/graphpath.h"
#include "core/workflow/reader.h"
#include "tests/core/workflow/samples.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QTest>

namespace gesso {

class TestGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesBackWhatItRead_data();
    void writesBackWhatItRead();
    void recordedGraphsAreWrittenBack();
    void writesChanges();
    void readsLinks_data();
    void readsLinks();
    void mends_data();
    void mends();
    void findsNodesByPath();
};

void TestGraph::writesBackWhatItRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("order and unknown members") << QByteArray(
        R"({"zebra":1,"version":0.4,"nodes":[{"type":"A","id":3,"weird":{"x":[1,1.0]},"widgets_values":[18446744073709551615,null]}],"links":[[1,3,0,3,0,"X"]],"extra":{"ds":{"scale":1.5}},"after":null})");
    QTest::newRow("no extra, no links") << QByteArray(R"({"nodes":[]})");
    QTest::newRow("extra null") << QByteArray(
        R"({"extra":null,"nodes":[{"id":"a","type":"B","title":"T","mode":4,"properties":null}]})");
    QTest::newRow("subgraph") << QByteArray(
        R"({"nodes":[{"id":1,"type":"sg"}],"links":[],"definitions":{"other":1,"subgraphs":[{"id":"sg","nodes":[{"id":-1,"type":"A"}],"name":"S","links":[]}]},"version":1})");
    QTest::newRow("odd values") << QByteArray(
        R"({"nodes":[{"id":1.0,"type":null,"title":5,"mode":"x","inputs":5,"outputs":[5],"properties":"p","widgets_values":7}]})");
}

void TestGraph::writesBackWhatItRead()
{
    QFETCH(QByteArray, text);
    const auto graph = graphFromJson(testkit::json(text), nullptr);
    QVERIFY(graph);
    if (QByteArray(QTest::currentDataTag()) == "odd values") {
        QCOMPARE(toJson(*graph).at("nodes").size(), std::size_t(1)); // not lossless, but nothing throws
        return;
    }
    QCOMPARE(writeJson(toJson(*graph)), text);
}

void TestGraph::recordedGraphsAreWrittenBack()
{
    GESSO_NEEDS_DATA();
    int count = 0;
    for (const QString& kind :
         {QStringLiteral("cases"), QStringLiteral("cases-2026"), QStringLiteral("unknown-nodes")}) {
        const QDir folder(testkit::dataFolder() % u"/conversion/" % kind);
        for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const Json json = testkit::readJson(folder.filePath(name) % u"/workflow.json");
            const auto graph = graphFromJson(json, nullptr);
            QVERIFY2(graph, qPrintable(name));
            QVERIFY2(writeJson(toJson(*graph)) == writeJson(json), qPrintable(name));
            ++count;
        }
    }
    QCOMPARE(count, 466);
}

void TestGraph::writesChanges()
{
    Graph graph =
        testkit::graph(R"({"nodes":[{"id":1,"type":"A","title":"old","mode":0},{"id":2,"type":"B"}]})");
    graph.root.nodes[0].title = QStringLiteral("Grüße 漢字 🎨");
    graph.root.nodes[0].mode = NodeMode::Bypass;
    graph.root.nodes[1].widgetsValues = Json::array({1});
    QCOMPARE(
        QString::fromUtf8(writeJson(toJson(graph))),
        QStringLiteral(
            R"({"nodes":[{"id":1,"type":"A","title":"Grüße 漢字 🎨","mode":4},{"id":2,"type":"B","widgets_values":[1]}]})"));
}

void TestGraph::readsLinks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("links");
    QTest::addColumn<int>("warnings");
    QTest::newRow("arrays in 0.4") << QByteArray(
        R"({"nodes":[],"version":0.4,"links":[[1,2,0,3,1,"X"],null]})")
                                   << 1 << 0;
    QTest::newRow("objects in 1") << QByteArray(
        R"({"nodes":[],"version":1,"links":[{"id":1,"origin_id":2,"origin_slot":0,"target_id":3,"target_slot":1,"type":"X"}]})")
                                  << 1 << 0;
    QTest::newRow("objects in 0.4") << QByteArray(
        R"({"nodes":[],"version":0.4,"links":[{"id":1,"origin_id":2,"origin_slot":0,"target_id":3,"target_slot":1,"type":"X"}]})")
                                    << 1 << 1;
    QTest::newRow("arrays in 1") << QByteArray(R"({"nodes":[],"version":1,"links":[[1,2,0,3,1,"X"]]})") << 1
                                 << 1;
    QTest::newRow("broken ones") << QByteArray(
        R"({"nodes":[],"version":0.4,"links":["x",[],{},[null,1,2],5]})")
                                 << 0 << 1;
}

void TestGraph::readsLinks()
{
    QFETCH(QByteArray, text);
    QFETCH(int, links);
    QFETCH(int, warnings);
    Diagnostics diagnostics;
    const auto graph = graphFromJson(testkit::json(text), &diagnostics);
    QVERIFY(graph);
    QCOMPARE(graph->root.links.size(), links);
    QCOMPARE(diagnostics.size(), warnings);
    if (links > 0) {
        const GraphLink* link = graph->root.link(1);
        QVERIFY(link);
        QCOMPARE(link->originNode, NodeId(QStringLiteral("2")));
        QCOMPARE(link->targetSlot, 1);
    }
}

void TestGraph::mends_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("node that is none")
        << QByteArray(R"({"nodes":[5, null]})") << QStringLiteral("broken-node");
    QTest::newRow("no id") << QByteArray(R"({"nodes":[{"type":"A"}]})") << QStringLiteral("broken-node");
    QTest::newRow("two with one id") << QByteArray(R"({"nodes":[{"id":1,"type":"A"},{"id":1,"type":"B"}]})")
                                     << QStringLiteral("duplicate-node-id");
    QTest::newRow("subgraph that is none")
        << QByteArray(R"({"nodes":[],"definitions":{"subgraphs":[7]}})") << QStringLiteral("broken-subgraph");
    QTest::newRow("link that is none")
        << QByteArray(R"({"nodes":[{"id":1,"type":"A"}],"links":[7,[1]]})") << QStringLiteral("broken-link");
    QTest::newRow("links that are no list")
        << QByteArray(R"({"nodes":[{"id":1,"type":"A"}],"links":{}})") << QStringLiteral("broken-document");
    QTest::newRow("subgraphs that are no list")
        << QByteArray(R"({"nodes":[],"definitions":{"subgraphs":7}})") << QStringLiteral("broken-document");
}

void TestGraph::mends()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    Diagnostics diagnostics;
    const auto graph = graphFromJson(testkit::json(text), &diagnostics);
    QVERIFY(graph);
    QVERIFY(!diagnostics.isEmpty());
    QCOMPARE(diagnostics.constFirst().code, code);
    QCOMPARE(diagnostics.constFirst().severity, Severity::Warning);
    if (const GraphNode* node = graph->root.node(NodeId(QStringLiteral("1")))) {
        QCOMPARE(node->type, QStringLiteral("A")); // the first wins
    }
}

void TestGraph::findsNodesByPath()
{
    Graph graph = testkit::graph(
        R"({"nodes":[{"id":12,"type":"outer"},{"id":"1:2","type":"Expanded"}],"definitions":{"subgraphs":[
        {"id":"outer","nodes":[{"id":5,"type":"inner"}]},{"id":"inner","nodes":[{"id":7,"type":"Load"}]}]}})");
    const auto location = locateNode(graph, NodeId(QStringLiteral("12:5:7")));
    QVERIFY(location);
    QCOMPARE(location->node->type, QStringLiteral("Load"));
    QCOMPARE(location->definition->id, QStringLiteral("inner"));
    QCOMPARE(location->instances.size(), 2);
    QCOMPARE(locateNode(graph, NodeId(QStringLiteral("1:2")))->node->type, QStringLiteral("Expanded"));
    for (const QString& absent : {QStringLiteral("12:6"), QStringLiteral("12:5:7:1"), QStringLiteral("99"),
                                  QString(), QStringLiteral(":")}) {
        QVERIFY2(!locateNode(graph, NodeId(absent)), qPrintable(absent));
    }
    nodeAt(graph, NodeId(QStringLiteral("12:5:7")))->title = QStringLiteral("changed");
    QCOMPARE(locateNode(graph, NodeId(QStringLiteral("12:5:7")))->node->title, QStringLiteral("changed"));
    QCOMPARE(innerPath(NodeId(QStringLiteral("12")), NodeId(QStringLiteral("5"))).toString(),
             QStringLiteral("12:5"));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestGraph)
#include "tst_graph.moc"
