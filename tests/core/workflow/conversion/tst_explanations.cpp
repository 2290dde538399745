// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QSet>
#include <QTest>

namespace gesso {
namespace {

constexpr QByteArrayView kClasses = R"({
"Load":   {"image": [["a.png", "b.png"]], "=>": ["IMAGE", "MASK"], "#": "Load Image"},
"Blur":   {"image": ["IMAGE"], "radius": ["INT", {"default": 1, "min": 0, "max": 64, "step": 2}], "=>": ["IMAGE"]},
"Text":   {"text": ["STRING", {"dynamicPrompts": true}], "=>": ["STRING"]},
"Save":   {"images": ["IMAGE"]},
"SaveImage": {"filename_prefix": ["STRING", {"default": "out"}]},
"ConditioningAverage": {"=>": ["CONDITIONING"]}
})";

Explanations explained(QByteArrayView document, bool explain = true)
{
    const auto graph = graphFromJson(testkit::ruleDocument(document), nullptr);
    ConversionOptions options;
    options.explain = explain;
    options.now = QDateTime(QDate(2024, 3, 9), QTime(14, 5));
    return convertGraph(*graph, *testkit::ruleCatalog(kClasses), options)->explanations;
}

QString line(const Explanation& explanation)
{
    const QString place = explanation.input.isEmpty()
        ? explanation.node.toString()
        : QString(explanation.node.toString() % u'.' % explanation.input);
    return nameOf(explanation.kind) % u' ' % place % u": " % explanation.text;
}

} // namespace

// One line for each thing a conversion did, and none for what it left as it is.
class TestExplanations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void everyKindHasAName();
    void namesTitleAndType();
    void nothingUnlessAsked();
    void namesOfFilesAreCut();
};

void TestExplanations::lines_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const QByteArray& document, const QStringList& expected) {
        QTest::newRow(name) << document << expected;
    };
    row("nothing to say",
        R"([{"id":1,"type":"Load","values":["a.png"]},{"id":2,"type":"Save","in":{"images":[1,0]}}])", {});
    row("muted",
        R"([{"id":1,"type":"Load","mode":2,"values":["a.png"]},{"id":2,"type":"Save","in":{"images":[1,0]}}])",
        {QStringLiteral("muted 1: Left out: it is muted."),
         QStringLiteral("unlinked 2.images: Its link is left out: “Load Image” (1) is muted.")});
    row("bypassed",
        R"([{"id":1,"type":"Load","values":["a.png"]},{"id":2,"type":"Blur","mode":4,"in":{"image":[1,0]},"values":[3]},{"id":3,"type":"Save","in":{"images":[2,0]}}])",
        {QStringLiteral("bypassed 2: Left out: it is bypassed."),
         QStringLiteral("bypassed 3.images: “Blur” (2) is bypassed: gets what its input “image” gets, output "
                        "1 of “Load Image” (1).")});
    row("bypassed, nothing fits",
        R"([{"id":2,"type":"Load","mode":4,"values":["a.png"]},{"id":3,"type":"Blur","in":{"image":[2,0]},"values":[3]}])",
        {QStringLiteral("bypassed 2: Left out: it is bypassed."),
         QStringLiteral(
             "bypassed 3.image: “Load Image” (2) is bypassed and has no input that fits: gets nothing.")});
    row("a reroute without source",
        R"([{"id":2,"type":"Reroute","in":{"":null}},{"id":3,"type":"Blur","in":{"image":[2,0]},"values":[3]}])",
        {QStringLiteral("reroute 2: Left out: its links go straight through."),
         QStringLiteral("unlinked 3.image: Its link leads to nothing that is sent.")});
    row("notes and canvas tools",
        R"x([{"id":1,"type":"Note","values":["x"]},{"id":2,"type":"Fast Groups Muter (rgthree)"}])x",
        {QStringLiteral("note 1: Left out: it exists on the canvas only."),
         QStringLiteral("note 2: Left out: it exists on the canvas only.")});
    row("a value of the browser", R"([{"id":1,"type":"PresetText|pysssss","values":["x"]}])",
        {QStringLiteral("note 1: Left out: its value is kept in the author's browser.")});
    row("reroute",
        R"([{"id":1,"type":"Load","values":["a.png"]},{"id":2,"type":"Reroute","in":{"":[1,0]}},{"id":3,"type":"Save","in":{"images":[2,0]}}])",
        {QStringLiteral("reroute 2: Left out: its links go straight through.")});
    row("primitive",
        R"([{"id":1,"type":"PrimitiveNode","values":[9,"fixed"]},{"id":2,"type":"Blur","in":{"radius":[1,0]},"values":[3]}])",
        {QStringLiteral("primitive 2.radius: 10, from “PrimitiveNode” (1)."),
         QStringLiteral("primitive 1: Left out: its value is written into what it is linked to.")});
    row("set and get",
        R"([{"id":1,"type":"Load","values":["a.png"]},{"id":2,"type":"SetNode","in":{"I":[1,0]},"values":["pic"]},{"id":3,"type":"GetNode","values":["pic"]},{"id":4,"type":"Save","in":{"images":[3,0]}}])",
        {QStringLiteral("set-get 2: Left out: it names a link “pic”."),
         QStringLiteral("set-get 3: Left out: it stands for the link named “pic”."),
         QStringLiteral("set-get 4.images: “pic” stands for output 1 of “Load Image” (1).")});
    row("everywhere",
        R"([{"id":1,"type":"Load","values":["a.png"]},{"id":2,"type":"Anything Everywhere","in":{"a":[1,0,"IMAGE"]}},{"id":4,"type":"Save","in":{"images":null}}])",
        {QStringLiteral(
             "everywhere 2: Left out: it only links its inputs to others, and the server does not have it."),
         QStringLiteral(
             "everywhere 4.images: Linked by a broadcasting node: output 1 of “Load Image” (1).")});
    row("subgraph, promoted value",
        R"({"nodes":[{"id":12,"type":"sg","title":"Soft","values":[7]}],"definitions":{"subgraphs":[{"id":"sg","inputs":[{"name":"r","type":"INT"}],
            "nodes":[{"id":5,"type":"Blur","in":{"radius":[-10,0]},"values":[3]}]}]}})",
        {QStringLiteral("subgraph 12: Replaced by the nodes inside it."),
         QStringLiteral("promoted 12:5.radius: The value of the subgraph around it wins: 7.")});
    row("subgraph, proxy widget",
        R"({"nodes":[{"id":12,"type":"sg","values":[7],"properties":{"proxyWidgets":[["5","radius"]]}}],"definitions":{"subgraphs":[{"id":"sg",
            "nodes":[{"id":5,"type":"Blur"}]}]}})",
        {QStringLiteral("subgraph 12: Replaced by the nodes inside it."),
         QStringLiteral("promoted 12:5.radius: The value of the subgraph around it wins: 7.")});
    row("inside a muted subgraph",
        R"({"nodes":[{"id":12,"type":"sg","mode":2}],"definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":5,"type":"Load"}]}]}})",
        {QStringLiteral("muted 12: Left out: it is muted."),
         QStringLiteral("muted 12:5: Left out: the subgraph around it is muted or bypassed.")});
    row("group node",
        R"({"nodes":[{"id":7,"type":"workflow>g","values":["b.png"]}],"extra":{"groupNodes":{"g":{"nodes":[{"type":"Load"}],"links":[],"external":[]}}}})",
        {QStringLiteral("subgraph 7: Replaced by the nodes inside it.")});
    row("renamed", R"([{"id":1,"type":"ConditioningAverage "}])",
        {QStringLiteral("renamed 1: Sent as “ConditioningAverage”, today's name of its class.")});
    row("choice", R"([{"id":1,"type":"Text","values":["a {red|blue} house"]}])",
        {QStringLiteral("choice 1.text: Comments and choices of the text are resolved: “a red house”.")});
    row("file-name token", R"([{"id":1,"type":"SaveImage","values":["%date:yyyy%/x"]}])",
        {QStringLiteral("file-name-token 1.filename_prefix: “%date:yyyy%/x” becomes “2024/x”.")});
    row("default for a missing column", R"([{"id":1,"type":"Blur","values":[]},{"id":2,"type":"Load"}])",
        {QStringLiteral("default 1.radius: The file has no value: 1, the default."),
         QStringLiteral("default 2.image: The file has no value: a.png, the default.")});
    row("no default where a link gives the value",
        R"([{"id":1,"type":"PrimitiveNode","values":[9]},{"id":2,"type":"Blur","in":{"radius":[1,0]}}])",
        {QStringLiteral("primitive 2.radius: 10, from “PrimitiveNode” (1)."),
         QStringLiteral("primitive 1: Left out: its value is written into what it is linked to.")});
}

void TestExplanations::lines()
{
    QFETCH(QByteArray, document);
    QFETCH(QStringList, expected);
    QStringList lines;
    for (const Explanation& explanation : explained(document)) {
        lines.append(line(explanation));
    }
    QCOMPARE(lines, expected);
}

void TestExplanations::everyKindHasAName()
{
    QSet<QString> names;
    const int last = int(Explanation::Kind::Default);
    for (int kind = 0; kind <= last; ++kind) {
        names.insert(nameOf(Explanation::Kind(kind)));
    }
    QCOMPARE(names.size(), last + 1);
    QVERIFY(!names.contains(QString()));
}

void TestExplanations::namesTitleAndType()
{
    const Explanations lines =
        explained(R"([{"id":1,"type":"Reroute","title":"Way"},{"id":2,"type":"Load","mode":4}])");
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0).title, QStringLiteral("Way"));
    QCOMPARE(lines.at(0).type, QStringLiteral("Reroute"));
    QCOMPARE(lines.at(1).title, QStringLiteral("Load Image"));
    QCOMPARE(
        writeJson(toJson(lines.at(1))),
        QByteArray(
            R"({"kind":"bypassed","node":"2","title":"Load Image","type":"Load","text":"Left out: it is bypassed."})"));
}

void TestExplanations::nothingUnlessAsked()
{
    QVERIFY(
        explained(
            R"([{"id":1,"type":"Note"},{"id":2,"type":"Load","mode":2},{"id":3,"type":"Text","values":["{a|b}"]}])",
            false)
            .isEmpty());
}

void TestExplanations::namesOfFilesAreCut()
{
    const QByteArray text(5000, 'x');
    const QByteArray document = R"([{"id":1,"type":"Text","values":["{)" + text + R"(|b}"]}])";
    const Explanations lines = explained(document);
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines.constFirst().text.size() < 200);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestExplanations)
#include "tst_explanations.moc"
