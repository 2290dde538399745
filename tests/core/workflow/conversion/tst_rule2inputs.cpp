// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load":  {"=>": ["IMAGE", "INT"]},
"Mixed": {"n": ["INT", {"default": 1}], "image": ["IMAGE"], "t": ["STRING", {"default": "t"}], "mask": ["MASK"], "=>": ["IMAGE"]},
"Order": {"input": {"required": {"a": ["INT"], "b": ["INT"], "c": ["INT"]}, "optional": {"z": ["INT"], "y": ["INT"]}},
          "input_order": {"optional": ["y", "z"], "required": ["c", "a"]}, "output": []},
"Kinds": {"i": ["INT"], "f": ["FLOAT"], "s": ["STRING"], "b": ["BOOLEAN"], "c": ["COMBO", {"options": ["p", "q"]}], "old": [["x", "y"]],
          "sock": ["IMAGE"], "lower": ["int"]},
"Union": {"typed": ["FLOAT,INT", {"default": 24, "widgetType": "FLOAT"}], "x": ["INT", {"default": 2}], "bare": ["INT,FLOAT", {"default": 3}],
          "drawn": ["PAINT", {"default": "#fff", "widgetType": "STRING"}]},
"Force": {"f": ["INT", {"default": 4, "forceInput": true}], "req": ["FLOAT", {"default": 0.25, "defaultInput": true}],
          "opt?": ["FLOAT", {"default": 0.75, "defaultInput": true}], "no?": ["INT", {"default": 6, "forceInput": false}]},
"Quiet": {"s": ["STRING", {"default": "sl", "socketless": true}], "i": ["INT", {"default": 2}]},
"Hide":  {"input": {"required": {"image": ["IMAGE", {"default": "x"}]},
                    "optional": {"mask": ["MASK"], "strength": ["FLOAT", {"default": 1.5}], "mode": [["m1", "m2"]]},
                    "hidden": {"unique_id": "UNIQUE_ID", "prompt": "PROMPT", "secret": ["STRING", {"default": "s"}]}}, "output": []},
"SaveGLB": {"mesh": ["MESH"], "filename_prefix": ["STRING", {"default": "3d/g"}]},
"PreviewAny": {"source": ["*"]}
})";

} // namespace

// conversion.md, section 2.
class TestRule2Inputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inputs_data();
    void inputs();
};

void TestRule2Inputs::inputs_data()
{
    testkit::ruleColumns();
    rule(
        "2.1 the definition decides, saved inputs are matched by name",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Mixed","in":{"t":[1,1],"mask":null,"image":[1,0]},"values":[5,"u"]}])",
        R"({"1":{},"2":{"n":5,"t":["1",1],"image":["1",0]}})");
    rule("2.1 input_order, required before optional, then the rest of the dictionary",
         R"([{"id":1,"type":"Order","values":[1,2,3,4,5]}])", R"({"1":{"c":1,"a":2,"b":3,"y":4,"z":5}})");
    rule(
        "2.1 sockets before widget inputs: a wildcard consumer of a bypassed node takes the first socket",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Mixed","mode":4,"in":{"n":[1,1],"image":[1,0]}},{"id":3,"type":"PreviewAny","in":{"source":[2,0]}}])",
        R"({"1":{},"3":{"source":["1",0]}})");
    rule(
        "2.1 saved inputs the definition lacks come last, if linked",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Mixed","in":{"gone":[1,0],"never":null,"image":[1,0]},"values":[5,"u"]}])",
        R"({"1":{},"2":{"n":5,"t":"u","image":["1",0],"gone":["1",0]}})");
    rule("2.1 a target slot that disagrees with the inputs is mended by their links",
         R"({"version":0.4,"nodes":[{"id":1,"type":"Load"},{"id":2,"type":"Mixed","inputs":[
             {"name":"mask","type":"MASK","link":null},{"name":"image","type":"IMAGE","link":1}]}],"links":[[1,1,0,2,0,"IMAGE"]]})",
         R"({"1":{},"2":{"n":1,"t":"t","image":["1",0]}})");

    rule("2.2 INT, FLOAT, STRING, BOOLEAN, COMBO and lists are widgets, other types sockets",
         R"([{"id":1,"type":"Kinds","values":[1,2.5,"s",true,"q","y",99,98]}])",
         R"({"1":{"i":1,"f":2.5,"s":"s","b":true,"c":"q","old":"y"}})");
    rule("2.2 widgetType makes a widget of another type, a union without it is a socket",
         R"([{"id":1,"type":"Union","values":[30,7,"#000"]}])", R"({"1":{"typed":30,"x":7,"drawn":"#000"}})");
    rule("2.2 a union can still be linked",
         R"([{"id":1,"type":"Load"},{"id":2,"type":"Union","in":{"bare":[1,1]},"values":[30,7,"c"]}])",
         R"({"1":{},"2":{"typed":30,"x":7,"drawn":"c","bare":["1",1]}})");

    rule("2.3 forceInput is a socket; defaultInput is one only on optional inputs",
         R"([{"id":1,"type":"Force","values":[0.5,8]}])", R"({"1":{"req":0.5,"no":8}})");
    rule(
        "2.3 a forced input is sent when linked",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Force","in":{"f":[1,1],"opt":[1,1],"req":[1,1]},"values":[0.5,8]}])",
        R"({"1":{},"2":{"req":["1",1],"no":8,"f":["1",1],"opt":["1",1]}})");

    rule("2.4 socketless: the value is sent", R"([{"id":1,"type":"Quiet","values":["x",3]}])",
         R"({"1":{"s":"x","i":3}})");
    // Only in a broken file: a saved slot of that name is one the definition lacks, so 2.1 sends its link.
    rule(
        "2.4 socketless: there is no socket, a bypassed node is not passed through it",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Quiet","mode":4,"in":{"i":[1,1]}},{"id":3,"type":"PreviewAny","in":{"source":[2,0]}}])",
        R"({"1":{},"3":{"source":["1",1]}})");

    rule("2.5 hidden inputs are never sent, optional widgets always, optional sockets only when linked",
         R"([{"id":1,"type":"Hide"}])", R"({"1":{"strength":1.5,"mode":"m1"}})");
    rule("2.5 saved values fill optional widgets, none goes to a hidden input",
         R"([{"id":1,"type":"Load"},{"id":2,"type":"Hide","in":{"mask":[1,0]},"values":[0.5,"m2","s"]}])",
         R"({"1":{},"2":{"strength":0.5,"mode":"m2","mask":["1",0]}})");
    rule("2.5 the default of a socket is not sent", R"([{"id":1,"type":"Hide","values":[2,"m1"]}])",
         R"({"1":{"strength":2,"mode":"m1"}})");

    // Exception of conversion.md's head: what only the front end invents need not be sent, and is not.
    rule(
        "2.6 widgets that only the front end has are not sent",
        R"([{"id":1,"type":"SaveGLB","values":["g",""]},{"id":2,"type":"PreviewAny","values":["shown text"]}])",
        R"({"1":{"filename_prefix":"g"},"2":{}})");
}

void TestRule2Inputs::inputs()
{
    GESSO_CHECK_RULE(kClasses);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule2Inputs)
#include "tst_rule2inputs.moc"
