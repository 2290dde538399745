// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load":   {"image": [["a.png", "b.png"]], "=>": ["IMAGE", "MASK"]},
"Clip":   {"name": [["one", "two"]], "=>": ["CLIP"]},
"Text":   {"text": ["STRING", {}], "clip": ["CLIP"], "=>": ["CONDITIONING"]},
"Sample": {"positive": ["CONDITIONING"], "negative": ["CONDITIONING"], "image": ["IMAGE"], "seed": ["INT", {"default": 0}],
           "steps": ["INT", {"default": 20}], "=>": ["IMAGE"]},
"Save":   {"images": ["IMAGE"]}
})";

// Two texts and a sampler, as their author selected them.
constexpr char kGroup[] = R"("extra":{"groupNodes":{"g":{"nodes":[
    {"type":"Text","index":0,"mode":0,"inputs":[{"name":"clip","type":"CLIP","link":null}],"outputs":[{"name":"C","type":"CONDITIONING"}],"widgets_values":["inner 0"]},
    {"type":"Text","index":1,"mode":0,"inputs":[{"name":"clip","type":"CLIP","link":null}],"outputs":[{"name":"C","type":"CONDITIONING"}],"widgets_values":["inner 1"]},
    {"type":"Sample","index":2,"mode":0,"inputs":[{"name":"positive","type":"CONDITIONING","link":null},{"name":"negative","type":"CONDITIONING","link":null},
     {"name":"image","type":"IMAGE","link":null}],"outputs":[{"name":"I","type":"IMAGE"}],"widgets_values":[1,"fixed",2]}],
    "links":[[0,0,2,0,1,"CONDITIONING"],[1,0,2,1,1,"CONDITIONING"]],"external":[[2,0,"IMAGE"]]}}})";

QByteArray document(const QByteArray& nodes, const QByteArray& extra = kGroup)
{
    return R"({"version":0.4,"nodes":[)" + nodes + "]," + extra + "}";
}

constexpr char kSampled[] =
    R"("7:0":{"text":"p"},"7:1":{"text":"n"},"7:2":{"seed":4321,"steps":12,"positive":["7:0",0],"negative":["7:1",0]})";

QByteArray around(const char* before, const char* after = "}")
{
    return before + QByteArray(kSampled) + after;
}

} // namespace

// conversion.md, section 7.
class TestRule7GroupNodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupNodes_data();
    void groupNodes();
};

void TestRule7GroupNodes::groupNodes_data()
{
    testkit::ruleColumns();
    const QByteArray values = R"("values":["p","n",4321,"randomize",12])";
    const QByteArray save = R"(,{"id":3,"type":"Save","in":{"images":[7,0]}})";
    rule("7 the type workflow>NAME", document(R"({"id":7,"type":"workflow>g",)" + values + "}" + save),
         around(R"({"3":{"images":["7:2",0]},)"));
    rule("7 the type workflow/NAME", document(R"({"id":7,"type":"workflow/g",)" + values + "}" + save),
         around(R"({"3":{"images":["7:2",0]},)"));
    rule(
        "7 values are the inner widgets' one after the other, control columns among them",
        document(R"({"id":7,"type":"workflow>g","values":["p","n",1,"increment",2]})"),
        R"({"7:0":{"text":"p"},"7:1":{"text":"n"},"7:2":{"seed":1,"steps":2,"positive":["7:0",0],"negative":["7:1",0]}})");
    rule(
        "7 missing values are the defaults, not those the group was made with",
        document(R"({"id":7,"type":"workflow>g","values":["p"]})"),
        R"({"7:0":{"text":"p"},"7:1":{"text":""},"7:2":{"seed":0,"steps":20,"positive":["7:0",0],"negative":["7:1",0]}})");
    rule(
        "7 inputs go by the names the group node makes: the input's own, then with the class before it",
        document(
            R"({"id":1,"type":"Clip"},{"id":2,"type":"Load"},{"id":7,"type":"workflow>g","in":{"clip":[1,0],"Text clip":[1,0],"image":[2,0]},)"
            + values + "}"),
        R"({"1":{"name":"one"},"2":{"image":"a.png"},"7:0":{"text":"p","clip":["1",0]},"7:1":{"text":"n","clip":["1",0]},)"
        R"("7:2":{"seed":4321,"steps":12,"positive":["7:0",0],"negative":["7:1",0],"image":["2",0]}})");
    rule(
        "7 each instance has its own values",
        document(R"({"id":7,"type":"workflow>g",)" + values
                 + R"(},{"id":8,"type":"workflow>g","values":["x","y",5,"fixed",6]})"),
        around(
            "{",
            R"(,"8:0":{"text":"x"},"8:1":{"text":"y"},"8:2":{"seed":5,"steps":6,"positive":["8:0",0],"negative":["8:1",0]}})"));
    rule(
        "7 a linked inner output is shown only if it is external",
        document(R"({"id":7,"type":"workflow>g",)" + values
                     + R"(},{"id":9,"type":"Sample","in":{"positive":[7,0]}})",
                 QByteArray(kGroup).replace("[[2,0,\"IMAGE\"]]", "[[0,0,\"CONDITIONING\"],[2,0,\"IMAGE\"]]")),
        around(R"({"9":{"seed":0,"steps":20,"positive":["7:0",0]},)"));
    rule(
        "7 bypassed: passed by like a bypassed subgraph",
        document(
            R"({"id":2,"type":"Load"},{"id":7,"type":"workflow>g","mode":4,"in":{"image":[2,0,"IMAGE"]},"outputs":[{"name":"I","type":"IMAGE"}],)"
            + values + "}" + save),
        R"({"2":{"image":"a.png"},"3":{"images":["2",0]}})");
    rule("7 muted: nothing of it is sent",
         document(R"({"id":7,"type":"workflow>g","mode":2,)" + values + "}" + save), R"({"3":{}})");
    rule("7 without a definition the type is unknown",
         document(R"({"id":7,"type":"workflow>other",)" + values + "}" + save), R"({"3":{}})",
         {QStringLiteral("missing-node 7")});
    rule("7 an inner node of a class the server lacks is reported",
         document(R"({"id":7,"type":"workflow>h"})",
                  R"("extra":{"groupNodes":{"h":{"nodes":[{"type":"Gone"}],"links":[],"external":[]}}})"),
         R"({})", {QStringLiteral("missing-node 7:0")});
    // The recordings of version 1.58: the link is lost.
    rule(
        "7 a link from outside into an inner Reroute is lost",
        document(
            R"({"id":2,"type":"Load"},{"id":7,"type":"workflow>r","in":{"IMAGE":[2,0,"IMAGE"]}})",
            R"("extra":{"groupNodes":{"r":{"nodes":[{"type":"Reroute","inputs":[{"name":"","type":"*"}],"outputs":[{"name":"","type":"IMAGE"}]},
                  {"type":"Save","inputs":[{"name":"images","type":"IMAGE"}]}],"links":[[0,0,1,0,1,"IMAGE"]],"external":[]}}})"),
        R"({"2":{"image":"a.png"},"7:1":{}})");
    rule(
        "7 inside a subgraph",
        QByteArray(
            R"({"nodes":[{"id":12,"type":"sg"}],"definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":7,"type":"workflow>g","values":["p","n",4321,"fixed",12]}]}]},)"
            + QByteArray(kGroup) + "}"),
        R"({"12:7:0":{"text":"p"},"12:7:1":{"text":"n"},"12:7:2":{"seed":4321,"steps":12,"positive":["12:7:0",0],"negative":["12:7:1",0]}})");
}

void TestRule7GroupNodes::groupNodes()
{
    GESSO_CHECK_RULE(kClasses);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule7GroupNodes)
#include "tst_rule7groupnodes.moc"
