// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/conversion/broadcasts.h"
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Model":  {"name": [["one", "two"]], "=>": ["MODEL", "CLIP"]},
"Two":    {"=>": ["MODEL", "MODEL"]},
"Text":   {"clip": ["CLIP"], "text": ["STRING", {}], "=>": ["CONDITIONING"]},
"Sample": {"model": ["MODEL"], "seed": ["INT", {"default": 0}], "=>": ["IMAGE"]},
"Other":  {"positive": ["MODEL"], "negative": ["MODEL"], "=>": ["IMAGE"]},
"Any":    {"thing": ["*"]},
"Pick":   {"which": [["one", "two"]]},
"Save":   {"images": ["IMAGE"]},
"PrimitiveInt": {"value": ["INT", {"default": 0, "control_after_generate": true}], "=>": ["INT"]}
})";

// Model (1) feeds the broadcasting node (2); `more` are the receivers.
QByteArray
broadcast(const QByteArray& more,
          const QByteArray& members = R"("type":"Anything Everywhere","in":{"anything":[1,0,"MODEL"]})",
          const QByteArray& tail = {})
{
    return R"({"nodes":[{"id":1,"type":"Model","outputs":[{"name":"MODEL","type":"MODEL"},{"name":"CLIP","type":"CLIP"}]},{"id":2,)"
        + members + "}," + more + "]" + tail + "}";
}

QByteArray rules(const char* properties)
{
    return QByteArray(
               R"("type":"Anything Everywhere","in":{"anything":[1,0,"MODEL"]},"pos":[0,0],"size":[100,50],"color":"#111","properties":{"ue_properties":{"version":"7.8",)")
        + properties + "}}";
}

constexpr char kSampler[] = R"({"id":5,"type":"Sample","in":{"model":null}})";
constexpr char kFed[] = R"({"1":{"name":"one"},"5":{"seed":0,"model":["1",0]}})";
constexpr char kNotFed[] = R"({"1":{"name":"one"},"5":{"seed":0}})";

} // namespace

// conversion.md, section 9: the nodes of "Use Everywhere".
class TestBroadcasts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savedLinks_data();
    void savedLinks();
    void receivers_data();
    void receivers();
    void restrictions_data();
    void restrictions();
    void ranks_data();
    void ranks();
    void senders_data();
    void senders();
    void usualGraphsAreNotCopied();
    void hostilePatternsEnd();
};

void TestBroadcasts::savedLinks_data()
{
    testkit::ruleColumns();
    const auto saved = [](const QByteArray& links, const QByteArray& receiver = kSampler) -> QByteArray {
        return broadcast(receiver, rules(R"("title_regex":"nobody")"),
                         R"(,"extra":{"ue_links":[)" + links + "]}");
    };
    rule(
        "9 ue_links are links, whatever the rules say",
        saved(
            R"({"downstream":5,"downstream_slot":0,"upstream":"1","upstream_slot":0,"controller":2,"type":"MODEL"})"),
        kFed);
    rule(
        "9 ue_links: ids as numbers or texts",
        saved(
            R"({"downstream":"5","downstream_slot":0,"upstream":1,"upstream_slot":0,"controller":"2","type":"MODEL"})"),
        kFed);
    rule(
        "9 ue_links of a controller that is gone",
        saved(
            R"({"downstream":5,"downstream_slot":0,"upstream":"1","upstream_slot":0,"controller":9,"type":"MODEL"})"),
        kNotFed);
    rule(
        "9 ue_links to a node that is gone",
        saved(
            R"({"downstream":6,"downstream_slot":0,"upstream":"1","upstream_slot":0,"controller":2,"type":"MODEL"})"),
        kNotFed);
    rule(
        "9 ue_links from a node that is gone",
        saved(
            R"({"downstream":5,"downstream_slot":0,"upstream":"7","upstream_slot":0,"controller":2,"type":"MODEL"})"),
        kNotFed);
    rule(
        "9 ue_links to a slot of another type",
        saved(
            R"({"downstream":5,"downstream_slot":0,"upstream":"1","upstream_slot":1,"controller":2,"type":"CLIP"})",
            R"({"id":5,"type":"Sample","inputs":[{"name":"model","type":"MODEL"}]})"),
        kNotFed);
    rule(
        "9 ue_links never replace a link that leads somewhere",
        saved(
            R"({"downstream":5,"downstream_slot":0,"upstream":"1","upstream_slot":0,"controller":2,"type":"MODEL"})",
            R"({"id":4,"type":"Two"},{"id":5,"type":"Sample","in":{"model":[4,1]}})"),
        R"({"1":{"name":"one"},"4":{},"5":{"seed":0,"model":["4",1]}})");
    rule(
        "9 ue_links that are no links",
        saved(
            R"(5,[],{},{"downstream":{}},{"downstream":5,"downstream_slot":-1,"upstream":"1","upstream_slot":99999999999,"controller":2})"),
        kNotFed);
    rule(
        "9 ue_links to a widget",
        saved(
            R"({"downstream":5,"downstream_slot":1,"upstream":"4","upstream_slot":0,"controller":2,"type":"INT"})",
            R"({"id":4,"type":"PrimitiveInt","values":[7]},{"id":5,"type":"Sample","in":{"model":null,"seed":null},"values":[3]})"),
        R"({"1":{"name":"one"},"4":{"value":7},"5":{"seed":["4",0]}})");
    rule("9 an empty list: the rules decide",
         broadcast(kSampler, rules(R"("priority":1)"), R"(,"extra":{"ue_links":[]})"), kFed);
    rule("9 ue_links of a subgraph definition",
         R"({"nodes":[{"id":8,"type":"sg"}],"definitions":{"subgraphs":[{"id":"sg","extra":{"ue_links":[
             {"downstream":5,"downstream_slot":0,"upstream":1,"upstream_slot":0,"controller":2,"type":"MODEL"}]},
             "nodes":[{"id":1,"type":"Model"},{"id":2,"type":"Anything Everywhere","in":{"a":[1,0]}},{"id":5,"type":"Sample","in":{"model":null}}]}]}})",
         R"({"8:1":{"name":"one"},"8:5":{"seed":0,"model":["8:1",0]}})");
    rule(
        "9 ue_links from an input box and to an output box",
        R"({"nodes":[{"id":1,"type":"Model"},{"id":8,"type":"sg","in":{"m":[1,0]}},{"id":9,"type":"Sample","in":{"model":[8,0]}}],"definitions":{"subgraphs":[{"id":"sg",
             "inputs":[{"name":"m","type":"MODEL"}],"outputs":[{"name":"m","type":"MODEL"}],"extra":{"ue_links":[
             {"downstream":5,"downstream_slot":0,"upstream":-10,"upstream_slot":0,"controller":2,"type":"MODEL"},
             {"downstream":-20,"downstream_slot":0,"upstream":-10,"upstream_slot":0,"controller":2,"type":"MODEL"}]},
             "nodes":[{"id":2,"type":"Anything Everywhere","in":{"a":[-10,0]}},{"id":5,"type":"Sample","in":{"model":null}}]}]}})",
        R"({"1":{"name":"one"},"9":{"seed":0,"model":["1",0]},"8:5":{"seed":0,"model":["1",0]}})");
}

void TestBroadcasts::savedLinks()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestBroadcasts::receivers_data()
{
    testkit::ruleColumns();
    rule("9 an unlinked input of the type is fed", broadcast(kSampler), kFed);
    rule("9 also one the file does not have", broadcast(R"({"id":5,"type":"Sample"})"), kFed);
    rule("9 not one of another type", broadcast(R"({"id":5,"type":"Save","in":{"images":null}})"),
         R"({"1":{"name":"one"},"5":{}})");
    rule("9 not one that is linked",
         broadcast(R"({"id":4,"type":"Two"},{"id":5,"type":"Sample","in":{"model":[4,1]}})"),
         R"({"1":{"name":"one"},"4":{},"5":{"seed":0,"model":["4",1]}})");
    rule(
        "9 but one whose link ends at a bypassed node without source",
        broadcast(
            R"({"id":4,"type":"Sample","mode":4,"in":{"model":null},"outputs":[{"name":"M","type":"MODEL"}]},{"id":5,"type":"Sample","in":{"model":[4,0,"MODEL"]}})"),
        kFed);
    rule(
        "9 not a muted or bypassed node",
        broadcast(
            R"({"id":5,"type":"Sample","mode":2,"in":{"model":null}},{"id":6,"type":"Sample","mode":4,"in":{"model":null}})"),
        R"({"1":{"name":"one"}})");
    rule("9 not a node that rejects",
         broadcast(R"({"id":5,"type":"Sample","in":{"model":null},"properties":{"rejects_ue_links":true}})"),
         kNotFed);
    rule(
        "9 not an input that was told to refuse",
        broadcast(
            R"({"id":5,"type":"Sample","in":{"model":null},"properties":{"ue_properties":{"input_ue_unconnectable":{"model":true}}}})"),
        kNotFed);
    const QByteArray seed = R"("type":"Anything Everywhere","in":{"anything":[7,0,"INT"]})";
    const auto widget = [&seed](const QByteArray& properties, const QByteArray& tail = {}) -> QByteArray {
        return broadcast(
            R"({"id":7,"type":"PrimitiveInt","values":[9]},{"id":5,"type":"Sample","inputs":[{"name":"seed","type":"INT","widget":{"name":"seed"},"link":null}],"values":[3])"
                + properties + "}",
            seed, tail);
    };
    const QByteArray fed = R"({"1":{"name":"one"},"5":{"seed":["7",0]},"7":{"value":9}})";
    const QByteArray notFed = R"({"1":{"name":"one"},"5":{"seed":3},"7":{"value":9}})";
    rule("9 a widget that was told to accept",
         widget(R"(,"properties":{"ue_properties":{"widget_ue_connectable":{"seed":true}}})"), fed);
    rule("9 the same, as version 6 wrote it",
         widget(R"(,"properties":{"widget_ue_connectable":{"seed":true}})"), fed);
    rule("9 not a widget that was not",
         widget(R"(,"properties":{"ue_properties":{"widget_ue_connectable":{}}})"), notFed);
    rule("9 a widget turned into an input, before front end 1.16", widget({}), fed);
    rule("9 not each widget's input since then", widget({}, R"(,"extra":{"frontendVersion":"1.27.10"})"),
         notFed);
    rule(
        "9 an instance of a subgraph",
        broadcast(
            R"({"id":8,"type":"sg","in":{"model":null}})",
            R"("type":"Anything Everywhere","in":{"anything":[1,0,"MODEL"]})",
            R"(,"definitions":{"subgraphs":[{"id":"sg","inputs":[{"name":"model","type":"MODEL"}],"nodes":[{"id":5,"type":"Sample","in":{"model":[-10,0]}}]}]})")
            .replace(R"("in":{"model":null})", R"("inputs":[{"name":"model","type":"MODEL"}])"),
        R"({"1":{"name":"one"},"8:5":{"seed":0,"model":["1",0]}})");
    rule(
        "9 nothing crosses the wall of a subgraph",
        broadcast(
            R"({"id":8,"type":"sg"})", R"("type":"Anything Everywhere","in":{"anything":[1,0,"MODEL"]})",
            R"(,"definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":5,"type":"Sample","in":{"model":null}}]}]})"),
        R"({"1":{"name":"one"},"8:5":{"seed":0}})");
    rule(
        "9 inside a subgraph, from the input box, to the output box",
        R"({"nodes":[{"id":1,"type":"Model"},{"id":8,"type":"sg","in":{"m":[1,0]}},{"id":9,"type":"Sample","in":{"model":[8,0]}}],"definitions":{"subgraphs":[{"id":"sg",
             "inputs":[{"name":"m","type":"MODEL"}],"outputs":[{"name":"out","type":"MODEL"}],
             "nodes":[{"id":2,"type":"Anything Everywhere","in":{"a":[-10,0,"MODEL"]}},{"id":5,"type":"Sample","in":{"model":null}}]}]}})",
        R"({"1":{"name":"one"},"9":{"seed":0,"model":["1",0]},"8:5":{"seed":0,"model":["1",0]}})");
}

void TestBroadcasts::receivers()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestBroadcasts::restrictions_data()
{
    testkit::ruleColumns();
    const auto titled = [](const char* rule) {
        return broadcast(R"({"id":5,"type":"Sample","title":"Refiner","in":{"model":null}})", rules(rule));
    };
    rule("9 a title pattern that fits", titled(R"("title_regex":"^Ref")"), kFed);
    rule("9 a title pattern that does not", titled(R"("title_regex":"^Base")"), kNotFed);
    rule("9 an inverted title pattern", titled(R"("title_regex":"^Ref","title_regex_invert":true)"), kNotFed);
    rule("9 a title pattern that is none is passed by", titled(R"x("title_regex":"(")x"), kFed);
    rule("9 an input pattern that fits", titled(R"("input_regex":"mod")"), kFed);
    rule("9 an input pattern that does not", titled(R"("input_regex":"clip")"), kNotFed);
    rule("9 an input pattern looks at the author's name",
         broadcast(
             R"({"id":5,"type":"Sample","inputs":[{"name":"model","label":"Checkpoint","type":"MODEL"}]})",
             rules(R"("input_regex":"^Check")")),
         kFed);
    rule("9 without a title the class's name counts",
         broadcast(kSampler, rules(R"("title_regex":"^Sample$")")), kFed);

    const QByteArray inGroup =
        R"({"id":5,"type":"Sample","pos":[20,200],"size":[100,50],"color":"#111","in":{"model":null}})";
    const QByteArray outside =
        R"({"id":5,"type":"Sample","pos":[900,200],"size":[100,50],"color":"#222","in":{"model":null}})";
    const QByteArray groups = R"(,"groups":[{"title":"Base","bounding":[-50,-50,400,400]}])";
    rule("9 only within the group", broadcast(inGroup, rules(R"("group_restricted":1)"), groups), kFed);
    rule("9 not out of the group", broadcast(outside, rules(R"("group_restricted":1)"), groups), kNotFed);
    rule("9 only out of the group", broadcast(outside, rules(R"("group_restricted":2)"), groups), kFed);
    rule("9 not within the group", broadcast(inGroup, rules(R"("group_restricted":2)"), groups), kNotFed);
    rule("9 a group pattern that fits", broadcast(inGroup, rules(R"("group_regex":"^Ba")"), groups), kFed);
    rule("9 a group pattern that does not", broadcast(inGroup, rules(R"("group_regex":"^Up")"), groups),
         kNotFed);
    rule("9 a group pattern, in no group", broadcast(outside, rules(R"("group_regex":"^Ba")"), groups),
         kNotFed);
    rule("9 only the same colour", broadcast(inGroup, rules(R"("color_restricted":1)")), kFed);
    rule("9 not another colour", broadcast(outside, rules(R"("color_restricted":1)")), kNotFed);
    rule("9 only another colour", broadcast(outside, rules(R"("color_restricted":2)")), kFed);
    rule("9 all restrictions must agree",
         broadcast(inGroup, rules(R"("group_restricted":1,"color_restricted":2)"), groups), kNotFed);
    rule(
        "9 Anything Everywhere? of version 6 keeps its patterns in its widgets",
        broadcast(
            R"({"id":5,"type":"Sample","title":"Refiner","in":{"model":null}},{"id":6,"type":"Sample","title":"Base","in":{"model":null}})",
            R"("type":"Anything Everywhere?","in":{"anything":[1,0,"MODEL"]},"values":["Ref",".*",".*"])"),
        R"({"1":{"name":"one"},"5":{"seed":0,"model":["1",0]},"6":{"seed":0}})");
    rule("9 any-typed inputs are not fed", broadcast(R"({"id":5,"type":"Any","in":{"thing":null}})"),
         R"({"1":{"name":"one"},"5":{}})");
    rule("9 unless the sender may",
         broadcast(R"({"id":5,"type":"Any","in":{"thing":null}})", rules(R"("send_to_any":1)")),
         R"({"1":{"name":"one"},"5":{"thing":["1",0]}})");
}

void TestBroadcasts::restrictions()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestBroadcasts::ranks_data()
{
    testkit::ruleColumns();
    const auto two = [](const char* first, const char* second) -> QByteArray {
        return QByteArray(
                   R"([{"id":1,"type":"Model"},{"id":2,"type":"Model","values":["two"]},{"id":3,"type":"Anything Everywhere","in":{"a":[1,0,"MODEL"]},"properties":{"ue_properties":{"version":"7.8")")
            + first
            + R"(}}},{"id":4,"type":"Anything Everywhere","in":{"a":[2,0,"MODEL"]},"properties":{"ue_properties":{"version":"7.8")"
            + second + R"(}}},{"id":5,"type":"Sample","in":{"model":null}}])";
    };
    const auto from = [](const char* source) -> QByteArray {
        return QByteArray(R"({"1":{"name":"one"},"2":{"name":"two"},"5":{"seed":0)") + source + "}}";
    };
    const auto inAGroup = [](const QByteArray& nodes) -> QByteArray {
        return R"({"groups":[{"title":"g","bounding":[-500,-500,2000,2000]}],"nodes":)" + nodes + "}";
    };
    rule("9 of equal rank: none, with a warning", two("", ""), from(""),
         {QStringLiteral("broadcast-ambiguous 5.model")});
    rule("9 a pattern ranks higher", two(R"(,"title_regex":"Sample")", ""), from(R"(,"model":["1",0])"));
    rule("9 a colour ranks higher", two("", R"(,"color_restricted":1)"), from(R"(,"model":["2",0])"));
    rule("9 a colour ranks higher than a group",
         inAGroup(two(R"(,"group_restricted":1)", R"(,"color_restricted":1)")), from(R"(,"model":["2",0])"));
    rule("9 a pattern ranks higher than colour and group",
         two(R"(,"input_regex":"model")", R"(,"color_restricted":1)"), from(R"(,"model":["1",0])"));
    rule("9 the author's priority counts", two(R"(,"input_regex":"model")", R"(,"priority":50)"),
         from(R"(,"model":["2",0])"));
    rule("9 a muted sender does not count",
         QByteArray(two("", "")).replace(R"({"id":3,)", R"({"id":3,"mode":2,)"), from(R"(,"model":["2",0])"));
    rule("9 nor one whose source is muted",
         QByteArray(two("", "")).replace(R"({"id":1,)", R"({"id":1,"mode":2,)"),
         R"({"2":{"name":"two"},"5":{"seed":0,"model":["2",0]}})");
}

void TestBroadcasts::ranks()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestBroadcasts::senders_data()
{
    testkit::ruleColumns();
    rule(
        "9 Anything Everywhere3 sends each of its inputs",
        R"([{"id":1,"type":"Model"},{"id":2,"type":"Anything Everywhere3","in":{"anything":[1,0,"MODEL"],"anything2":[1,1,"CLIP"],"anything3":null}},
             {"id":5,"type":"Sample","in":{"model":null}},{"id":6,"type":"Text","in":{"clip":null},"values":["t"]}])",
        R"({"1":{"name":"one"},"5":{"seed":0,"model":["1",0]},"6":{"text":"t","clip":["1",1]}})");
    const auto twice = [](const char* rules, const char* receivers) -> QByteArray {
        return QByteArray(
                   R"([{"id":1,"type":"Two"},{"id":2,"type":"Anything Everywhere","in":{"negative":[1,0,"MODEL"],"positive":[1,1,"MODEL"]},"properties":{"ue_properties":{"version":"7.8")")
            + rules + "}}}," + receivers + "]";
    };
    const char* const other =
        R"({"id":5,"type":"Other","in":{"positive":null,"negative":null}},{"id":6,"type":"Sample","in":{"model":null}})";
    const char* const titled =
        R"({"id":5,"type":"Sample","title":"positive","in":{"model":null}},{"id":6,"type":"Sample","title":"x","in":{"model":null}})";
    const char* const renamed =
        R"({"id":5,"type":"Sample","inputs":[{"name":"model","label":"pos","type":"MODEL"}]},{"id":6,"type":"Sample","inputs":[{"name":"model","label":"tive","type":"MODEL"}]})";
    rule("9 a type that comes twice goes by the input's name", twice("", other),
         R"({"1":{},"5":{"positive":["1",1],"negative":["1",0]},"6":{"seed":0}})");
    rule("9 … or by how the names begin", twice(R"(,"repeated_type_rule":1)", renamed),
         R"({"1":{},"5":{"seed":0,"model":["1",1]},"6":{"seed":0}})");
    rule("9 … or by how they end", twice(R"(,"repeated_type_rule":2)", renamed),
         R"({"1":{},"5":{"seed":0},"6":{"seed":0}})", {QStringLiteral("broadcast-ambiguous 6.tive")});
    rule("9 … or by the receiver's title", twice(R"(,"repeated_type_rule":3)", titled),
         R"({"1":{},"5":{"seed":0,"model":["1",1]},"6":{"seed":0}})");
    rule("9 … or as a pattern", twice(R"(,"repeated_type_rule":4)", other),
         R"({"1":{},"5":{"positive":["1",1],"negative":["1",0]},"6":{"seed":0}})");
    rule(
        "9 the name may count for a type that comes once",
        broadcast(
            R"({"id":5,"type":"Other","in":{"positive":null,"negative":null}})",
            R"("type":"Anything Everywhere","in":{"negative":[1,0,"MODEL"]},"properties":{"ue_properties":{"version":"7.8","apply_to_unrepeated":1}})"),
        R"({"1":{"name":"one"},"5":{"negative":["1",0]}})");
    rule(
        "9 Prompts Everywhere sends by the patterns of positive and negative",
        R"([{"id":1,"type":"Two"},{"id":2,"type":"Prompts Everywhere","in":{"+ve":[1,0,"MODEL"],"-ve":[1,1,"MODEL"]}},{"id":5,"type":"Other","in":{"positive":null,"negative":null}},
             {"id":6,"type":"Sample","in":{"model":null}}])",
        R"({"1":{},"5":{"positive":["1",0],"negative":["1",1]},"6":{"seed":0}})");
    rule(
        "9 Seed Everywhere sends itself to seeds",
        R"([{"id":1,"type":"Seed Everywhere","values":[77,"fixed"]},{"id":5,"type":"Sample","in":{"seed":null},"values":[3],"properties":{"widget_ue_connectable":{"seed":true}}}])",
        R"({"1":{"value":77},"5":{"seed":["1",0]}})");
    rule(
        "9 any node may broadcast its outputs",
        R"([{"id":1,"type":"Model","outputs":[{"name":"MODEL","type":"MODEL"},{"name":"CLIP","type":"CLIP"}],"properties":{"ue_convert":true,"ue_properties":{"version":"7.8","output_not_broadcasting":{"CLIP":true}}}},
             {"id":5,"type":"Sample","in":{"model":null}},{"id":6,"type":"Text","in":{"clip":null}}])",
        R"({"1":{"name":"one"},"5":{"seed":0,"model":["1",0]},"6":{"text":""}})");
    rule(
        "9 through a bypassed node",
        R"([{"id":1,"type":"Model"},{"id":3,"type":"Sample","mode":4,"in":{"model":[1,0,"MODEL"]},"outputs":[{"name":"M","type":"MODEL"}]},{"id":2,"type":"Anything Everywhere","in":{"a":[3,0,"MODEL"]}},
             {"id":5,"type":"Sample","in":{"model":null}}])",
        kFed);
    rule(
        "9 from a group node's place to a group node",
        R"({"nodes":[{"id":1,"type":"Model"},{"id":2,"type":"Anything Everywhere","in":{"a":[1,0,"MODEL"]}},{"id":7,"type":"workflow>g","inputs":[{"name":"model","type":"MODEL"}],"values":[4]}],
             "extra":{"groupNodes":{"g":{"nodes":[{"type":"Sample","inputs":[{"name":"model","type":"MODEL"}]}],"links":[],"external":[]}}}})",
        R"({"1":{"name":"one"},"7:0":{"seed":4,"model":["1",0]}})");
}

void TestBroadcasts::senders()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestBroadcasts::usualGraphsAreNotCopied()
{
    Diagnostics diagnostics;
    const auto catalog = testkit::ruleCatalog(kClasses);
    const auto usual = graphFromJson(
        testkit::ruleDocument(R"([{"id":1,"type":"Model"},{"id":5,"type":"Sample"}])"), nullptr);
    QVERIFY(usual && !conversion::withBroadcasts(*usual, *catalog, diagnostics));
    const auto sent = graphFromJson(testkit::ruleDocument(broadcast(kSampler)), nullptr);
    const auto linked = conversion::withBroadcasts(*sent, *catalog, diagnostics);
    QVERIFY(linked);
    QVERIFY(conversion::isBroadcastLink(
        *linked->root.node(NodeId(QStringLiteral("5")))->inputs.constFirst().link));
    QVERIFY(!conversion::isBroadcastLink(1));
    QVERIFY(toJson(*sent) == testkit::ruleDocument(broadcast(kSampler))); // the document stays as it is
}

// A pattern that would try for years: it ends, and does not fit.
void TestBroadcasts::hostilePatternsEnd()
{
    const QByteArray title(200, 'a');
    const auto result = testkit::convertRule(
        *testkit::ruleCatalog(kClasses),
        broadcast(R"({"id":5,"type":"Sample","title":")" + title + R"(!","in":{"model":null}})",
                  rules(R"x("title_regex":"^(a+)+$")x")));
    QCOMPARE(QString::fromUtf8(result.inputs), QString::fromLatin1(kNotFed));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestBroadcasts)
#include "tst_broadcasts.moc"
