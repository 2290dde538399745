// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load":  {"image": [["a.png", "b.png"]], "=>": ["IMAGE", "MASK"], "#": "Load Image"},
"Blend": {"image": ["IMAGE"], "factor": ["FLOAT", {"default": 0.5}], "mask": ["MASK"], "mode": [["add", "mul"]], "=>": ["IMAGE"]},
"Tags":  {"tags": ["COMBO", {"options": ["a", "b"], "multi_select": true}], "box": ["STRING"], "=>": ["STRING"]},
"Save":  {"images": ["IMAGE"], "prefix": ["STRING", {"default": "out"}]}
})";

} // namespace

// conversion.md, section 1.
class TestRule1OutputShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inputs_data();
    void inputs();
    void wholeNode_data();
    void wholeNode();
};

void TestRule1OutputShape::inputs_data()
{
    testkit::ruleColumns();
    rule("1.1 widgets first in their order, then links in slot order",
         R"([{"id":1,"type":"Load","values":["a.png"]},
             {"id":2,"type":"Blend","in":{"mask":[1,1],"image":[1,0]},"values":[0.25,"mul"]}])",
         R"({"1":{"image":"a.png"},"2":{"factor":0.25,"mode":"mul","image":["1",0],"mask":["1",1]}})");
    rule(
        "1.1 a linked widget keeps its place, its value is the link",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Blend","in":{"factor":[1,0],"image":[1,0]},"values":[0.25,"mul"]}])",
        R"({"1":{"image":"a.png"},"2":{"factor":["1",0],"mode":"mul","image":["1",0]}})");
    rule(
        "1.1 integer-like ids ascend and come before all others",
        R"([{"id":"b","type":"Load"},{"id":10,"type":"Load"},{"id":"007","type":"Load"},{"id":9,"type":"Load"},
             {"id":"4294967295","type":"Load"},{"id":"4294967294","type":"Load"},{"id":-1,"type":"Load"},{"id":0,"type":"Load"}])",
        R"({"0":{"image":"a.png"},"9":{"image":"a.png"},"10":{"image":"a.png"},"4294967294":{"image":"a.png"},)"
        R"("b":{"image":"a.png"},"007":{"image":"a.png"},"4294967295":{"image":"a.png"},"-1":{"image":"a.png"}})");
    rule("1.1 inner ids come last, in visiting order",
         R"({"nodes":[{"id":12,"type":"sg"},{"id":2,"type":"Load"}],"definitions":{"subgraphs":[
             {"id":"sg","nodes":[{"id":9,"type":"Load"},{"id":3,"type":"Load"}]}]}})",
         R"({"2":{"image":"a.png"},"12:9":{"image":"a.png"},"12:3":{"image":"a.png"}})");

    rule("1.2 a link is the origin's id as text and its slot as a number",
         R"([{"id":7,"type":"Load"},{"id":8,"type":"Save","in":{"images":[7,0]}}])",
         R"({"7":{"image":"a.png"},"8":{"prefix":"out","images":["7",0]}})");
    rule(
        "1.2 any other array is wrapped, also one that looks like a link",
        R"([{"id":1,"type":"Tags","values":[["a","b"],["1",0]]},{"id":2,"type":"Save","values":[[]]}])",
        R"({"1":{"tags":{"__value__":["a","b"]},"box":{"__value__":["1",0]}},"2":{"prefix":{"__value__":[]}}})");
    rule("1.2 objects are passed through", R"([{"id":1,"type":"Save","values":[{"x":[1,2]}]}])",
         R"({"1":{"prefix":{"x":[1,2]}}})");

    rule(
        "1.4 isolated nodes are sent, and those that reach no output",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Blend","in":{"image":[1,0]}},{"id":3,"type":"Tags","values":["a",""]}])",
        R"({"1":{"image":"a.png"},"2":{"factor":0.5,"mode":"add","image":["1",0]},"3":{"tags":"a","box":""}})");
    rule(
        "1.4 muted and bypassed nodes are not sent",
        R"([{"id":1,"type":"Load","mode":2},{"id":2,"type":"Load","mode":4},{"id":3,"type":"Load","mode":0}])",
        R"({"3":{"image":"a.png"}})");
    rule(
        "1.4 modes 1 and 3 are like 0",
        R"([{"id":1,"type":"Load","mode":1},{"id":2,"type":"Load","mode":3},
             {"id":3,"type":"Save","in":{"images":[1,0]}},{"id":4,"type":"Save","in":{"images":[2,0]}}])",
        R"({"1":{"image":"a.png"},"2":{"image":"a.png"},"3":{"prefix":"out","images":["1",0]},"4":{"prefix":"out","images":["2",0]}})");
    rule(
        "1.4 notes, reroutes and primitives are never sent",
        R"([{"id":1,"type":"Note","values":["n"]},{"id":2,"type":"MarkdownNote","values":["m"]},{"id":3,"type":"Reroute"},
             {"id":4,"type":"PrimitiveNode","values":[1,"fixed"]},{"id":5,"type":"Load"}])",
        R"({"5":{"image":"a.png"}})");
    rule("1.4 instances of subgraphs and group nodes are never sent",
         R"({"nodes":[{"id":1,"type":"sg"},{"id":2,"type":"workflow>g"}],
             "definitions":{"subgraphs":[{"id":"sg","nodes":[]}]},"extra":{"groupNodes":{"g":{"nodes":[],"links":[],"external":[]}}}})",
         R"({})");

    rule("1.5 a link to what is not sent is deleted",
         R"([{"id":1,"type":"Load","mode":2},{"id":2,"type":"Save","in":{"images":[1,0]}}])",
         R"({"2":{"prefix":"out"}})");
    rule("1.5 not turned back into the widget's value: a node nobody knows",
         R"([{"id":1,"type":"Gone"},{"id":2,"type":"Save","in":{"prefix":[1,0]},"values":["mine"]}])",
         R"({"2":{}})", {QStringLiteral("missing-node 1")});
    rule("1.5 a wrapped array of two is no link and stays", R"([{"id":1,"type":"Save","values":[["99",0]]}])",
         R"({"1":{"prefix":{"__value__":["99",0]}}})");
}

void TestRule1OutputShape::inputs()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule1OutputShape::wholeNode_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* document, const char* expected) {
        QTest::newRow(name) << QByteArray(document) << QByteArray(expected);
    };
    row("1.1 inputs, class and title of a node",
        R"([{"id":5,"type":"Load","title":"Mine","values":["b.png"]}])",
        R"({"5":{"inputs":{"image":"b.png"},"class_type":"Load","_meta":{"title":"Mine"}}})");
    row("1.3 without a title of its own: the display name of the type",
        R"([{"id":5,"type":"Load","title":""}])",
        R"({"5":{"inputs":{"image":"a.png"},"class_type":"Load","_meta":{"title":"Load Image"}}})");
    row("1.3 a type without a display name is its own", R"([{"id":5,"type":"Tags","values":["a","x"]}])",
        R"({"5":{"inputs":{"tags":"a","box":"x"},"class_type":"Tags","_meta":{"title":"Tags"}}})");
    row("1.3 cnr_id, aux_id and ver of the properties",
        R"([{"id":5,"type":"Load","properties":{"ver":"1.2","cnr_id":"core","aux_id":"a/b","other":"no"}}])",
        R"({"5":{"inputs":{"image":"a.png"},"class_type":"Load","_meta":{"title":"Load Image","cnr_id":"core","aux_id":"a/b","ver":"1.2"}}})");
}

void TestRule1OutputShape::wholeNode()
{
    QFETCH(QByteArray, document);
    QFETCH(QByteArray, expected);
    const auto result = testkit::convertRule(*testkit::ruleCatalog(kClasses), document);
    QCOMPARE(QString::fromUtf8(writeJson(toJson(result.prompt))), QString::fromUtf8(expected));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule1OutputShape)
#include "tst_rule1outputshape.moc"
