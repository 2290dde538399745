// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/conversion/virtualnodes.h"
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"x({
"Load":  {"image": [["a.png", "b.png"]], "=>": ["IMAGE", "MASK"]},
"Blur":  {"image": ["IMAGE"], "radius": ["INT", {"default": 1}], "=>": ["IMAGE"]},
"Model": {"name": [["one", "two"]], "=>": ["MODEL"]},
"Text":  {"text": ["STRING", {}], "=>": ["STRING"]},
"Save":  {"images": ["IMAGE"]},
"PrimitiveInt": {"value": ["INT", {"default": 0, "control_after_generate": true}], "=>": ["INT"]},
"Image Comparer (rgthree)": {"input": {"optional": {"image_a": ["IMAGE"]}}, "output": [], "output_node": true},
"Note of a server": {"text": ["STRING", {}]}
})x";

} // namespace

// conversion.md, section 9: nodes whose meaning lives in the scripts of a pack.
class TestRule9VirtualNodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setAndGet_data();
    void setAndGet();
    void reroutes_data();
    void reroutes();
    void canvasTools_data();
    void canvasTools();
    void notesAndKin_data();
    void notesAndKin();
};

void TestRule9VirtualNodes::setAndGet_data()
{
    testkit::ruleColumns();
    const auto pair = [](const char* set, const char* get) -> QByteArray {
        return QByteArray(R"([{"id":1,"type":"Load"},{"id":2,"type":")") + set
            + R"(","in":{"IMAGE":[1,0,"IMAGE"]},"values":["picture"]},{"id":3,"type":")" + get
            + R"(","values":["picture"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])";
    };
    const QByteArray linked = R"({"1":{"image":"a.png"},"4":{"images":["1",0]}})";
    const QByteArray cut = R"({"1":{"image":"a.png"},"4":{}})";
    rule("9 SetNode and GetNode", pair("SetNode", "GetNode"), linked);
    rule("9 easy setNode and easy getNode", pair("easy setNode", "easy getNode"), linked);
    rule("9 SetNode and GetNode of Eclipse", pair("SetNode [Eclipse]", "GetNode [Eclipse]"), linked);
    rule("9 a Get finds Sets of its own pack only", pair("easy setNode", "GetNode"), cut,
         {QStringLiteral("setter-missing 3")});
    rule(
        "9 a Get without Set",
        R"([{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}},{"id":5,"type":"Save","in":{"images":[3,0]}}])",
        R"({"4":{},"5":{}})", {QStringLiteral("setter-missing 3")});
    rule(
        "9 a Get without name",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":[""]},{"id":3,"type":"GetNode","values":[""]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        cut, {QStringLiteral("setter-missing 3")});
    rule("9 a Get that nobody asks is no matter", R"([{"id":3,"type":"GetNode","values":["x"]}])", "{}");
    rule(
        "9 a Set without link",
        R"([{"id":2,"type":"SetNode","in":{"I":null},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        R"({"4":{}})");
    rule(
        "9 two Sets with one name: the first in the file",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Load","values":["b.png"]},{"id":5,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":6,"type":"SetNode","in":{"I":[2,0]},"values":["x"]},
             {"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        R"({"1":{"image":"a.png"},"2":{"image":"b.png"},"4":{"images":["1",0]}})",
        {QStringLiteral("setter-duplicate 6")});
    rule(
        "9 a Set passes its input on to what is linked to it",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":4,"type":"Save","in":{"images":[2,0]}}])",
        linked);
    rule(
        "9 several Gets of one Set, the second output",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Blur","in":{"image":[1,1]}},{"id":5,"type":"SetNode","in":{"I":[2,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},
             {"id":4,"type":"Save","in":{"images":[3,0]}},{"id":6,"type":"GetNode","values":["x"]},{"id":7,"type":"Save","in":{"images":[6,0]}}])",
        R"({"1":{"image":"a.png"},"2":{"radius":1,"image":["1",1]},"4":{"images":["2",0]},"7":{"images":["2",0]}})");
    rule(
        "9 chained: a Get that feeds a Set",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},{"id":5,"type":"SetNode","in":{"I":[3,0]},"values":["y"]},
             {"id":6,"type":"GetNode","values":["y"]},{"id":4,"type":"Save","in":{"images":[6,0]}}])",
        linked);
    rule(
        "9 in a circle",
        R"([{"id":2,"type":"SetNode","in":{"I":[3,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        R"({"4":{}})", {QStringLiteral("link-circle 4.images")});
    rule(
        "9 the mode of a Set does not matter",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"SetNode","mode":2,"in":{"I":[1,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        linked);
    rule(
        "9 a muted Get gives nothing",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":3,"type":"GetNode","mode":2,"values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        cut);
    rule(
        "9 a bypassed Get has no input that could stand in",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":3,"type":"GetNode","mode":4,"values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        cut);
    rule(
        "9 a bypassed node before a Set is passed by",
        R"([{"id":1,"type":"Load"},{"id":5,"type":"Blur","mode":4,"in":{"image":[1,0]}},{"id":2,"type":"SetNode","in":{"I":[5,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},
             {"id":4,"type":"Save","in":{"images":[3,0]}}])",
        linked);
    rule(
        "9 a muted node before a Set cuts",
        R"([{"id":1,"type":"Load","mode":2},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        R"({"4":{}})");
    rule(
        "9 a Get inside a subgraph finds a Set outside",
        R"({"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":8,"type":"sg"}],"definitions":{"subgraphs":[
             {"id":"sg","nodes":[{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}]}]}})",
        R"({"1":{"image":"a.png"},"8:4":{"images":["1",0]}})");
    rule(
        "9 a Set nearer by wins",
        R"({"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["x"]},{"id":8,"type":"sg"}],"definitions":{"subgraphs":[
             {"id":"sg","nodes":[{"id":5,"type":"Load"},{"id":6,"type":"SetNode","in":{"I":[5,0]},"values":["x"]},{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}]}]}})",
        R"({"1":{"image":"a.png"},"8:5":{"image":"a.png"},"8:4":{"images":["8:5",0]}})");
    rule(
        "9 a Get outside does not look into subgraphs",
        R"({"nodes":[{"id":8,"type":"sg"},{"id":3,"type":"GetNode","values":["x"]},{"id":4,"type":"Save","in":{"images":[3,0]}}],"definitions":{"subgraphs":[
             {"id":"sg","nodes":[{"id":5,"type":"Load"},{"id":6,"type":"SetNode","in":{"I":[5,0]},"values":["x"]}]}]}})",
        R"({"4":{},"8:5":{"image":"a.png"}})", {QStringLiteral("setter-missing 3")});
}

void TestRule9VirtualNodes::setAndGet()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule9VirtualNodes::reroutes_data()
{
    testkit::ruleColumns();
    const auto through = [](const char* mode) -> QByteArray {
        return QByteArray(R"x([{"id":1,"type":"Load"},{"id":2,"type":"Reroute (rgthree)","mode":)x") + mode
            + R"x(,"in":{"":[1,0,"IMAGE"]},"outputs":[{"name":"","type":"IMAGE"}]},{"id":4,"type":"Save","in":{"images":[2,0]}}])x";
    };
    const QByteArray linked = R"({"1":{"image":"a.png"},"4":{"images":["1",0]}})";
    rule("9 Reroute (rgthree) is followed", through("0"), linked);
    rule("9 Reroute (rgthree), bypassed", through("4"), linked);
    rule("9 Reroute (rgthree), muted", through("2"), R"({"1":{"image":"a.png"},"4":{}})");
    rule(
        "9 Reroute (rgthree), chained with the front end's own",
        R"x([{"id":1,"type":"Load"},{"id":2,"type":"Reroute (rgthree)","in":{"":[1,0]}},{"id":3,"type":"Reroute","in":{"":[2,0]}},
             {"id":5,"type":"Reroute (rgthree)","in":{"":[3,0]}},{"id":4,"type":"Save","in":{"images":[5,0]}}])x",
        linked);
    rule(
        "9 Reroute (rgthree) without source",
        R"x([{"id":2,"type":"Reroute (rgthree)","in":{"":null}},{"id":4,"type":"Save","in":{"images":[2,0]}}])x",
        R"({"4":{}})");
    rule(
        "9 Reroute (rgthree), inside a subgraph",
        R"x({"nodes":[{"id":1,"type":"Load"},{"id":8,"type":"sg","in":{"i":[1,0]}}],"definitions":{"subgraphs":[{"id":"sg","inputs":[{"name":"i","type":"IMAGE"}],
             "nodes":[{"id":2,"type":"Reroute (rgthree)","in":{"":[-10,0]}},{"id":4,"type":"Save","in":{"images":[2,0]}}]}]}})x",
        R"({"1":{"image":"a.png"},"8:4":{"images":["1",0]}})");
}

void TestRule9VirtualNodes::reroutes()
{
    GESSO_CHECK_RULE(kClasses);
}

// They switch modes while one edits; the file has the modes.
void TestRule9VirtualNodes::canvasTools_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char* type : {"Label (rgthree)",
                             "Bookmark (rgthree)",
                             "Fast Groups Muter (rgthree)",
                             "Fast Groups Bypasser (rgthree)",
                             "Fast Muter (rgthree)",
                             "Fast Bypasser (rgthree)",
                             "Fast Actions Button (rgthree)",
                             "Node Collector (rgthree)",
                             "Node Combiner (rgthree)",
                             "Mute / Bypass Repeater (rgthree)",
                             "Mute / Bypass Relay (rgthree)",
                             "Random Unmuter (rgthree)",
                             "Power Conductor (rgthree)",
                             "easy bookmark",
                             "Note",
                             "MarkdownNote",
                             "Note Plus (mtb)",
                             "Anything Everywhere",
                             "Anything Everywhere3",
                             "Anything Everywhere?",
                             "Prompts Everywhere"}) {
        QTest::addRow("9 %s", type) << QByteArray(type);
    }
}

void TestRule9VirtualNodes::canvasTools()
{
    QFETCH(QByteArray, type);
    const QByteArray document =
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Blur","mode":2,"in":{"image":[1,0]}},{"id":3,"type":")"
        + type
        + R"(","in":{"a":[2,0],"":null},"outputs":[{"name":"OPT_CONNECTION","type":"*"}],"values":["text",1]},{"id":4,"type":"Save","in":{"images":[3,0]}}])";
    const auto result = testkit::convertRule(*testkit::ruleCatalog(kClasses), document);
    QCOMPARE(QString::fromUtf8(result.inputs), QStringLiteral(R"({"1":{"image":"a.png"},"4":{}})"));
    QCOMPARE(result.findings, QStringList());

    // A server that has a class of the name gets the node.
    const QByteArray classes =
        R"({"Load":{"=>":["IMAGE"]},"Blur":{"=>":["IMAGE"]},"Save":{"images":["IMAGE"]},")" + type
        + R"(":{"a":["IMAGE"],"=>":["*"]}})";
    const auto catalog = testkit::ruleCatalog(classes);
    const auto real = testkit::convertRule(*catalog, document);
    QCOMPARE(QString::fromUtf8(real.inputs), QStringLiteral(R"({"1":{},"3":{},"4":{"images":["3",0]}})"));
}

void TestRule9VirtualNodes::notesAndKin_data()
{
    testkit::ruleColumns();
    rule(
        "9 notes and labels of any pack",
        R"x([{"id":1,"type":"Note _O"},{"id":2,"type":"Sticky Note (x)"},{"id":3,"type":"🏷️ Label"},{"id":4,"type":"RichNote"},
             {"id":5,"type":"LabelNode|y"},{"id":6,"type":"my_note"},{"id":7,"type":"XX Markdown Note"},{"id":8,"type":"Comment"}])x",
        "{}");
    rule(
        "9 what can be linked is no note",
        R"([{"id":1,"type":"Note reader","outputs":[{"name":"T","type":"STRING"}]},{"id":2,"type":"Label maker","in":{"a":null}}])",
        "{}", {QStringLiteral("missing-node 1"), QStringLiteral("missing-node 2")});
    rule("9 nor what only sounds alike",
         R"([{"id":1,"type":"Notebook"},{"id":2,"type":"Denote"},{"id":3,"type":"Relabel"}])", "{}",
         {QStringLiteral("missing-node 1"), QStringLiteral("missing-node 2"),
          QStringLiteral("missing-node 3")});
    rule(
        "9 a class of the server is sent whatever its name",
        R"x([{"id":1,"type":"Note of a server","values":["x"]},{"id":2,"type":"Image Comparer (rgthree)"}])x",
        R"({"1":{"text":"x"},"2":{}})");
    rule(
        "9 what runs on a server is no canvas tool",
        R"x([{"id":1,"type":"Label (rgthree)"},{"id":2,"type":"Seed (rgthree)"},{"id":3,"type":"Combo Clone"}])x",
        "{}", {QStringLiteral("missing-node 2"), QStringLiteral("missing-node 3")});
    rule(
        "9 Preset Text: its text is in the author's browser",
        R"([{"id":1,"type":"PresetText|pysssss","outputs":[{"name":"text","type":"STRING"}],"values":["default negative"]},{"id":2,"type":"Text","in":{"text":[1,0]},"values":["own"]}])",
        R"({"2":{"text":"own"}})", {QStringLiteral("browser-value 1")});
    rule(
        "9 Seed Everywhere is a PrimitiveInt where the pack is missing",
        R"([{"id":1,"type":"Seed Everywhere","values":[18446744073709551615,"randomize"]},{"id":2,"type":"Blur","in":{"radius":[1,0]}}])",
        R"({"1":{"value":18446744073709551615},"2":{"radius":["1",0]}})");
}

void TestRule9VirtualNodes::notesAndKin()
{
    GESSO_CHECK_RULE(kClasses);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule9VirtualNodes)
#include "tst_rule9virtualnodes.moc"
