// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load":  {"=>": ["IMAGE", "INT"]},
"Plain": {"i": ["INT", {"default": 5}], "f": ["FLOAT", {"default": 0.5}], "s": ["STRING", {"default": "d"}], "b": ["BOOLEAN", {"default": true}], "c": [["x", "y"], {"default": "y"}]},
"Bare":  {"i": ["INT"], "f": ["FLOAT"], "s": ["STRING"], "b": ["BOOLEAN"], "c": [["x", "y"]], "n": ["COMBO", {"options": [4, 2]}]},
"Falsy": {"c": [["x", ""], {"default": ""}], "n": [[1, 0], {"default": 0}]},
"Empty": {"c": [[]], "i": ["INT"]},
"Seeds": {"seed": ["INT"], "noise_seed": ["INT"], "mine": ["INT", {"control_after_generate": true}], "named": ["INT", {"control_after_generate": "fixed"}],
          "style": [["p", "q"], {"control_after_generate": true}], "tail": ["STRING", {"default": "end"}]},
"Sampler": {"model": ["MODEL"], "seed": ["INT", {"control_after_generate": true}], "steps": ["INT", {"default": 20}], "cfg": ["FLOAT", {"default": 8}]},
"NoControl": {"seed": ["INT", {"control_after_generate": false}], "tail": ["STRING", {"default": "end"}]},
"FloatSeed": {"seed": ["FLOAT"], "tail": ["STRING", {"default": "end"}]},
"Upload": {"image": [["a.png"], {"image_upload": true}], "threshold": ["INT", {"default": 9}], "image2": [["a.png"], {"image_upload": true}], "tail": ["STRING", {"default": "end"}]},
"Media": {"video": [["v.mp4"], {"video_upload": true}], "audio": [["a.wav"], {"audio_upload": true}], "n": ["INT"]},
"Force": {"text": ["STRING", {"forceInput": true}], "n": ["INT", {"default": 3}], "fl": ["FLOAT", {"default": 0.5, "forceInput": true}], "tail": ["STRING", {"default": "t"}]},
"ForceSeed": {"f": ["INT", {"forceInput": true}], "seed": ["INT"], "n": ["INT", {"default": 3}]},
"OptForce": {"a": ["INT", {"default": 1}], "b?": ["FLOAT", {"defaultInput": true}], "c?": ["STRING", {"default": "x"}]},
"Text":  {"multi": ["STRING", {"multiline": true}], "single": ["STRING"]},
"KSampler": {"sampler_name": [["euler"]]}, "KSamplerAdvanced": {"sampler_name": [["euler"]]}, "Other": {"sampler_name": [["euler"]]},
"Remote": {"image": ["COMBO", {"remote": {"route": "/files", "refresh_button": true}}], "n": ["INT"]},
"Multi": {"tags": ["COMBO", {"options": ["a", "b"], "multi_select": {"chip": true}}], "after": ["INT", {"default": 7}]},
"Mixed": {"m": [["a", 2, 3.5, true]]},
"ControlNetLoader": {"name": [["c"]]}, "ConditioningAverage": {"to": ["FLOAT", {"default": 1}]}, "SVD_img2vid_Conditioning": {"w": ["INT", {"default": 9}]}
})";

} // namespace

// conversion.md, section 3.
class TestRule3WidgetValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columns_data();
    void columns() { GESSO_CHECK_RULE(kClasses); }
    void values_data();
    void values() { GESSO_CHECK_RULE(kClasses); }
};

void TestRule3WidgetValues::columns_data()
{
    testkit::ruleColumns();
    rule("3.1 by position over the widgets", R"([{"id":1,"type":"Plain","values":[1,2.5,"s",false,"x"]}])",
         R"({"1":{"i":1,"f":2.5,"s":"s","b":false,"c":"x"}})");
    rule(
        "3.1 not over the inputs, and a linked widget still owns its column",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Plain","in":{"f":[1,1],"s":[1,1]},"values":[1,2.5,"s",false,"x"]}])",
        R"({"1":{},"2":{"i":1,"f":["1",1],"s":["1",1],"b":false,"c":"x"}})");
    rule("3.1 a missing tail gets the defaults", R"([{"id":1,"type":"Plain","values":[1,2.5]}])",
         R"({"1":{"i":1,"f":2.5,"s":"d","b":true,"c":"y"}})");
    rule("3.1 without a default: 0, 0, empty, false, the first option",
         R"([{"id":1,"type":"Bare","values":[]}])", R"({"1":{"i":0,"f":0,"s":"","b":false,"c":"x","n":4}})");
    rule("3.1 surplus columns are ignored",
         R"([{"id":1,"type":"Plain","values":[1,2.5,"s",false,"x","more",7]}])",
         R"({"1":{"i":1,"f":2.5,"s":"s","b":false,"c":"x"}})");
    rule("3.1 no widgets_values at all", R"([{"id":1,"type":"Plain"}])",
         R"({"1":{"i":5,"f":0.5,"s":"d","b":true,"c":"y"}})");
    rule("3.1 widgets_values is null", R"([{"id":1,"type":"Plain","widgets_values":null}])",
         R"({"1":{"i":5,"f":0.5,"s":"d","b":true,"c":"y"}})");
    rule("3.1 a default that JavaScript takes for false is none for a combo", R"([{"id":1,"type":"Falsy"}])",
         R"({"1":{"c":"x","n":1}})");
    rule("3.1 a combo without options has no value to send",
         R"([{"id":1,"type":"Empty","widgets_values":null}])", R"({"1":{"i":0}})");

    rule(
        "3.2 a control column after seed and noise_seed, two more after a combo's",
        R"([{"id":1,"type":"Seeds","values":[1,"fixed",2,"randomize",3,"increment",4,"decrement","q","fixed","filter","last"]}])",
        R"({"1":{"seed":1,"noise_seed":2,"mine":3,"named":4,"style":"q","tail":"last"}})");
    rule(
        "3.2 control_after_generate false on seed removes the column",
        R"([{"id":1,"type":"NoControl","values":[7,"tail"]},{"id":2,"type":"NoControl","values":[7,"fixed","tail"]}])",
        R"({"1":{"seed":7,"tail":"tail"},"2":{"seed":7,"tail":"fixed"}})");
    rule("3.2 a FLOAT called seed has none", R"([{"id":1,"type":"FloatSeed","values":[7.5,"tail"]}])",
         R"({"1":{"seed":7.5,"tail":"tail"}})");
    rule(
        "3.2 whatever stands in the column is swallowed",
        R"([{"id":1,"type":"Sampler","values":[5,true,30,7]},{"id":2,"type":"Sampler","values":[5,false,30,7]},
             {"id":3,"type":"Sampler","values":[5,"anything",30,7]},{"id":4,"type":"Sampler","values":[5,12,30,7]}])",
        R"({"1":{"seed":5,"steps":30,"cfg":7},"2":{"seed":5,"steps":30,"cfg":7},"3":{"seed":5,"steps":30,"cfg":7},"4":{"seed":5,"steps":30,"cfg":7}})");
    rule("3.2 a file without the column is really shifted",
         R"([{"id":1,"type":"Sampler","values":[5,30,7]}])", R"({"1":{"seed":5,"steps":7,"cfg":8}})");

    rule("3.3 upload buttons come after all widgets, wherever the combo stands",
         R"([{"id":1,"type":"Upload","values":["b.png",4,"c.png","tail","image","image"]}])",
         R"({"1":{"image":"b.png","threshold":4,"image2":"c.png","tail":"tail"}})");
    rule("3.3 video and audio", R"([{"id":1,"type":"Media","values":["w.mp4","b.wav",3,"image","image"]}])",
         R"({"1":{"video":"w.mp4","audio":"b.wav","n":3}})");

    rule("3.4 columns of forceInput are removed when the counts agree",
         R"([{"id":1,"type":"Force","values":["old text",8,0.1,"tail"]}])", R"({"1":{"n":8,"tail":"tail"}})");
    rule("3.4 else values are taken as they are",
         R"([{"id":1,"type":"Force","values":[8,"tail"]},{"id":2,"type":"Force","values":["old",8,"tail"]}])",
         R"({"1":{"n":8,"tail":"tail"},"2":{"n":"old","tail":8}})");
    rule("3.4 a control column counts too", R"([{"id":1,"type":"ForceSeed","values":[99,5,"fixed",8]}])",
         R"({"1":{"seed":5,"n":8}})");
    rule("3.4 without it the counts differ", R"([{"id":1,"type":"ForceSeed","values":[99,5,8]}])",
         R"({"1":{"seed":99,"n":8}})");
    rule(
        "3.4 optional defaultInput is like forceInput",
        R"([{"id":1,"type":"OptForce","values":[5,0.75,"cval"]},{"id":2,"type":"OptForce","values":[5,"cval"]}])",
        R"({"1":{"a":5,"c":"cval"},"2":{"a":5,"c":"cval"}})");

    rule("3.5 an object is read by name",
         R"([{"id":1,"type":"Sampler","values":{"steps":11,"seed":9,"control_after_generate":"fixed"}}])",
         R"({"1":{"seed":9,"steps":11,"cfg":8}})");
    rule("3.5 or by index, with control columns",
         R"([{"id":1,"type":"Sampler","values":{"0":9,"1":"fixed","2":11,"length":3}}])",
         R"({"1":{"seed":9,"steps":11,"cfg":8}})");

    rule(
        "3.6 widgets_values_named is ignored",
        R"([{"id":1,"type":"Sampler","values":[5,"fixed",30,7],"widgets_values_named":{"seed":1,"steps":2,"cfg":3}},
             {"id":2,"type":"Sampler","widgets_values_named":{"steps":2}}])",
        R"({"1":{"seed":5,"steps":30,"cfg":7},"2":{"seed":0,"steps":20,"cfg":8}})");
}

void TestRule3WidgetValues::values_data()
{
    testkit::ruleColumns();
    rule("3.7 no coercion, clamp or rounding, no look at the options",
         R"([{"id":1,"type":"Plain","values":["16",-99.123456789,12,"true","gone.safetensors"]}])",
         R"({"1":{"i":"16","f":-99.123456789,"s":12,"b":"true","c":"gone.safetensors"}})");
    rule("3.7 null stays null in a number, a text and a switch",
         R"([{"id":1,"type":"Plain","values":[null,null,null,null,"x"]}])",
         R"({"1":{"i":null,"f":null,"s":null,"b":null,"c":"x"}})");
    rule(
        "3.7 multi-line text makes strings of all",
        R"([{"id":1,"type":"Text","values":[null]},{"id":2,"type":"Text","values":[12345]},{"id":3,"type":"Text","values":[true]},
             {"id":4,"type":"Text","values":[["a","b"]]},{"id":5,"type":"Text","values":[{"a":1}]},{"id":6,"type":"Text","values":[1.50]}])",
        R"({"1":{"multi":"","single":""},"2":{"multi":"12345","single":""},"3":{"multi":"true","single":""},)"
        R"("4":{"multi":"a,b","single":""},"5":{"multi":"[object Object]","single":""},"6":{"multi":"1.5","single":""}})");
    rule("3.7 line ends stay as they are", R"([{"id":1,"type":"Text","values":["a\r\nb\rc\nd","e\r\nf"]}])",
         R"({"1":{"multi":"a\r\nb\rc\nd","single":"e\r\nf"}})");
    rule("3.7 single-line text is untouched", R"([{"id":1,"type":"Text","values":["",12345]}])",
         R"({"1":{"multi":"","single":12345}})");
    rule("3.7 null in a combo is its first option",
         R"([{"id":1,"type":"Bare","values":[1,2,"",true,null,null]}])",
         R"({"1":{"i":1,"f":2,"s":"","b":true,"c":"x","n":4}})");
    rule(
        "3.7 sampler_name of the two samplers loses sample_, of others not",
        R"([{"id":1,"type":"KSampler","values":["sample_dpm_2"]},{"id":2,"type":"KSamplerAdvanced","values":["sample_euler"]},
             {"id":3,"type":"Other","values":["sample_euler"]},{"id":4,"type":"KSampler","values":["resample_x"]}])",
        R"({"1":{"sampler_name":"dpm_2"},"2":{"sampler_name":"euler"},"3":{"sampler_name":"sample_euler"},"4":{"sampler_name":"resample_x"}})");
    // The front end's "Loading..." depends on when it is asked; the saved choice is what was meant.
    rule("3.7 a remote combo keeps its saved choice, and has none of its own",
         R"([{"id":1,"type":"Remote","values":["x.png [output]",3]},{"id":2,"type":"Remote"}])",
         R"({"1":{"image":"x.png [output]","n":3},"2":{"n":0}})");
    rule("3.7 a multi-select sends its list, an empty one by default",
         R"([{"id":1,"type":"Multi","values":[["b","gone"],5]},{"id":2,"type":"Multi"}])",
         R"({"1":{"tags":{"__value__":["b","gone"]},"after":5},"2":{"tags":{"__value__":[]},"after":7}})");
    rule(
        "3.7 combos of numbers and switches keep their types",
        R"([{"id":1,"type":"Mixed","values":[2]},{"id":2,"type":"Mixed","values":[3.5]},{"id":3,"type":"Mixed","values":[true]},{"id":4,"type":"Mixed","values":["2"]}])",
        R"({"1":{"m":2},"2":{"m":3.5},"3":{"m":true},"4":{"m":"2"}})");

    // Exception of conversion.md's head: integers of up to 64 bits keep their value.
    rule(
        "3.8 integers of 64 bits are exact, where the browser rounds",
        R"([{"id":1,"type":"Sampler","values":[18446744073709551615]},{"id":2,"type":"Sampler","values":[9007199254740993]},
             {"id":3,"type":"Sampler","values":[-9223372036854775808]}])",
        R"({"1":{"seed":18446744073709551615,"steps":20,"cfg":8},"2":{"seed":9007199254740993,"steps":20,"cfg":8},"3":{"seed":-9223372036854775808,"steps":20,"cfg":8}})");
    rule(
        "3.8 numbers have the value a double has, whatever their spelling",
        R"([{"id":1,"type":"Plain","values":[1.0,1e21,"",true,"x"]},{"id":2,"type":"Plain","values":[5E+20,-0.0,"",true,"x"]},
             {"id":3,"type":"Plain","values":[0.1e1,123456789012345678901234567890,"",true,"x"]}])",
        R"({"1":{"i":1.0,"f":1e+21,"s":"","b":true,"c":"x"},"2":{"i":5e+20,"f":-0.0,"s":"","b":true,"c":"x"},"3":{"i":1.0,"f":1.2345678901234568e+29,"s":"","b":true,"c":"x"}})");
    rule("3.8 what no double holds is null",
         R"([{"id":1,"type":"Plain","values":[1e400,-1e400,"s",true,"x"]}])",
         R"({"1":{"i":null,"f":null,"s":"s","b":true,"c":"x"}})");

    // Exception of conversion.md's head: version 1.27's renames are applied.
    rule(
        "3.9 old type names",
        R"([{"id":1,"type":"T2IAdapterLoader","values":["c"]},{"id":2,"type":"ConditioningAverage ","values":[0.5]},{"id":3,"type":"SDV_img2vid_Conditioning"}])",
        R"({"1":{"name":"c"},"2":{"to":0.5},"3":{"w":9}})");
    rule("3.9 only these are renamed", R"([{"id":1,"type":"ConditioningAverage  "}])", R"({})",
         {QStringLiteral("missing-node 1")});
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule3WidgetValues)
#include "tst_rule3widgetvalues.moc"
