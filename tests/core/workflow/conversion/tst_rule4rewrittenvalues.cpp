// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

constexpr QByteArrayView kClasses = R"({
"Text": {"dyn": ["STRING", {"multiline": true, "dynamicPrompts": true}], "line": ["STRING", {"dynamicPrompts": true}],
         "off": ["STRING", {"multiline": true, "dynamicPrompts": false}], "plain": ["STRING"], "=>": ["STRING"]},
"KSampler": {"seed": ["INT"], "cfg": ["FLOAT"], "name": ["STRING"], "#": "Sampler of Old"},
"SaveImage": {"filename_prefix": ["STRING", {"default": "ComfyUI"}]}, "SaveLatent": {"filename_prefix": ["STRING"]},
"PreviewImage": {"filename_prefix": ["STRING"]}, "CheckpointSave": {"filename_prefix": ["STRING"]}
})";

QByteArray quoted(const char* text)
{
    return writeJson(Json(text));
}

QByteArray convertText(QByteArrayView document, const ConversionOptions& options = {})
{
    return testkit::convertRule(*testkit::ruleCatalog(kClasses), document, options).inputs;
}

} // namespace

// conversion.md, section 4.
class TestRule4RewrittenValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dynamicPrompts_data();
    void dynamicPrompts();
    void whereDynamicPromptsApply_data();
    void whereDynamicPromptsApply() { GESSO_CHECK_RULE(kClasses); }
    void filenameTokens_data();
    void filenameTokens();
    void whereFilenameTokensApply_data();
    void whereFilenameTokensApply() { GESSO_CHECK_RULE(kClasses); }
};

void TestRule4RewrittenValues::dynamicPrompts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("last");
    const auto row = [](const char* name, const char* text, const char* first, const char* last) {
        QTest::newRow(name) << quoted(text) << quoted(first) << quoted(last);
    };
    row("4.1 one option of each choice", "a {red|blue} cat {x|y}", "a red cat x", "a blue cat y");
    row("4.1 recursively", "{a{1|2}|b{c|{d|e}}}", "a1", "be");
    row("4.1 block comments are removed, over lines", "a/* one\ntwo */b", "ab", "ab");
    row("4.1 line comments to the end of the line", "a // gone {x|y}\nb", "a \nb", "a \nb");
    row("4.1 a line ends at CRLF and CR too", "a // gone\r\nb // gone\rc", "a \r\nb \rc", "a \r\nb \rc");
    row("4.1 a line ends at U+2028 and U+2029",
        "a//b\xe2\x80\xa8"
        "c//d\xe2\x80\xa9"
        "e",
        "a\xe2\x80\xa8"
        "c\xe2\x80\xa9"
        "e",
        "a\xe2\x80\xa8"
        "c\xe2\x80\xa9"
        "e");
    row("4.1 the rest of a URL is eaten", "see https://x.org/y, then", "see https:", "see https:");
    row("4.1 escaped braces and bars lose the backslash", R"(\{a\|b\} {c\|d|e})", "{a|b} c|d", "{a|b} e");
    row("4.1 any other backslash stays", R"(a\nb \\ c\d)", R"(a\nb \\ c\d)", R"(a\nb \\ c\d)");
    row("4.1 an unclosed brace is closed at the end", "x {a|b", "x a", "x b");
    row("4.1 a stray brace stays", "a } b", "a } b", "a } b");
    row("4.1 {} is empty", "a{}b", "ab", "ab");
    row("4.1 a backslash at the end gives undefined", "a\\", "a\\undefined", "a\\undefined");
    row("4.1 empty options count", "x{|y}z", "xz", "xyz");
}

void TestRule4RewrittenValues::dynamicPrompts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, last);
    const QByteArray document =
        R"([{"id":1,"type":"Text","values":[)" + text + ',' + text + ',' + text + ',' + text + "]}]";
    const auto expected = [&text](const QByteArray& value) -> QByteArray {
        return R"({"1":{"dyn":)" + value + R"(,"line":)" + value + R"(,"off":)" + text + R"(,"plain":)" + text
            + "}}";
    };
    QCOMPARE(convertText(document), expected(first));
    ConversionOptions options;
    options.choices = ChoiceRule::Last;
    QCOMPARE(convertText(document, options), expected(last));
}

void TestRule4RewrittenValues::whereDynamicPromptsApply_data()
{
    testkit::ruleColumns();
    testkit::rule("4.1 strings without the option are untouched",
                  R"([{"id":1,"type":"Text","values":["","","{a|b} // c","{a|b} // c"]}])",
                  R"({"1":{"dyn":"","line":"","off":"{a|b} // c","plain":"{a|b} // c"}})");
    testkit::rule("4.1 what is no string stays in a single line",
                  R"([{"id":1,"type":"Text","values":["",7,"",null]}])",
                  R"({"1":{"dyn":"","line":7,"off":"","plain":null}})");
    testkit::rule("4.1 not for a promoted widget's value: it is sent raw",
                  R"({"nodes":[{"id":9,"type":"sg","values":["{a|b}"]}],"definitions":{"subgraphs":[
                      {"id":"sg","inputs":[{"name":"dyn","type":"STRING"}],"nodes":[{"id":1,"type":"Text","in":{"dyn":[-10,0]},"values":["{c|d}","{e|f}"]}]}]}})",
                  R"({"9:1":{"dyn":"{a|b}","line":"e","off":"","plain":""}})");
    testkit::rule(
        "4.1 for a value pushed in by a primitive",
        R"([{"id":2,"type":"PrimitiveNode","values":["{a|b} //c"]},{"id":1,"type":"Text","in":{"dyn":[2,0]},"values":["own"]}])",
        R"({"1":{"dyn":"a ","line":"","off":"","plain":""}})");
    testkit::rule(
        "4.1 a link is no text",
        R"([{"id":1,"type":"Text"},{"id":2,"type":"Text","in":{"dyn":[1,0]},"values":["{a|b}"]}])",
        R"({"1":{"dyn":"","line":"","off":"","plain":""},"2":{"dyn":["1",0],"line":"","off":"","plain":""}})");
}

void TestRule4RewrittenValues::filenameTokens_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* prefix, const char* expected) {
        QTest::newRow(name) << quoted(prefix) << quoted(expected);
    };
    row("4.2 by the property Node name for S&R", "%Alias.seed%/x", "31337/x");
    row("4.2 the property comes before the title", "%Two.seed%", "31337");
    row("4.2 then by the title", "%My Title.seed%", "7");
    row("4.2 a node without the property answers to its type", "%KSampler.seed%", "8");
    row("4.2 a node without a title has its type's display name", "%Sampler of Old.seed%", "8");
    row("4.2 the first match, also inside subgraphs", "%Inner.seed%", "55");
    row("4.2 bad characters become _", "%My Title.name%", "a_b_c_d_e_f_g_h_i_j_k_l");
    row("4.2 null is empty", "x%My Title.cfg%y", "xy");
    row("4.2 unknown nodes, widgets and tokens stay", "%No.seed%%Alias.no%%bogus%%a.b.c%",
        "%No.seed%%Alias.no%%bogus%%a.b.c%");
    row("4.2 width and height are left to the server", "%width%x%height%", "%width%x%height%");
    row("4.2 the current time", "%date:yyyy-MM-dd_hh-mm-ss%", "2024-03-09_14-05-06");
    row("4.2 short forms of the time", "%date:yy M d h m s%", "24 3 9 14 5 6");
    row("4.2 a lone percent sign stays", "100%", "100%");
}

void TestRule4RewrittenValues::filenameTokens()
{
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, expected);
    const QByteArray document = R"({"nodes":[{"id":1,"type":"SaveImage","values":[)" + prefix + R"(]},
            {"id":2,"type":"KSampler","title":"x","properties":{"Node name for S&R":"Alias"},"values":[31337,"fixed",1.5,""]},
            {"id":3,"type":"KSampler","title":"x","properties":{"Node name for S&R":"Two"},"values":[31337]},
            {"id":4,"type":"KSampler","title":"Two","properties":{"Node name for S&R":""},"values":[1]},
            {"id":5,"type":"KSampler","title":"My Title","properties":{"Node name for S&R":""},"values":[7,"",null,"a/b?c<d>e\\f:g*h|i\"j\u0001k\u007fl"]},
            {"id":6,"type":"sg","title":"box"},{"id":7,"type":"KSampler","values":[8]},
            {"id":8,"type":"KSampler","title":"Inner","properties":{"Node name for S&R":""},"values":[66]}],
            "definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":1,"type":"KSampler","title":"Inner","properties":{"Node name for S&R":""},"values":[55]}]}]}})";
    ConversionOptions options;
    options.now = QDateTime(QDate(2024, 3, 9), QTime(14, 5, 6));
    const auto result = testkit::convertRule(*testkit::ruleCatalog(kClasses), document, options);
    QCOMPARE(
        writeJson(*result.prompt.node(NodeId(QStringLiteral("1")))->input(QStringLiteral("filename_prefix"))),
        expected);
}

void TestRule4RewrittenValues::whereFilenameTokensApply_data()
{
    testkit::ruleColumns();
    testkit::rule(
        "4.2 filename_prefix of the saving nodes only",
        R"([{"id":1,"type":"KSampler","values":[5,"fixed",1,"%KSampler.seed%"]},{"id":2,"type":"SaveLatent","values":["%KSampler.seed%"]},
                      {"id":3,"type":"PreviewImage","values":["%KSampler.seed%"]},{"id":4,"type":"CheckpointSave","values":["%KSampler.seed%"]}])",
        R"({"1":{"seed":5,"cfg":1,"name":"%KSampler.seed%"},"2":{"filename_prefix":"5"},)"
        R"("3":{"filename_prefix":"%KSampler.seed%"},"4":{"filename_prefix":"%KSampler.seed%"}})");
    testkit::rule("4.2 without a time the date stays for the server",
                  R"([{"id":1,"type":"SaveImage","values":["%date:yyyy%"]}])",
                  R"({"1":{"filename_prefix":"%date:yyyy%"}})");
    // hand__primitive_run_replace
    testkit::rule(
        "4.2 in a primitive that asks for it",
        R"([{"id":1,"type":"KSampler","values":[5]},{"id":2,"type":"PrimitiveNode","properties":{"Run widget replace on values":true},"values":["seed %KSampler.seed%"]},
                      {"id":3,"type":"Text","in":{"plain":[2,0]}}])",
        R"({"1":{"seed":5,"cfg":0,"name":""},"3":{"dyn":"","line":"","off":"","plain":"seed 5"}})");
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule4RewrittenValues)
#include "tst_rule4rewrittenvalues.moc"
