// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/conversion/dynamicprompts.h"
#include "core/workflow/conversion/primitives.h"
#include "core/workflow/graphconverter.h"
#include "tests/core/workflow/samples.h"

#include <QTest>

namespace gesso {
namespace {

Conversion convert(QByteArrayView text, const ConversionOptions& options = {})
{
    return *convertGraph(testkit::graph(text), *testkit::sampleCatalog(), options);
}

QStringList codes(const Diagnostics& diagnostics)
{
    QStringList list;
    for (const Diagnostic& diagnostic : diagnostics) {
        list.append(diagnostic.code);
    }
    return list;
}

// node.input of the prompt as JSON text; "" if it is not there.
QByteArray valueOf(const Conversion& conversion, const char* node, const char* input)
{
    const PromptNode* found = conversion.prompt.node(NodeId(QString::fromLatin1(node)));
    const Json* value = found ? found->input(QString::fromLatin1(input)) : nullptr;
    return value ? writeJson(*value) : QByteArray();
}

} // namespace

class TestGraphConverter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSeedStaysExact();
    void arraysAreWrapped();
    void idsAreOrderedAsInJavaScript();
    void passes_data();
    void passes();
    void setAndGet();
    void dynamicPrompts_data();
    void dynamicPrompts();
    void randomChoicesRepeat();
    void rounds_data();
    void rounds();
    void datesInFileNames();
    void unknownNodesAreReported();
    void hostile_data();
    void hostile();
    void definitionsThatContainThemselves();
    void definitionsThatMultiply();
    void longChains();
};

void TestGraphConverter::aSeedStaysExact()
{
    const Conversion conversion = convert(
        R"({"nodes":[{"id":3,"type":"Sample","widgets_values":[18446744073709551615,"fixed",20,8.0,"euler","x"]}],"links":[]})");
    QCOMPARE(valueOf(conversion, "3", "seed"), QByteArray("18446744073709551615"));
    QCOMPARE(valueOf(conversion, "3", "cfg"), QByteArray("8.0"));
    QVERIFY(writeJson(toJson(conversion.prompt)).contains("18446744073709551615"));
}

void TestGraphConverter::arraysAreWrapped()
{
    const Conversion conversion = convert(R"({"nodes":[{"id":1,"type":"Save","widgets_values":[["a",0]]}]})");
    QCOMPARE(valueOf(conversion, "1", "prefix"), QByteArray(R"({"__value__":["a",0]})"));
}

void TestGraphConverter::idsAreOrderedAsInJavaScript()
{
    const Conversion conversion = convert(
        R"({"nodes":[{"id":"b","type":"Load"},{"id":10,"type":"Load"},{"id":2,"type":"Load"},{"id":"a","type":"Load"},{"id":"01","type":"Load"}]})");
    QStringList ids;
    for (const PromptNode& node : conversion.prompt.nodes) {
        ids.append(node.id.toString());
    }
    QCOMPARE(ids.join(QLatin1Char(' ')), QStringLiteral("2 10 b a 01"));
}

void TestGraphConverter::passes_data()
{
    QTest::addColumn<QByteArray>("between"); // node 2, between Load (1) and Save (3)
    QTest::addColumn<QByteArray>("expected");
    const QByteArray linked =
        R"("inputs":[{"name":"input","type":"IMAGE","link":1}],"outputs":[{"name":"o","type":"IMAGE"}])";
    QTest::newRow("real") << QByteArray(R"({"id":2,"type":"Resize",)") + linked + "}"
                          << QByteArray(R"(["2",0])");
    QTest::newRow("mode 1") << QByteArray(R"({"id":2,"type":"Resize","mode":1,)") + linked + "}"
                            << QByteArray(R"(["2",0])");
    QTest::newRow("muted") << QByteArray(R"({"id":2,"type":"Resize","mode":2,)") + linked + "}"
                           << QByteArray();
    QTest::newRow("bypassed") << QByteArray(R"({"id":2,"type":"Resize","mode":4,)") + linked + "}"
                              << QByteArray(R"(["1",0])");
    QTest::newRow("reroute") << QByteArray(R"({"id":2,"type":"Reroute",)") + linked + "}"
                             << QByteArray(R"(["1",0])");
    QTest::newRow("muted reroute") << QByteArray(R"({"id":2,"type":"Reroute","mode":2,)") + linked + "}"
                                   << QByteArray();
    QTest::newRow("reroute of a pack")
        << QByteArray(R"_({"id":2,"type":"Reroute (rgthree)",)_") + linked + "}" << QByteArray(R"(["1",0])");
    QTest::newRow("reroute to itself")
        << QByteArray(R"({"id":2,"type":"Reroute","inputs":[{"name":"","type":"*","link":2}]})")
        << QByteArray();
    QTest::newRow("unknown, bypassed")
        << QByteArray(R"({"id":2,"type":"Gone","mode":4,)") + linked + "}" << QByteArray(R"(["1",0])");
    QTest::newRow("unknown") << QByteArray(R"({"id":2,"type":"Gone",)") + linked + "}" << QByteArray();
    QTest::newRow("bypassed, no fitting input")
        << QByteArray(R"({"id":2,"type":"Model","mode":4})") << QByteArray();
    QTest::newRow("note") << QByteArray(R"({"id":2,"type":"Note"})") << QByteArray();
}

void TestGraphConverter::passes()
{
    QFETCH(QByteArray, between);
    QFETCH(QByteArray, expected);
    const QByteArray text = R"({"nodes":[{"id":1,"type":"Load","outputs":[{"name":"IMAGE","type":"IMAGE"}]},)"
        + between
        + R"(,{"id":3,"type":"Save","inputs":[{"name":"images","type":"IMAGE","link":2}]}],"links":[[1,1,0,2,0,"IMAGE"],[2,2,0,3,0,"IMAGE"]]})";
    QCOMPARE(valueOf(convert(text), "3", "images"), expected);
}

void TestGraphConverter::setAndGet()
{
    const Conversion conversion = convert(R"({"nodes":[{"id":1,"type":"Load"},
        {"id":2,"type":"SetNode","inputs":[{"name":"IMAGE","type":"IMAGE","link":1}],"widgets_values":["picture"]},
        {"id":3,"type":"GetNode","outputs":[{"name":"IMAGE","type":"IMAGE"}],"widgets_values":["picture"]},
        {"id":4,"type":"Save","inputs":[{"name":"images","type":"IMAGE","link":2}]},
        {"id":5,"type":"GetNode","widgets_values":["nobody set this"]},
        {"id":6,"type":"Save","inputs":[{"name":"images","type":"IMAGE","link":3}]}],
        "links":[[1,1,0,2,0,"IMAGE"],[2,3,0,4,0,"IMAGE"],[3,5,0,6,0,"IMAGE"]]})");
    QCOMPARE(valueOf(conversion, "4", "images"), QByteArray(R"(["1",0])"));
    QCOMPARE(valueOf(conversion, "6", "images"), QByteArray());
    QCOMPARE(codes(conversion.diagnostics), QStringList(QStringLiteral("setter-missing")));
    QCOMPARE(conversion.prompt.nodes.size(), 3);
}

void TestGraphConverter::dynamicPrompts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    const auto row = [](const char* name, const char* text, const char* first, const char* last) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(first) << QString::fromUtf8(last);
    };
    row("plain", "a cat, ä 漢", "a cat, ä 漢", "a cat, ä 漢");
    row("choice", "a {red|blue} cat", "a red cat", "a blue cat");
    row("nested", "{a|b{c|d}}", "a", "bd");
    row("empty", "x{}y", "xy", "xy");
    row("empty option", "x{|y}", "x", "xy");
    row("escaped", R"(\{a\|b\})", "{a|b}", "{a|b}");
    row("other backslash", R"(a\nb)", R"(a\nb)", R"(a\nb)");
    row("backslash at the end", "a\\", "a\\undefined", "a\\undefined");
    row("unclosed", "{a|b", "a", "b");
    row("stray", "a}b", "a}b", "a}b");
    row("comments", "a/* no */b // gone\nc", "ab \nc", "ab \nc");
    row("address", "see https://x", "see https:", "see https:");
}

void TestGraphConverter::dynamicPrompts()
{
    QFETCH(QString, text);
    QFETCH(QString, first);
    QFETCH(QString, last);
    QCOMPARE(conversion::DynamicPrompts(ChoiceRule::First, 0).expand(text), first);
    QCOMPARE(conversion::DynamicPrompts(ChoiceRule::Last, 0).expand(text), last);
}

void TestGraphConverter::randomChoicesRepeat()
{
    const QString text =
        QStringLiteral("{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}");
    QSet<QString> seen;
    for (quint64 seed = 0; seed < 50; ++seed) {
        const QString once = conversion::DynamicPrompts(ChoiceRule::Random, seed).expand(text);
        QCOMPARE(conversion::DynamicPrompts(ChoiceRule::Random, seed).expand(text), once);
        seen.insert(once);
    }
    QVERIFY(seen.size() > 30);
    conversion::DynamicPrompts deep(ChoiceRule::First, 0);
    QVERIFY(!deep.expand(QString(200'000, QLatin1Char('{'))).isNull()); // must not exhaust the stack
}

void TestGraphConverter::rounds_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("float, step and round")
        << QByteArray(R"(["FLOAT", {"min": 0, "max": 100, "step": 0.1, "round": 0.01}])")
        << QByteArray("6.123456") << QByteArray("6.1");
    QTest::newRow("float over max") << QByteArray(R"(["FLOAT", {"min": 0, "max": 1, "step": 0.01}])")
                                    << QByteArray("1.7") << QByteArray("1.0");
    QTest::newRow("int to step") << QByteArray(R"(["INT", {"min": 0, "max": 4096, "step": 8}])")
                                 << QByteArray("770") << QByteArray("768");
    QTest::newRow("int step from min") << QByteArray(R"(["INT", {"min": 1, "max": 4097, "step": 4}])")
                                       << QByteArray("10") << QByteArray("9");
    QTest::newRow("int over max") << QByteArray(R"(["INT", {"min": 1, "max": 10000}])") << QByteArray("99999")
                                  << QByteArray("10000");
    QTest::newRow("full seed") << QByteArray(R"(["INT", {"min": 0, "max": 18446744073709551615}])")
                               << QByteArray("18446744073709551615") << QByteArray("18446744073709551615");
    QTest::newRow("text") << QByteArray(R"(["STRING", {}])") << QByteArray("\"x\"") << QByteArray("\"x\"");
    QTest::newRow("text in a number")
        << QByteArray(R"(["INT", {"max": 5}])") << QByteArray("\"x\"") << QByteArray("\"x\"");
}

void TestGraphConverter::rounds()
{
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    const auto catalog = NodeCatalog::parse(R"({"A": {"input": {"required": {"x": )" + spec + "}}}}");
    QVERIFY(catalog);
    const InputDefinition* input = (*catalog)->find(QStringLiteral("A"))->input(QStringLiteral("x"));
    QCOMPARE(writeJson(conversion::roundedForWidget(*input, testkit::json(value))), expected);
}

void TestGraphConverter::datesInFileNames()
{
    const auto catalog =
        NodeCatalog::parse(R"({"SaveImage": {"input": {"required": {"filename_prefix": ["STRING", {}]}}}})");
    QVERIFY(catalog);
    const Graph graph = testkit::graph(
        R"({"nodes":[{"id":1,"type":"SaveImage","title":"Out","widgets_values":["%date:yyyy-MM-dd hh%/%Out.filename_prefix%/%width%"]}]})");
    ConversionOptions options;
    const auto untouched = convertGraph(graph, **catalog, options);
    QVERIFY(valueOf(*untouched, "1", "filename_prefix").contains("%date:yyyy-MM-dd hh%"));
    options.now = QDateTime(QDate(2024, 3, 9), QTime(14, 5));
    const auto dated = convertGraph(graph, **catalog, options);
    QVERIFY2(valueOf(*dated, "1", "filename_prefix").startsWith("\"2024-03-09 14/%date_yyyy-MM-dd hh%_%Out"),
             valueOf(*dated, "1", "filename_prefix"));
    QVERIFY(valueOf(*dated, "1", "filename_prefix").endsWith("/%width%\""));
}

void TestGraphConverter::unknownNodesAreReported()
{
    const Conversion conversion =
        convert(R"({"nodes":[{"id":1,"type":"Gone","title":"My node"},{"id":2,"type":"Gone2","mode":2}]})");
    QCOMPARE(codes(conversion.diagnostics),
             QStringList({QStringLiteral("missing-node"), QStringLiteral("missing-node")}));
    QCOMPARE(conversion.diagnostics.at(0).severity, Severity::Error);
    QCOMPARE(conversion.diagnostics.at(0).nodeTitle, QStringLiteral("My node"));
    QCOMPARE(conversion.diagnostics.at(0).nodeType, QStringLiteral("Gone"));
    QCOMPARE(conversion.diagnostics.at(1).severity, Severity::Warning); // muted: it would not be sent anyway
    QVERIFY(conversion.prompt.isEmpty());
}

void TestGraphConverter::hostile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("wrong types everywhere") << QByteArray(
        R"({"nodes":[{"id":{},"type":[],"mode":"x","inputs":{"a":1},"outputs":5,"widgets_values":"x","properties":[]},
        {"id":1,"type":"Sample","inputs":[null,5,{"name":5,"type":{},"link":"x","widget":7},{"name":"model","link":{}}],"widgets_values":{"seed":{"a":[]}}}],
        "links":[[],{},5,[1,{},[],null,-5]],"extra":5,"definitions":[],"version":"x"})");
    QTest::newRow("links to nowhere") << QByteArray(
        R"({"nodes":[{"id":1,"type":"Save","inputs":[{"name":"images","type":"IMAGE","link":1}]}],"links":[[1,99,0,1,0,"IMAGE"]]})");
    QTest::newRow("slots out of range") << QByteArray(
        R"({"nodes":[{"id":1,"type":"Reroute","mode":4,"inputs":[]},{"id":2,"type":"Save","inputs":[{"name":"images","link":1}]}],
        "links":[[1,1,2147483647,2,-2147483648,"IMAGE"]]})");
    QTest::newRow("negative slots") << QByteArray(
        R"({"nodes":[{"id":1,"type":"Resize","mode":4,"inputs":[{"name":"input","type":"IMAGE"}]},{"id":2,"type":"Save","inputs":[{"name":"images","link":1}]}],
        "links":[[1,1,-7,2,0,"IMAGE"]]})");
    QTest::newRow("boxes outside a subgraph") << QByteArray(
        R"({"nodes":[{"id":-10,"type":"Load"},{"id":2,"type":"Save","inputs":[{"name":"images","link":1}]}],"links":[[1,-10,0,2,0,"IMAGE"]]})");
    QTest::newRow("setter that gets itself") << QByteArray(
        R"({"nodes":[{"id":1,"type":"SetNode","widgets_values":["a"],"inputs":[{"name":"x","link":1}]},{"id":2,"type":"GetNode","widgets_values":["a"]},
        {"id":3,"type":"Save","inputs":[{"name":"images","link":2}]}],"links":[[1,2,0,1,0,"*"],[2,2,0,3,0,"*"]]})");
    QTest::newRow("odd group nodes") << QByteArray(
        R"({"nodes":[{"id":1,"type":"workflow>a","widgets_values":[1,2]},{"id":2,"type":"workflow/b"},{"id":3,"type":"workflow>c","widgets_values":{}}],
        "extra":{"groupNodes":{"a":5,"b":{"nodes":[5,{"type":"Sample","inputs":[{"name":"seed","widget":{"name":"seed"}}]},{"type":"Reroute"}],"links":[[0,0,1,0],[5,0,99,0],[1,-1,0,0],["x"],[2,0,1,50,9,"X"],[2,0,2,0]],"external":[[9,9],[],[{}]],
        "config":{"0":5,"1":{"input":{"steps":{"visible":false,"name":5}},"output":{"0":{"visible":"x"}}}}},"c":{"nodes":{}}}}})");
    QTest::newRow("proxies of nobody") << QByteArray(
        R"({"nodes":[{"id":1,"type":"sg","widgets_values":[1,2,3,4],"properties":{"proxyWidgets":[["-1","x"],["9","y"],5,["2"]]}}],
        "definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":2,"type":"Sample"}],"inputs":[{"name":"x"},5],"outputs":[{}],"links":[{"id":1,"origin_id":-10,"origin_slot":99,"target_id":2,"target_slot":0}]}]}})");
}

void TestGraphConverter::hostile()
{
    QFETCH(QByteArray, text);
    const auto conversion = convertGraph(testkit::graph(text), *testkit::sampleCatalog());
    QVERIFY(conversion);
    for (const PromptNode& node : conversion->prompt.nodes) {
        QVERIFY(!node.classType.isEmpty());
        for (const auto& [name, value] : node.inputs) {
            const auto link = asLink(value);
            QVERIFY(!link || conversion->prompt.node(link->first));
        }
    }
}

void TestGraphConverter::definitionsThatContainThemselves()
{
    const Conversion conversion = convert(R"({"nodes":[{"id":1,"type":"a"}],"definitions":{"subgraphs":[
        {"id":"a","name":"A","nodes":[{"id":2,"type":"b"},{"id":4,"type":"Load"}]},{"id":"b","name":"B","nodes":[{"id":3,"type":"a"}]}]}})");
    QVERIFY(hasErrors(conversion.diagnostics));
    QCOMPARE(conversion.diagnostics.at(0).code, QStringLiteral("subgraph-cycle"));
    QCOMPARE(conversion.diagnostics.at(0).node.toString(), QStringLiteral("1:2:3"));
    QVERIFY(conversion.prompt.node(NodeId(QStringLiteral("1:4"))));
}

// 20 levels of 10 instances each would be 10^20 nodes.
void TestGraphConverter::definitionsThatMultiply()
{
    Json document = Json::object({{"nodes", Json::array({{{"id", 1}, {"type", "level0"}}})}});
    for (int level = 0; level < 20; ++level) {
        Json nodes = Json::array();
        for (int i = 0; i < 10; ++i) {
            nodes.push_back({{"id", i}, {"type", "level" + std::to_string(level + 1)}});
        }
        document["definitions"]["subgraphs"].push_back(
            {{"id", "level" + std::to_string(level)}, {"nodes", nodes}});
    }
    const auto conversion = convertGraph(*graphFromJson(document, nullptr), *testkit::sampleCatalog());
    QVERIFY(conversion);
    QVERIFY(codes(conversion->diagnostics).contains(QStringLiteral("too-many-nodes")));
}

void TestGraphConverter::longChains()
{
    constexpr int length = 50'000;
    Json document = Json::object({{"nodes", Json::array()}, {"links", Json::array()}});
    for (int i = 1; i <= length; ++i) {
        document["nodes"].push_back(
            {{"id", i},
             {"type",
              i == 1            ? "Load"
                  : i == length ? "Save"
                                : "Reroute"},
             {"inputs",
              Json::array({{{"name", i == length ? "images" : ""}, {"type", "*"}, {"link", i - 1}}})}});
        document["links"].push_back(Json::array({i, i, 0, i + 1, 0, "IMAGE"}));
    }
    const auto conversion = convertGraph(*graphFromJson(document, nullptr), *testkit::sampleCatalog());
    QVERIFY(conversion);
    QCOMPARE(valueOf(*conversion, "50000", "images"), QByteArray(R"(["1",0])"));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestGraphConverter)
#include "tst_graphconverter.moc"
