// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load":   {"image": [["a.png", "b.png"]], "=>": ["IMAGE", "MASK"]},
"Blur":   {"input": {"required": {"image": ["IMAGE"], "radius": ["INT", {"default": 1, "min": 0, "max": 64, "step": 2}]}}, "output": ["IMAGE"]},
"Sample": {"image": ["IMAGE"], "seed": ["INT", {"default": 0}], "steps": ["INT", {"default": 20}], "=>": ["IMAGE"]},
"Number": {"value": ["INT", {"default": 5}], "=>": ["INT"]},
"Text":   {"text": ["STRING", {"dynamicPrompts": true}], "=>": ["STRING"]},
"Save":   {"images": ["IMAGE"]}
})";

// The usual frame: Load (1) feeds an instance (12) of "sg", whose first output feeds Save (3). `instance` is
// added to the instance's members, `definition` is the inside.
QByteArray framed(const QByteArray& instance, const QByteArray& definition, const QByteArray& more = {},
                  const QByteArray& otherDefinitions = {})
{
    return R"({"nodes":[{"id":1,"type":"Load"},{"id":12,"type":"sg",)" + instance
        + R"(},{"id":3,"type":"Save","in":{"images":[12,0]}})" + more
        + R"(],"definitions":{"subgraphs":[{"id":"sg",)" + definition + "}" + otherDefinitions + "]}}";
}

constexpr char kImagePort[] =
    R"("inputs":[{"name":"image","type":"IMAGE"}],"outputs":[{"name":"IMAGE","type":"IMAGE"}],)";

} // namespace

// conversion.md, section 6.
class TestRule6Subgraphs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flattening_data();
    void flattening();
    void promoted_data();
    void promoted();
    void proxies_data();
    void proxies();
    void modes_data();
    void modes();
    void boxes_data();
    void boxes();
};

void TestRule6Subgraphs::flattening_data()
{
    testkit::ruleColumns();
    rule("6.1 inner ids are prefixed with the instance's",
         framed(R"("in":{"image":[1,0]})",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0]}}],"out":[[5,0]])"),
         R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":1,"image":["1",0]}})");
    rule("6.1 nested a:b:c",
         framed(R"("in":{"image":[1,0]})",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"inner","in":{"image":[-10,0]}}],"out":[[5,0]])",
                {},
                QByteArray(R"(,{"id":"inner",)") + kImagePort
                    + R"("nodes":[{"id":7,"type":"Blur","in":{"image":[-10,0]}}],"out":[[7,0]]})"),
         R"({"1":{"image":"a.png"},"3":{"images":["12:5:7",0]},"12:5:7":{"radius":1,"image":["1",0]}})");
    rule("6.1 an inner definition may stand after or before the outer one",
         R"({"nodes":[{"id":12,"type":"outer"}],"definitions":{"subgraphs":[
             {"id":"inner","nodes":[{"id":7,"type":"Load"}]},{"id":"outer","nodes":[{"id":5,"type":"inner"}]}]}})",
         R"({"12:5:7":{"image":"a.png"}})");
    rule(
        "6.1 ids that clash with the root's are kept",
        R"({"nodes":[{"id":1,"type":"sg"},{"id":5,"type":"Load"}],"definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":5,"type":"Load"}]}]}})",
        R"({"5":{"image":"a.png"},"1:5":{"image":"a.png"}})");
    rule(
        "6.1 each instance has nodes of its own",
        R"({"nodes":[{"id":1,"type":"sg"},{"id":2,"type":"sg"}],"definitions":{"subgraphs":[
             {"id":"sg","nodes":[{"id":5,"type":"Number"},{"id":6,"type":"Sample","in":{"steps":[5,0]}}]}]}})",
        R"({"1:5":{"value":5},"1:6":{"seed":0,"steps":["1:5",0]},"2:5":{"value":5},"2:6":{"seed":0,"steps":["2:5",0]}})");
    rule("6.2 an unlinked outer input leaves the inner one without link",
         framed(R"("in":{"image":null})",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0]}}],"out":[[5,0]])"),
         R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":1}})");
    rule("6.2 an unlinked outer input leaves an inner widget its value",
         framed(R"("in":{"r":null})",
                R"("inputs":[{"name":"r","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":5,"type":"Blur","in":{"radius":[-10,0]},"values":[7]}],"out":[[5,0]])"),
         R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":7}})");
    rule(
        "6.2 an outer consumer finds its source through the output box, by slot",
        framed(R"("in":{"image":[1,0]})",
               R"("outputs":[{"name":"A","type":"IMAGE"},{"name":"B","type":"IMAGE"}],
                "nodes":[{"id":5,"type":"Blur"},{"id":6,"type":"Blur"}],"out":[[6,0],[5,0]])",
               R"(,{"id":4,"type":"Save","in":{"images":[12,1]}})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:6",0]},"4":{"images":["12:5",0]},"12:5":{"radius":1},"12:6":{"radius":1}})");
    rule("6.2 a dead output: the consumer loses its input",
         framed(R"("in":{})", R"("outputs":[{"name":"A","type":"IMAGE"}],"nodes":[{"id":5,"type":"Blur"}])"),
         R"({"1":{"image":"a.png"},"3":{},"12:5":{"radius":1}})");
    rule(
        "6.2 from one instance into another",
        framed(R"("in":{"image":[1,0]})",
               QByteArray(kImagePort)
                   + R"("nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0]}}],"out":[[5,0]])",
               R"(,{"id":4,"type":"sg","in":{"image":[12,0]}})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":1,"image":["1",0]},"4:5":{"radius":1,"image":["12:5",0]}})");
}

void TestRule6Subgraphs::flattening()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule6Subgraphs::promoted_data()
{
    testkit::ruleColumns();
    const QByteArray twoPorts =
        R"("inputs":[{"name":"seed","type":"INT"},{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],)";
    const QByteArray sampler = twoPorts
        + R"("nodes":[{"id":5,"type":"Sample","in":{"seed":[-10,0],"steps":[-10,1]},"values":[3,"fixed",4]}],"out":[[5,0]])";
    const auto sampled = [](const char* seed, const char* steps, const char* more = "") -> QByteArray {
        return QByteArray(R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},)") + more
            + R"("12:5":{"seed":)" + seed + R"(,"steps":)" + steps + "}}";
    };
    rule("6.3 the instance's value wins over the inner node's", framed(R"("values":[77,88])", sampler),
         sampled("77", "88"));
    rule("6.3 also where the instance saves its inputs without link",
         framed(R"("in":{"seed":null,"steps":null},"values":[77,88])", sampler), sampled("77", "88"));
    rule("6.3 positional, without control columns: steps really is \"fixed\"",
         framed(R"("values":[77,"fixed",88])", sampler), sampled("77", "\"fixed\""));
    rule("6.3 no value: the inner node's", framed(R"("values":[77])", sampler), sampled("77", "4"));
    rule("6.3 no values at all", framed(R"("flags":{})", sampler), sampled("3", "4"));
    rule(
        "6.3 sockets have no column",
        framed(
            R"("in":{"image":[1,0]},"values":[88])",
            R"("inputs":[{"name":"image","type":"IMAGE"},{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":5,"type":"Sample","in":{"image":[-10,0],"steps":[-10,1]},"values":[3,"fixed",4]}],"out":[[5,0]])"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"seed":3,"steps":88,"image":["1",0]}})");
    rule(
        "6.3 one input drives several widgets",
        framed(R"("values":[9])",
               R"("inputs":[{"name":"n","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],"nodes":[
                {"id":5,"type":"Sample","in":{"steps":[-10,0]},"values":[3,"fixed",4]},{"id":6,"type":"Blur","in":{"radius":[-10,0]},"values":[2]}],"out":[[5,0]])"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"seed":3,"steps":9},"12:6":{"radius":9}})");
    rule(
        "6.3 linked from a real node: the link",
        framed(R"("in":{"seed":null,"steps":[8,0]},"values":[77,88])", sampler,
               R"(,{"id":8,"type":"Number"})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"8":{"value":5},"12:5":{"seed":77,"steps":["8",0]}})");
    // The recording of version 1.58: neither the PrimitiveNode's value nor the instance's.
    rule("6.3 linked from an outer PrimitiveNode: the inner node's value stays",
         framed(R"("in":{"seed":null,"steps":[8,0]},"values":[77,88])", sampler,
                R"(,{"id":8,"type":"PrimitiveNode","values":[55,"fixed"]})"),
         sampled("77", "4"));
    rule("6.3 linked from an outer PrimitiveNode, without a value: the inner node's stays",
         framed(R"("in":{"seed":null,"steps":[8,0]})", sampler,
                R"(,{"id":8,"type":"PrimitiveNode","values":[55,"fixed"]})"),
         sampled("3", "4"));
    rule(
        "6.3 through two levels: the outermost value wins",
        framed(
            R"("values":[99])",
            R"("inputs":[{"name":"n","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":5,"type":"inner","in":{"steps":[-10,0]},"values":[66]}],"out":[[5,0]])",
            {},
            R"(,{"id":"inner","inputs":[{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":7,"type":"Sample","in":{"steps":[-10,0]},"values":[3,"fixed",4]}],"out":[[7,0]]})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5:7",0]},"12:5:7":{"seed":3,"steps":99}})");
    rule(
        "6.3 through two levels: the inner instance's where the outer has none",
        framed(
            R"("flags":{})",
            R"("inputs":[{"name":"n","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":5,"type":"inner","in":{"steps":[-10,0]},"values":[66]}],"out":[[5,0]])",
            {},
            R"(,{"id":"inner","inputs":[{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":7,"type":"Sample","in":{"steps":[-10,0]},"values":[3,"fixed",4]}],"out":[[7,0]]})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5:7",0]},"12:5:7":{"seed":3,"steps":66}})");
    rule(
        "6.3 each instance has its own values",
        framed(R"("values":[1,2])", sampler, R"(,{"id":4,"type":"sg","values":[3,4]})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"seed":1,"steps":2},"4:5":{"seed":3,"steps":4}})");
    rule(
        "4.1 a promoted text is sent raw",
        framed(
            R"("values":["a {red|blue} house"])",
            R"("inputs":[{"name":"text","type":"STRING"}],"outputs":[],"nodes":[{"id":5,"type":"Text","in":{"text":[-10,0]},"values":["{x|y}"]},
                {"id":6,"type":"Text","values":["{x|y}"]}])"),
        R"({"1":{"image":"a.png"},"3":{},"12:5":{"text":"a {red|blue} house"},"12:6":{"text":"x"}})");
    rule("6.5 the widget is found by name where inner nodes do not save all their slots",
         framed(R"("values":[88])",
                R"("inputs":[{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":5,"type":"Sample","in":{"steps":[-10,0]},"values":[3,"fixed",4]}],"out":[[5,0]])"),
         sampled("3", "88"));
}

void TestRule6Subgraphs::promoted()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule6Subgraphs::proxies_data()
{
    testkit::ruleColumns();
    const QByteArray inside =
        R"("inputs":[{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
        "nodes":[{"id":5,"type":"Sample","in":{"steps":[-10,0]},"values":[3,"fixed",4]}],"out":[[5,0]])";
    const auto sampled = [](const char* seed, const char* steps) -> QByteArray {
        return QByteArray(R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"seed":)") + seed
            + R"(,"steps":)" + steps + "}}";
    };
    rule("6.4 an entry with -1 is a promoted input, with an inner id an inner widget",
         framed(R"("values":[11,22],"properties":{"proxyWidgets":[["5","seed"],["-1","steps"]]})", inside),
         sampled("11", "22"));
    rule("6.4 the values are positional over the list",
         framed(R"("values":[22,11],"properties":{"proxyWidgets":[["-1","steps"],["5","seed"]]})", inside),
         sampled("11", "22"));
    rule(
        "6.4 inner widgets only",
        framed(
            R"("values":[11],"properties":{"proxyWidgets":[["5","seed"]]})",
            R"("outputs":[{"name":"I","type":"IMAGE"}],"nodes":[{"id":5,"type":"Sample","values":[3,"fixed",4]}],"out":[[5,0]])"),
        sampled("11", "4"));
    rule(
        "6.4 no value for an entry: the inner node's",
        framed(
            R"("values":[11],"properties":{"proxyWidgets":[["5","seed"],["-1","steps"]]})",
            R"("outputs":[{"name":"I","type":"IMAGE"}],"nodes":[{"id":5,"type":"Sample","values":[3,"fixed",4]}],"out":[[5,0]])"),
        sampled("11", "4"));
    rule(
        "6.4 a widget of a nested instance",
        framed(
            R"("values":[44],"properties":{"proxyWidgets":[["5","steps"]]})",
            R"("outputs":[{"name":"I","type":"IMAGE"}],"nodes":[{"id":5,"type":"inner"}],"out":[[5,0]])", {},
            R"(,{"id":"inner","inputs":[{"name":"steps","type":"INT"}],"outputs":[{"name":"I","type":"IMAGE"}],
                "nodes":[{"id":7,"type":"Sample","in":{"steps":[-10,0]},"values":[3,"fixed",4]}],"out":[[7,0]]})"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5:7",0]},"12:5:7":{"seed":3,"steps":44}})");
    rule(
        "6.4 an entry that names nobody is passed by",
        framed(
            R"("values":[1,2,3,4],"properties":{"proxyWidgets":[["9","seed"],["5","nothing"],5,["-1","steps"]]})",
            inside),
        sampled("3", "4"));
}

void TestRule6Subgraphs::proxies()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule6Subgraphs::modes_data()
{
    testkit::ruleColumns();
    const QByteArray blur =
        QByteArray(kImagePort) + R"("nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0]}}],"out":[[5,0]])";
    const auto inner = [](const char* mode) -> QByteArray {
        return QByteArray(kImagePort) + R"("nodes":[{"id":5,"type":"Blur","mode":)" + mode
            + R"(,"in":{"image":[-10,0,"IMAGE"]}},{"id":6,"type":"Blur","in":{"image":[5,0]}}],"out":[[6,0]])";
    };
    rule("6.6 a bypassed instance is passed by, its inside is not sent",
         framed(R"("mode":4,"in":{"image":[1,0,"IMAGE"]},"outputs":[{"name":"IMAGE","type":"IMAGE"}])", blur),
         R"({"1":{"image":"a.png"},"3":{"images":["1",0]}})");
    rule("6.6 a muted instance: nodes and input are dropped",
         framed(R"("mode":2,"in":{"image":[1,0]})", blur), R"({"1":{"image":"a.png"},"3":{}})");
    rule("6.6 modes written to the inner nodes as well, as the front end does: bypassed",
         framed(R"("mode":4,"in":{"image":[1,0,"IMAGE"]},"outputs":[{"name":"IMAGE","type":"IMAGE"}])",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"Blur","mode":4,"in":{"image":[-10,0]}}],"out":[[5,0]])"),
         R"({"1":{"image":"a.png"},"3":{"images":["1",0]}})");
    rule("6.6 modes written to the inner nodes as well, as the front end does: muted",
         framed(R"("mode":2,"in":{"image":[1,0]})",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"Blur","mode":2,"in":{"image":[-10,0]}}],"out":[[5,0]])"),
         R"({"1":{"image":"a.png"},"3":{}})");
    // The recordings: only the instances of the root take their inside with them.
    rule(
        "6.6 a bypassed instance inside another is passed by, but its inside is sent",
        framed(
            R"("in":{"image":[1,0]})",
            QByteArray(kImagePort)
                + R"("nodes":[{"id":5,"type":"inner","mode":4,"in":{"image":[-10,0,"IMAGE"]},"outputs":[{"name":"IMAGE","type":"IMAGE"}]}],"out":[[5,0]])",
            {},
            QByteArray(R"(,{"id":"inner",)") + kImagePort
                + R"("nodes":[{"id":7,"type":"Blur","in":{"image":[-10,0]}}],"out":[[7,0]]})"),
        R"({"1":{"image":"a.png"},"3":{"images":["1",0]},"12:5:7":{"radius":1,"image":["1",0]}})");
    rule("6.6 an instance inside a bypassed one is not sent",
         framed(R"("mode":4,"in":{"image":[1,0,"IMAGE"]},"outputs":[{"name":"IMAGE","type":"IMAGE"}])",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"inner","in":{"image":[-10,0]}}],"out":[[5,0]])",
                {},
                QByteArray(R"(,{"id":"inner",)") + kImagePort
                    + R"("nodes":[{"id":7,"type":"Blur","in":{"image":[-10,0]}}],"out":[[7,0]]})"),
         R"({"1":{"image":"a.png"},"3":{"images":["1",0]}})");
    rule("6.6 an inner node that is bypassed follows 5.6", framed(R"("in":{"image":[1,0]})", inner("4")),
         R"({"1":{"image":"a.png"},"3":{"images":["12:6",0]},"12:6":{"radius":1,"image":["1",0]}})");
    rule("6.6 an inner node that is muted follows 5.5", framed(R"("in":{"image":[1,0]})", inner("2")),
         R"({"1":{"image":"a.png"},"3":{"images":["12:6",0]},"12:6":{"radius":1}})");
    rule(
        "6.6 an inner node that feeds the output box is bypassed",
        framed(
            R"("in":{"image":[1,0]})",
            QByteArray(kImagePort)
                + R"("nodes":[{"id":5,"type":"Blur","mode":4,"in":{"image":[-10,0,"IMAGE"]}}],"out":[[5,0]])"),
        R"({"1":{"image":"a.png"},"3":{"images":["1",0]}})");
    rule(
        "6.6 a muted node outside: the inner input is absent",
        R"({"nodes":[{"id":1,"type":"Load","mode":2},{"id":12,"type":"sg","in":{"image":[1,0]}}],"definitions":{"subgraphs":[{"id":"sg",
             "inputs":[{"name":"image","type":"IMAGE"}],"nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0]}}]}]}})",
        R"({"12:5":{"radius":1}})");
}

void TestRule6Subgraphs::modes()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule6Subgraphs::boxes_data()
{
    testkit::ruleColumns();
    rule("6.7 input box wired straight to the output box: the link goes through",
         framed(R"("in":{"image":[1,0]})", QByteArray(kImagePort) + R"("nodes":[],"out":[[-10,0]])"),
         R"({"1":{"image":"a.png"},"3":{"images":["1",0]}})");
    rule("6.7 the same without a link outside",
         framed(R"("in":{"image":null})", QByteArray(kImagePort) + R"("nodes":[],"out":[[-10,0]])"),
         R"({"1":{"image":"a.png"},"3":{}})");
    rule(
        "6.7 a PrimitiveNode inside a subgraph writes its value",
        framed(
            R"("in":{"image":[1,0]})",
            QByteArray(kImagePort)
                + R"("nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0],"radius":[6,0]},"values":[1]},{"id":6,"type":"PrimitiveNode","values":[9]}],"out":[[5,0]])"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":10,"image":["1",0]}})");
    rule(
        "6.7 a Reroute inside a subgraph is followed to the box",
        framed(
            R"("in":{"image":[1,0]})",
            QByteArray(kImagePort)
                + R"("nodes":[{"id":4,"type":"Reroute","in":{"":[-10,0]}},{"id":5,"type":"Blur","in":{"image":[4,0]}}],"out":[[5,0]])"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":1,"image":["1",0]}})");
    rule(
        "6.7 a Reroute inside a subgraph feeds the output box",
        framed(
            R"("in":{"image":[1,0]})",
            QByteArray(kImagePort)
                + R"("nodes":[{"id":4,"type":"Reroute","in":{"":[5,0]}},{"id":5,"type":"Blur","in":{"image":[-10,0]}}],"out":[[4,0]])"),
        R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":1,"image":["1",0]}})");
    rule("6.7 a Reroute between an instance and its consumer is followed",
         framed(R"("in":{"image":[9,0]})",
                QByteArray(kImagePort)
                    + R"("nodes":[{"id":5,"type":"Blur","in":{"image":[-10,0]}}],"out":[[5,0]])",
                R"(,{"id":9,"type":"Reroute","in":{"":[1,0]}})"),
         R"({"1":{"image":"a.png"},"3":{"images":["12:5",0]},"12:5":{"radius":1,"image":["1",0]}})");
}

void TestRule6Subgraphs::boxes()
{
    GESSO_CHECK_RULE(kClasses);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule6Subgraphs)
#include "tst_rule6subgraphs.moc"
