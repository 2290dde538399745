// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load":   {"=>": ["IMAGE", "MASK", "LATENT", "INT"]},
"Image":  {"image": ["IMAGE"], "=>": ["IMAGE"]},
"Any":    {"any": ["*"], "=>": ["*"]},
"Either": {"either": ["MASK,image"], "=>": ["IMAGE"]},
"Num":    {"steps": ["INT", {"default": 20, "min": 1, "max": 10000}], "cfg": ["FLOAT", {"default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1, "round": 0.01}],
           "denoise": ["FLOAT", {"default": 1.0, "min": 0.0, "max": 1.0, "step": 0.01}], "width": ["INT", {"default": 512, "min": 16, "max": 4096, "step": 8}]},
"Odd":    {"n": ["INT", {"min": 1, "max": 4097, "step": 4}], "f": ["FLOAT", {"step": 0.001, "round": false}]},
"Seed":   {"seed": ["INT", {"max": 18446744073709551615}], "name": [["a", "b"]], "=>": ["INT"]},
"Multi":  {"cfg": ["FLOAT", {"default": 1}], "latent": ["LATENT"], "a": ["IMAGE"], "b": ["IMAGE"], "mask": ["MASK"], "=>": ["IMAGE", "MASK", "LATENT", "IMAGE"]},
"Late":   {"model": ["MODEL"], "positive": ["COND"], "latent": ["LATENT"], "=>": ["LATENT"]},
"Two":    {"mask": ["MASK"], "image": ["IMAGE"], "=>": ["IMAGE"]},
"Wild":   {"mask": ["MASK"], "rest": ["*"], "=>": ["IMAGE"]},
"Pair":   {"a": ["IMAGE"], "b": ["IMAGE"], "=>": ["IMAGE", "IMAGE"]},
"Exact":  {"mask": ["MASK"], "rest": ["*"], "image": ["IMAGE"], "=>": ["IMAGE"]},
"Make":   {"=>": ["IMAGE"]},
"Calc":   {"a": ["INT", {"default": 3}], "=>": ["INT"]}
})";

} // namespace

// conversion.md, section 5.
class TestRule5Links : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tables_data();
    void tables() { GESSO_CHECK_RULE(kClasses); }
    void primitives_data();
    void primitives() { GESSO_CHECK_RULE(kClasses); }
    void mutedAndBypassed_data();
    void mutedAndBypassed() { GESSO_CHECK_RULE(kClasses); }
};

void TestRule5Links::tables_data()
{
    testkit::ruleColumns();
    const char* const linked = R"({"1":{},"2":{"image":["1",0]}})";
    rule(
        "5.1 arrays in version 0.4, outputs[].links not needed",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":7}]}],"links":[[7,1,0,2,0,"IMAGE"]]})",
        linked);
    rule(
        "5.1 objects in version 1",
        R"({"version":1,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":7}]}],
             "links":[{"id":7,"origin_id":1,"origin_slot":0,"target_id":2,"target_slot":0,"type":"IMAGE"}]})",
        linked);
    rule(
        "5.1 a link that only the table has is used",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":null}]}],"links":[[7,1,0,2,0,"IMAGE"]]})",
        linked);
    rule(
        "5.1 a loose link with a slot the file does not have is ignored",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[]}],"links":[[7,1,0,2,0,"IMAGE"],[8,1,0,99,0,"IMAGE"],[9,1,0,2,-3,"IMAGE"]]})",
        R"({"1":{},"2":{}})");
    rule(
        "5.1 a link that is not in the table is dropped",
        R"({"version":0.4,"nodes":[{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":7}]}],"links":[]})",
        R"({"2":{}})", {QStringLiteral("link-missing 2.image")});
    // The front end throws here (hand__link_origin_node_missing): an error.
    rule("5.1 a link whose origin is not there is an error",
         R"([{"id":2,"type":"Image","in":{"image":[99,0]}}])", R"({"2":{}})",
         {QStringLiteral("link-origin-missing 2.image")});
    // Exception of conversion.md's head: read by their plain meaning, with a warning.
    rule(
        "5.1 link objects in a 0.4 file are read with a warning",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":7}]}],
             "links":[{"id":7,"origin_id":1,"origin_slot":0,"target_id":2,"target_slot":0,"type":"IMAGE"}]})",
        linked, {QStringLiteral("link-form")});
    rule(
        "5.1 link arrays in a version-1 file are read with a warning",
        R"({"version":1,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":7}]}],"links":[[7,1,0,2,0,"IMAGE"]]})",
        linked, {QStringLiteral("link-form")});

    rule(
        "5.2 native reroutes do not matter",
        R"({"version":1,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":7}]}],
             "links":[{"id":7,"origin_id":1,"origin_slot":0,"target_id":2,"target_slot":0,"type":"IMAGE","parentId":3}],
             "reroutes":[{"id":3,"pos":[0,0],"linkIds":[7]}],"extra":{"reroutes":[{"id":3,"pos":[0,0],"linkIds":[7]}],"linkExtensions":[{"id":7,"parentId":3}]}})",
        linked);

    rule(
        "5.3 reroutes are followed: a chain, and many from one",
        R"([{"id":1,"type":"Load"},{"id":5,"type":"Reroute","in":{"":[1,0]}},{"id":6,"type":"Reroute","in":{"":[5,0]}},
             {"id":2,"type":"Image","in":{"image":[6,0]}},{"id":3,"type":"Image","in":{"image":[5,0]}}])",
        R"({"1":{},"2":{"image":["1",0]},"3":{"image":["1",0]}})");
    rule(
        "5.3 a reroute without a source leaves the input unlinked",
        R"([{"id":5,"type":"Reroute","in":{"":null}},{"id":2,"type":"Image","in":{"image":[5,0]}},{"id":3,"type":"Calc","in":{"a":[5,0]},"values":[4]}])",
        R"({"2":{},"3":{"a":4}})");
    rule(
        "5.3 bypassed reroutes are followed, muted ones cut",
        R"([{"id":1,"type":"Load"},{"id":5,"type":"Reroute","mode":4,"in":{"":[1,0]}},{"id":6,"type":"Reroute","mode":2,"in":{"":[1,0]}},
             {"id":2,"type":"Image","in":{"image":[5,0]}},{"id":3,"type":"Image","in":{"image":[6,0]}}])",
        R"({"1":{},"2":{"image":["1",0]},"3":{}})");
    // The front end throws here: the input is left out, with a warning that names it.
    rule(
        "5.3 reroutes in a circle lead nowhere",
        R"([{"id":5,"type":"Reroute","in":{"":[6,0]}},{"id":6,"type":"Reroute","in":{"":[5,0]}},{"id":2,"type":"Image","in":{"image":[5,0]}}])",
        R"({"2":{}})", {QStringLiteral("link-circle 2.image")});

    rule("5.7 a cycle of real nodes is sent as it is",
         R"([{"id":1,"type":"Image","in":{"image":[2,0]}},{"id":2,"type":"Image","in":{"image":[1,0]}}])",
         R"({"1":{"image":["2",0]},"2":{"image":["1",0]}})");
    rule("5.7 also one that goes to itself", R"([{"id":1,"type":"Image","in":{"image":[1,0]}}])",
         R"({"1":{"image":["1",0]}})");
}

void TestRule5Links::primitives_data()
{
    testkit::ruleColumns();
    rule(
        "5.4 the value goes into the widget, the link vanishes, the target's own value is ignored",
        R"([{"id":8,"type":"PrimitiveNode","values":[111,"fixed"]},{"id":1,"type":"Seed","in":{"seed":[8,0]},"values":[5,"fixed","b"]}])",
        R"({"1":{"seed":111,"name":"b"}})");
    rule(
        "5.4 also when the primitive is muted or bypassed",
        R"([{"id":8,"type":"PrimitiveNode","mode":2,"values":[111]},{"id":9,"type":"PrimitiveNode","mode":4,"values":[112]},
             {"id":1,"type":"Seed","in":{"seed":[8,0]}},{"id":2,"type":"Seed","in":{"seed":[9,0]}}])",
        R"({"1":{"seed":111,"name":"a"},"2":{"seed":112,"name":"a"}})");
    rule(
        "5.4 one primitive for several targets, texts and combos too",
        R"([{"id":8,"type":"PrimitiveNode","values":[111]},{"id":9,"type":"PrimitiveNode","values":["b","fixed",""]},
             {"id":1,"type":"Seed","in":{"seed":[8,0],"name":[9,0]}},{"id":2,"type":"Seed","in":{"seed":[8,0]}}])",
        R"({"1":{"seed":111,"name":"b"},"2":{"seed":111,"name":"a"}})");
    rule("5.4 FLOAT to round, then to the precision of step",
         R"([{"id":8,"type":"PrimitiveNode","values":[6.123456]},{"id":1,"type":"Num","in":{"cfg":[8,0]}}])",
         R"({"1":{"steps":20,"cfg":6.1,"denoise":1.0,"width":512}})");
    rule("5.4 FLOAT without round to the precision of step",
         R"([{"id":8,"type":"PrimitiveNode","values":[0.126]},{"id":1,"type":"Num","in":{"denoise":[8,0]}}])",
         R"({"1":{"steps":20,"cfg":8.0,"denoise":0.13,"width":512}})");
    rule(
        "5.4 clamped to min and max",
        R"([{"id":7,"type":"PrimitiveNode","values":[1.7]},{"id":8,"type":"PrimitiveNode","values":[99999]},{"id":9,"type":"PrimitiveNode","values":[-5]},
             {"id":1,"type":"Num","in":{"steps":[8,0],"denoise":[7,0]}},{"id":2,"type":"Num","in":{"steps":[9,0],"cfg":[9,0]}}])",
        R"({"1":{"steps":10000,"cfg":8.0,"denoise":1.0,"width":512},"2":{"steps":1,"cfg":0.0,"denoise":1.0,"width":512}})");
    rule("5.4 INT to a multiple of step, offset by min",
         R"([{"id":8,"type":"PrimitiveNode","values":[770]},{"id":9,"type":"PrimitiveNode","values":[10]},
             {"id":1,"type":"Num","in":{"width":[8,0]}},{"id":2,"type":"Odd","in":{"n":[9,0]}}])",
         R"({"1":{"steps":20,"cfg":8.0,"denoise":1.0,"width":768},"2":{"n":9,"f":0}})");
    rule("5.4 round false: by the step alone",
         R"([{"id":8,"type":"PrimitiveNode","values":[0.12345]},{"id":1,"type":"Odd","in":{"f":[8,0]}}])",
         R"({"1":{"n":0,"f":0.123}})");
    rule(
        "5.4 a full seed stays exact",
        R"([{"id":8,"type":"PrimitiveNode","values":[18446744073709551615]},{"id":1,"type":"Seed","in":{"seed":[8,0]}}])",
        R"({"1":{"seed":18446744073709551615,"name":"a"}})");
    rule(
        "5.4 through a reroute nothing is pushed: the target's own value",
        R"([{"id":8,"type":"PrimitiveNode","values":[222]},{"id":9,"type":"Reroute","in":{"":[8,0]}},{"id":1,"type":"Seed","in":{"seed":[9,0]},"values":[5,"fixed","b"]}])",
        R"({"1":{"seed":5,"name":"b"}})");
    rule(
        "5.4 an unconnected primitive, and one without a value",
        R"([{"id":7,"type":"PrimitiveNode","values":[3]},{"id":8,"type":"PrimitiveNode"},{"id":1,"type":"Seed","in":{"seed":[8,0]},"values":[5]}])",
        R"({"1":{"seed":5,"name":"a"}})");
    rule("5.4 old files whose inputs do not name their widget",
         R"({"version":0.4,"nodes":[{"id":8,"type":"PrimitiveNode","widgets_values":[768,"fixed"]},
             {"id":1,"type":"Num","inputs":[{"name":"width","type":"INT","link":1}]}],"links":[[1,8,0,1,0,"INT"]]})",
         R"({"1":{"steps":20,"cfg":8.0,"denoise":1.0,"width":768}})");
}

void TestRule5Links::mutedAndBypassed_data()
{
    testkit::ruleColumns();
    rule("5.5 a muted source: the input is deleted",
         R"([{"id":1,"type":"Make","mode":2},{"id":2,"type":"Image","in":{"image":[1,0]}}])", R"({"2":{}})");
    rule("5.5 a muted source of a widget: its own value",
         R"([{"id":1,"type":"Calc","mode":2},{"id":2,"type":"Calc","in":{"a":[1,0]},"values":[9]}])",
         R"({"2":{"a":9}})");

    rule(
        "5.6 a: a consumer of any type takes the input at the output's index",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Multi","mode":4,"in":{"latent":[1,2],"a":[1,0],"mask":[1,1]}},{"id":3,"type":"Any","in":{"any":[2,1]}}])",
        R"({"1":{},"3":{"any":["1",0]}})");
    rule(
        "5.6 a: or the first if there are fewer",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Image","mode":4,"in":{"image":[1,0]}},{"id":3,"type":"Any","in":{"any":[2,5]}}])",
        R"({"1":{},"3":{"any":["1",0]}})");
    rule(
        "5.6 b: the input at the same index, if it fits",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Make"},{"id":3,"type":"Pair","mode":4,"in":{"a":[1,0],"b":[2,0]}},{"id":4,"type":"Image","in":{"image":[3,1]}}])",
        R"({"1":{},"2":{},"4":{"image":["2",0]}})");
    rule(
        "5.6 b: not if it does not",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Multi","mode":4,"in":{"latent":[1,3],"a":[1,1],"b":[1,0],"mask":[1,1]}},
             {"id":3,"type":"Image","in":{"image":[2,3]}}])",
        R"({"1":{},"3":{"image":["1",1]}})");
    rule(
        "5.6 c: else the first of exactly the consumer's type",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Late","mode":4,"in":{"model":[1,0],"positive":[1,1],"latent":[1,2]}},{"id":3,"type":"Late","in":{"latent":[2,0]}}])",
        R"({"1":{},"3":{"latent":["1",2]}})");
    rule(
        "5.6 c: also behind one that is only compatible",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Exact","mode":4,"in":{"rest":[1,1],"image":[1,0]}},{"id":3,"type":"Image","in":{"image":[2,0]}}])",
        R"({"1":{},"3":{"image":["1",0]}})");
    rule(
        "5.6 d: else the first compatible with output and consumer",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Wild","mode":4,"in":{"mask":[1,1],"rest":[1,0]}},{"id":3,"type":"Image","in":{"image":[2,0]}}])",
        R"({"1":{},"3":{"image":["1",0]}})");
    rule(
        "5.6 compatible: a comma list shares a member, ignoring case",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Two","mode":4,"in":{"mask":[1,1],"image":[1,0]}},{"id":3,"type":"Either","in":{"either":[2,0]}},
             {"id":4,"type":"Either","mode":4,"in":{"either":[1,1]}},{"id":5,"type":"Image","in":{"image":[4,0]}}])",
        R"({"1":{},"3":{"either":["1",0]},"5":{"image":["1",1]}})");
    rule(
        "5.6 the index counts the live slots, not the saved ones",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Multi","mode":4,"in":{"cfg":[1,3],"mask":[1,1],"b":[1,0],"a":[1,2],"latent":[1,2]}},
             {"id":3,"type":"Any","in":{"any":[2,0]}}])",
        R"({"1":{},"3":{"any":["1",2]}})");
    rule(
        "5.6 no second try when the chosen input is unlinked",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Multi","mode":4,"in":{"b":[1,0]}},{"id":3,"type":"Image","in":{"image":[2,0]}}])",
        R"({"1":{},"3":{}})");
    rule("5.6 no match: absent",
         R"([{"id":1,"type":"Make","mode":4},{"id":2,"type":"Image","in":{"image":[1,0]}}])", R"({"2":{}})");
    rule("5.6 no match: a widget keeps its own value",
         R"([{"id":1,"type":"Make","mode":4},{"id":2,"type":"Calc","in":{"a":[1,0]},"values":[9]}])",
         R"({"2":{"a":9}})");
    rule("5.6 a bypassed source with nothing linked: the consumer's own value",
         R"([{"id":1,"type":"Calc","mode":4},{"id":2,"type":"Calc","in":{"a":[1,0]},"values":[9]}])",
         R"({"2":{"a":9}})");
    rule(
        "5.6 a linked widget is followed through",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Calc","mode":4,"in":{"a":[1,3]}},{"id":3,"type":"Calc","in":{"a":[2,0]},"values":[9]}])",
        R"({"1":{},"3":{"a":["1",3]}})");
    rule(
        "5.6 chains",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Image","mode":4,"in":{"image":[1,0]}},{"id":3,"type":"Two","mode":4,"in":{"mask":[1,1],"image":[2,0]}},
             {"id":4,"type":"Image","in":{"image":[3,0]}}])",
        R"({"1":{},"4":{"image":["1",0]}})");
    rule(
        "5.6 in a chain each bypassed input asks by its own type",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Two","mode":4,"in":{"mask":[1,1],"image":[1,0]}},{"id":3,"type":"Image","mode":4,"in":{"image":[2,0]}},
             {"id":4,"type":"Any","in":{"any":[3,0]}}])",
        R"({"1":{},"4":{"any":["1",0]}})");
    rule(
        "5.6 through a reroute the consumer's type counts",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Two","mode":4,"in":{"mask":[1,1],"image":[1,0]}},{"id":3,"type":"Reroute","in":{"":[2,0]}},
             {"id":4,"type":"Image","in":{"image":[3,0]}}])",
        R"({"1":{},"4":{"image":["1",0]}})");
    rule(
        "5.6 an unknown bypassed node is followed by its saved slots",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Gone","mode":4,"inputs":[{"name":"m","type":"MASK","link":1},{"name":"i","type":"IMAGE","link":2}],
             "outputs":[{"name":"o","type":"IMAGE"}]},{"id":3,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":3}]}],
             "links":[[1,1,1,2,0,"MASK"],[2,1,0,2,1,"IMAGE"],[3,2,0,3,0,"IMAGE"]]})",
        R"({"1":{},"3":{"image":["1",0]}})", {QStringLiteral("missing-node 2")});
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule5Links)
#include "tst_rule5links.moc"
