// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"
#include "tests/core/workflow/samples.h"

#include <QTest>

namespace gesso {
namespace {

constexpr QByteArrayView kDocument = R"({"version":0.4,
"nodes":[
  {"id":1,"type":"Load","title":"T","mode":0,"inputs":[],"outputs":[{"name":"IMAGE","type":"IMAGE","label":"L","links":[1]}],"widgets_values":["a.png"],"properties":{"cnr_id":"core"}},
  {"id":2,"type":"Save","inputs":[{"name":"images","type":"IMAGE","label":"L","link":1,"widget":{"name":"images"}}]},
  {"id":3,"type":"sg","inputs":[{"name":"x","type":"IMAGE","link":2}],"widgets_values":[1],"properties":{"proxyWidgets":[["-1","x"]]}},
  {"id":4,"type":"workflow>g","inputs":[],"widgets_values":[1]}],
"links":[[1,1,0,2,0,"IMAGE"],[2,1,0,3,0,"IMAGE"]],
"extra":{"groupNodes":{"g":{"nodes":[{"type":"Load","index":0}],"links":[],"external":[],"config":{}}}},
"definitions":{"subgraphs":[{"id":"sg","name":"S",
  "inputs":[{"id":"p","name":"x","label":"X","type":"IMAGE","linkIds":[1]}],"outputs":[{"id":"q","name":"y","type":"IMAGE","linkIds":[2]}],
  "nodes":[{"id":5,"type":"Resize","inputs":[{"name":"input","type":"IMAGE","link":1}]}],
  "links":[{"id":1,"origin_id":-10,"origin_slot":0,"target_id":5,"target_slot":0,"type":"IMAGE"},{"id":2,"origin_id":5,"origin_slot":0,"target_id":-20,"target_slot":0,"type":"IMAGE"}]}]}})";

struct Member {
    const char* pointer;
    const char* kinds; // the right ones: "b"oolean, "n"umber, "s"tring, "a"rray, "o"bject
    bool isReported = true; // false: Gesso passes over what it does not need for the prompt
};

constexpr Member kMembers[]{
    {"/version", "n"},
    {"/links", "a"},
    {"/links/0", "ao"},
    {"/links/0/0", "n"},
    {"/links/0/1", "n"},
    {"/links/0/2", "n"},
    {"/links/0/3", "nbsao", false}, // the target names the link itself
    {"/links/0/4", "nbsao", false},
    {"/links/0/5", "nbsao", false}, // types come from the definitions
    {"/extra", "o"},
    {"/extra/groupNodes", "o"},
    {"/extra/groupNodes/g", "o"},
    {"/extra/groupNodes/g/nodes", "nbsao", false}, // a group without nodes is empty
    {"/extra/groupNodes/g/links", "nbsao", false},
    {"/extra/groupNodes/g/external", "nbsao", false},
    {"/extra/groupNodes/g/config", "nbsao", false},
    {"/definitions", "o"},
    {"/definitions/subgraphs", "a"},
    {"/definitions/subgraphs/0", "o"},
    {"/definitions/subgraphs/0/id", "s"},
    {"/definitions/subgraphs/0/name", "s"},
    {"/definitions/subgraphs/0/inputs", "a"},
    {"/definitions/subgraphs/0/inputs/0", "o"},
    {"/definitions/subgraphs/0/inputs/0/name", "s"},
    {"/definitions/subgraphs/0/inputs/0/label", "s"},
    {"/definitions/subgraphs/0/inputs/0/type", "nsa"},
    {"/definitions/subgraphs/0/inputs/0/linkIds", "a"},
    {"/definitions/subgraphs/0/outputs", "a"},
    {"/definitions/subgraphs/0/outputs/0", "o"},
    {"/definitions/subgraphs/0/nodes", "a"},
    {"/definitions/subgraphs/0/nodes/0", "o"},
    {"/definitions/subgraphs/0/nodes/0/inputs", "a"},
    {"/definitions/subgraphs/0/links", "a"},
    {"/definitions/subgraphs/0/links/0", "ao"},
    {"/definitions/subgraphs/0/links/0/id", "n"},
    {"/definitions/subgraphs/0/links/0/origin_id", "n"},
    {"/definitions/subgraphs/0/links/0/origin_slot", "n"},
    {"/nodes/0", "o"},
    {"/nodes/0/id", "ns"},
    {"/nodes/0/type", "s"},
    {"/nodes/0/title", "s"},
    {"/nodes/0/mode", "n"},
    {"/nodes/0/outputs", "a"},
    {"/nodes/0/outputs/0", "o"},
    {"/nodes/0/outputs/0/name", "s"},
    {"/nodes/0/outputs/0/label", "s"},
    {"/nodes/0/outputs/0/type", "nsa"},
    {"/nodes/0/outputs/0/links", "nbsao", false}, // conversion.md, 5.1
    {"/nodes/0/widgets_values", "ao"},
    {"/nodes/0/properties", "o"},
    {"/nodes/0/properties/cnr_id", "nbsao", false},
    {"/nodes/1/inputs", "a"},
    {"/nodes/1/inputs/0", "o"},
    {"/nodes/1/inputs/0/name", "s"},
    {"/nodes/1/inputs/0/type", "nsa"},
    {"/nodes/1/inputs/0/label", "s"},
    {"/nodes/1/inputs/0/link", "ns"},
    {"/nodes/1/inputs/0/widget", "so"},
    {"/nodes/2/properties/proxyWidgets", "nbsao", false},
    {"/nodes/2/properties/proxyWidgets/0", "nbsao", false},
};

struct Wrong {
    char kind;
    const char* text;
};
constexpr Wrong kWrong[]{
    {'b', "true"}, {'n', "-7.5"}, {'s', R"("odd")"}, {'a', "[[],7]"}, {'o', R"({"a":{"b":[]}})"}};

} // namespace

// A wrong kind of value for each member of a graph: nothing crashes, and what matters is reported.
class TestMalformedGraphs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDocumentItselfIsFine();
    void wrongKinds_data();
    void wrongKinds();
    void absentOrNull_data();
    void absentOrNull();
    void listOfNodesIsNeeded_data();
    void listOfNodesIsNeeded();

private:
    static void convert(const Json& document, Diagnostics& diagnostics);
};

void TestMalformedGraphs::convert(const Json& document, Diagnostics& diagnostics)
{
    const auto graph = graphFromJson(document, &diagnostics);
    QVERIFY(graph);
    const auto conversion = convertGraph(*graph, *testkit::sampleCatalog());
    QVERIFY(conversion);
    diagnostics += conversion->diagnostics;
    for (const PromptNode& node : conversion->prompt.nodes) {
        QVERIFY(!node.classType.isEmpty());
        for (const auto& [name, value] : node.inputs) {
            const auto link = asLink(value);
            QVERIFY(!link || conversion->prompt.node(link->first));
        }
    }
    QVERIFY(!writeJson(toJson(*graph)).isEmpty()); // saving it does not crash either
}

void TestMalformedGraphs::theDocumentItselfIsFine()
{
    Diagnostics diagnostics;
    convert(testkit::json(kDocument), diagnostics);
    QCOMPARE(diagnostics, Diagnostics());
}

void TestMalformedGraphs::wrongKinds_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isReported");
    for (const Member& member : kMembers) {
        for (const Wrong& wrong : kWrong) {
            const bool isRight = QByteArrayView(member.kinds).contains(wrong.kind);
            if (!isRight || !member.isReported) {
                QTest::addRow("%s is %s", member.pointer, wrong.text)
                    << QByteArray(member.pointer) << QByteArray(wrong.text)
                    << (member.isReported && !isRight);
            }
        }
    }
}

void TestMalformedGraphs::wrongKinds()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(bool, isReported);
    Json document = testkit::json(kDocument);
    document.at(Json::json_pointer(pointer.toStdString())) = testkit::json(value);
    Diagnostics diagnostics;
    convert(document, diagnostics);
    for (const Diagnostic& diagnostic : std::as_const(diagnostics)) {
        QVERIFY(!diagnostic.code.isEmpty() && !diagnostic.message.isEmpty());
    }
    QVERIFY(!isReported || !diagnostics.isEmpty());
}

void TestMalformedGraphs::absentOrNull_data()
{
    QTest::addColumn<QByteArray>("pointer");
    for (const Member& member : kMembers) {
        QTest::newRow(member.pointer) << QByteArray(member.pointer);
    }
}

void TestMalformedGraphs::absentOrNull()
{
    QFETCH(QByteArray, pointer);
    Diagnostics diagnostics;
    Json document = testkit::json(kDocument);
    const Json::json_pointer place(pointer.toStdString());
    document.at(place) = nullptr;
    convert(document, diagnostics);
    Json& parent = document.at(place.parent_pointer());
    if (parent.is_object()) {
        parent.erase(place.back());
    } else {
        parent.erase(std::size_t(std::stoul(place.back())));
    }
    convert(document, diagnostics);
}

void TestMalformedGraphs::listOfNodesIsNeeded_data()
{
    QTest::addColumn<QByteArray>("document");
    for (const char* text :
         {"{}", "[]", "5", "null", R"("x")", R"({"nodes":null})", R"({"nodes":{}})", R"({"nodes":"x"})"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestMalformedGraphs::listOfNodesIsNeeded()
{
    QFETCH(QByteArray, document);
    const auto graph = graphFromJson(testkit::json(document), nullptr);
    QVERIFY(!graph);
    QCOMPARE(graph.error().kind, ErrorKind::Unreadable);
    QVERIFY(!graph.error().hint.isEmpty());
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestMalformedGraphs)
#include "tst_malformedgraphs.moc"
