// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load": {"=>": ["IMAGE", "MASK", "INT"]},
"Resize": {"image": ["COMFY_MATCHTYPE_V3", {"template": {"template_id": "t", "allowed_types": "IMAGE,MASK"}}],
  "mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
    {"key": "factor", "inputs": {"required": {"factor": ["FLOAT", {"default": 1.5}]}}},
    {"key": "size", "inputs": {"required": {"width": ["INT", {"default": 512}]}, "optional": {"height": ["INT", {"default": 256}]}}},
    {"key": "like", "inputs": {"required": {"other": ["IMAGE"], "crop": [["no", "center"]]}}},
    {"key": "none", "inputs": {}}]}],
  "method": [["area", "lanczos"]], "=>": ["COMFY_MATCHTYPE_V3"]},
"Nested": {"outer": ["COMFY_DYNAMICCOMBO_V3", {"options": [
    {"key": "one", "inputs": {"required": {"a": ["INT", {"default": 1}],
      "inner": ["COMFY_DYNAMICCOMBO_V3", {"options": [
        {"key": "x", "inputs": {"required": {"seed": ["INT", {"default": 2}], "run": ["INT", {"control_after_generate": true}], "s": ["STRING", {"default": "s"}]}}},
        {"key": "y", "inputs": {"required": {"images": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"image": ["IMAGE"]}}, "prefix": "i", "min": 1, "max": 3}}]}}}]}],
      "b": ["INT", {"default": 3}]}}},
    {"key": "two", "inputs": {"required": {"c": ["INT", {"default": 4}]}}}]}],
  "tail": ["STRING", {"default": "t"}], "=>": ["IMAGE"]},
"Batch":  {"images": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"image": ["IMAGE"]}}, "prefix": "image", "min": 2, "max": 4}}], "=>": ["IMAGE"]},
"Cast":   {"who": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"reference": ["IMAGE"]}}, "names": ["hero", "villain"], "min": 1}}], "n": ["INT", {"default": 7}]},
"Pairs":  {"p": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"image": ["IMAGE"], "mask": ["MASK"]}}, "min": 1, "max": 3}}]},
"Sum":    {"values": ["COMFY_AUTOGROW_V3", {"template": {"input": {"optional": {"value": ["FLOAT,INT", {}]}}, "names": ["a", "b", "c"], "min": 1}}], "text": ["STRING", {"default": "a+b"}]},
"Forced": {"v": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"n": ["INT", {"forceInput": true}]}}, "prefix": "n", "min": 1, "max": 4}}]},
"Image":  {"image": ["IMAGE"], "=>": ["IMAGE"]}, "Mask": {"mask": ["MASK"]}, "Either": {"x": ["IMAGE,MASK"]}, "Num": {"n": ["INT", {"default": 1}]},
"Union":  {"typed": ["FLOAT,INT", {"default": 24, "widgetType": "INT", "control_after_generate": true}], "bare": ["FLOAT,INT"], "t": ["STRING", {"default": "t"}]},
"Bad":    {"d": ["COMFY_DYNAMICCOMBO_V3", {"options": 5}], "g": ["COMFY_AUTOGROW_V3", {"template": {"input": 5, "names": {}}}], "h": ["COMFY_AUTOGROW_V3", {}],
           "m": ["COMFY_MATCHTYPE_V3"], "n": ["INT", {"default": 6}]}
})";

} // namespace

// The inputs of ComfyUI's V3 schema.
class TestV3Inputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dynamicCombos_data();
    void dynamicCombos() { GESSO_CHECK_RULE(kClasses); }
    void growingInputs_data();
    void growingInputs() { GESSO_CHECK_RULE(kClasses); }
    void types_data();
    void types() { GESSO_CHECK_RULE(kClasses); }
};

void TestV3Inputs::dynamicCombos_data()
{
    testkit::ruleColumns();
    rule("the chosen option's widgets follow the combo",
         R"([{"id":1,"type":"Resize","values":["factor",2.5,"lanczos"]}])",
         R"({"1":{"mode":"factor","mode.factor":2.5,"method":"lanczos"}})");
    rule("another option, other columns; required before optional",
         R"([{"id":1,"type":"Resize","values":["size",64,32,"lanczos"]}])",
         R"({"1":{"mode":"size","mode.width":64,"mode.height":32,"method":"lanczos"}})");
    rule("without saved values the first option with its defaults", R"([{"id":1,"type":"Resize"}])",
         R"({"1":{"mode":"factor","mode.factor":1.5,"method":"area"}})");
    rule("an option without inputs", R"([{"id":1,"type":"Resize","values":["none","lanczos"]}])",
         R"({"1":{"mode":"none","method":"lanczos"}})");
    rule("an option nobody declares stays and brings nothing",
         R"([{"id":1,"type":"Resize","values":["gone","lanczos"]}])",
         R"({"1":{"mode":"gone","method":"lanczos"}})");
    rule(
        "sockets of the option are linked by their full name",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Resize","in":{"image":[1,0],"mode.other":[1,0]},"values":["like","center","area"]}])",
        R"({"1":{},"2":{"mode":"like","mode.crop":"center","method":"area","image":["1",0],"mode.other":["1",0]}})");
    rule(
        "a widget of the option can be linked too",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Resize","in":{"mode.width":[1,2]},"values":["size",64,32,"area"]}])",
        R"({"1":{},"2":{"mode":"size","mode.width":["1",2],"mode.height":32,"method":"area"}})");
    // The front end looks for the full name, so that an inner seed has a control column only if it says so.
    rule(
        "nested, control columns only where they are declared",
        R"([{"id":1,"type":"Nested","values":["one",11,"x",22,23,"fixed","txt",33,"end"]}])",
        R"({"1":{"outer":"one","outer.a":11,"outer.inner":"x","outer.inner.seed":22,"outer.inner.run":23,"outer.inner.s":"txt","outer.b":33,"tail":"end"}})");
    rule("nested, the other branch", R"([{"id":1,"type":"Nested","values":["two",44,"end"]}])",
         R"({"1":{"outer":"two","outer.c":44,"tail":"end"}})");
    rule(
        "nested with a growing input inside",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Nested","in":{"outer.inner.images.i0":[1,0],"outer.inner.images.i1":[1,0]},"values":["one",1,"y",3,"end"]}])",
        R"({"1":{},"2":{"outer":"one","outer.a":1,"outer.inner":"y","outer.b":3,"tail":"end","outer.inner.images.i0":["1",0],"outer.inner.images.i1":["1",0]}})");
    rule("values by name",
         R"([{"id":1,"type":"Resize","values":{"mode":"size","mode.height":9,"method":"lanczos"}}])",
         R"({"1":{"mode":"size","mode.width":512,"mode.height":9,"method":"lanczos"}})");
    rule("broken declarations bring nothing", R"([{"id":1,"type":"Bad","values":["k",8]}])",
         R"({"1":{"d":"k","n":8}})");
}

void TestV3Inputs::growingInputs_data()
{
    testkit::ruleColumns();
    rule(
        "prefix and number, as many as are linked",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Batch","in":{"images.image0":[1,0],"images.image1":[1,0],"images.image2":[1,0],"images.image3":null}}])",
        R"({"1":{},"2":{"images.image0":["1",0],"images.image1":["1",0],"images.image2":["1",0]}})");
    rule("holes stay holes",
         R"([{"id":1,"type":"Load"},{"id":2,"type":"Batch","in":{"images.image2":[1,0]}}])",
         R"({"1":{},"2":{"images.image2":["1",0]}})");
    // 2.1: what the definition does not have is kept at the end.
    rule(
        "over the maximum only by the file's own slot",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Batch","in":{"images.image4":[1,0],"images.image0":[1,0]}}])",
        R"({"1":{},"2":{"images.image0":["1",0],"images.image4":["1",0]}})");
    rule(
        "listed names",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Cast","in":{"who.villain":[1,0],"who.hero":[1,0]},"values":[5]}])",
        R"({"1":{},"2":{"n":5,"who.hero":["1",0],"who.villain":["1",0]}})");
    rule(
        "groups of several inputs are named after those inputs",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Pairs","in":{"p.image1":[1,0],"p.mask1":[1,1],"p.mask0":[1,1],"p.image0":[1,0]}}])",
        R"({"1":{},"2":{"p.image0":["1",0],"p.mask0":["1",1],"p.image1":["1",0],"p.mask1":["1",1]}})");
    rule("they own no columns", R"([{"id":1,"type":"Sum","values":["a*b"]},{"id":2,"type":"Forced"}])",
         R"({"1":{"text":"a*b"},"2":{}})");
    rule(
        "unions and forced numbers are sockets",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Sum","in":{"values.b":[1,2]}},{"id":3,"type":"Forced","in":{"v.n0":[1,2]}}])",
        R"({"1":{},"2":{"text":"a+b","values.b":["1",2]},"3":{"v.n0":["1",2]}})");
    rule(
        "the minimum is always there: a bypassed batch is passed at the same index",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Batch","mode":4,"in":{"images.image1":[1,0]}},{"id":3,"type":"Image","in":{"image":[2,0]}}])",
        R"({"1":{},"3":{}})");
}

void TestV3Inputs::types_data()
{
    testkit::ruleColumns();
    rule(
        "a bypassed match type is what the file bound it to",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Resize","mode":4,"inputs":[{"name":"image","type":"MASK","link":1}],"outputs":[{"name":"o","type":"MASK"}]},
             {"id":3,"type":"Mask","inputs":[{"name":"mask","type":"MASK","link":2}]}],"links":[[1,1,1,2,0,"MASK"],[2,2,0,3,0,"MASK"]]})",
        R"({"1":{},"3":{"mask":["1",1]}})");
    rule(
        "its output too, for a consumer of several types",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Resize","mode":4,"inputs":[{"name":"image","type":"MASK","link":1}],"outputs":[{"name":"o","type":"MASK"}]},
             {"id":3,"type":"Either","inputs":[{"name":"x","type":"IMAGE,MASK","link":2}]}],"links":[[1,1,1,2,0,"MASK"],[2,2,0,3,0,"MASK"]]})",
        R"({"1":{},"3":{"x":["1",1]}})");
    rule(
        "bound to another type nothing passes",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Resize","mode":4,"inputs":[{"name":"image","type":"MASK","link":1}],"outputs":[{"name":"o","type":"MASK"}]},
             {"id":3,"type":"Image","inputs":[{"name":"image","type":"IMAGE","link":2}]}],"links":[[1,1,1,2,0,"MASK"],[2,2,0,3,0,"IMAGE"]]})",
        R"({"1":{},"3":{}})");
    rule("widgetType decides what a union is, also for its control column",
         R"([{"id":1,"type":"Union","values":[30,"fixed","u"]}])", R"({"1":{"typed":30,"t":"u"}})");
    rule(
        "both forms of a union are linked",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Union","in":{"typed":[1,2],"bare":[1,2]},"values":[30,"fixed","u"]}])",
        R"({"1":{},"2":{"typed":["1",2],"t":"u","bare":["1",2]}})");
    rule(
        "version 1: link objects in the root and inside, arrays nowhere",
        R"({"version":1,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"sg","in":{"x":[1,0]}},{"id":3,"type":"Image","in":{"image":[2,0]}}],
             "definitions":{"subgraphs":[{"id":"sg","inputs":[{"name":"x","type":"IMAGE"}],"outputs":[{"name":"y","type":"IMAGE"}],
             "nodes":[{"id":5,"type":"Image","in":{"image":[-10,0]}}],"out":[[5,0]]}]}})",
        R"({"1":{},"3":{"image":["2:5",0]},"2:5":{"image":["1",0]}})");
    rule(
        "version 0.4: arrays in the root, objects inside",
        R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"sg","in":{"x":[1,0]}},{"id":3,"type":"Image","in":{"image":[2,0]}}],
             "definitions":{"subgraphs":[{"id":"sg","inputs":[{"name":"x","type":"IMAGE"}],"outputs":[{"name":"y","type":"IMAGE"}],
             "nodes":[{"id":5,"type":"Image","in":{"image":[-10,0]}}],"out":[[5,0]]}]}})",
        R"({"1":{},"3":{"image":["2:5",0]},"2:5":{"image":["1",0]}})");
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestV3Inputs)
#include "tst_v3inputs.moc"
