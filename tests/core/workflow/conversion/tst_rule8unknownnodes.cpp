// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/conversion/conversionfixture.h"

#include <QTest>

namespace gesso {
namespace {

using testkit::rule;

constexpr QByteArrayView kClasses = R"({
"Load": {"image": [["a.png", "b.png"]], "=>": ["IMAGE", "MASK"]},
"Save": {"images": ["IMAGE"]}
})";

} // namespace

// conversion.md, section 8: what the front end sends without a class is an error here.
class TestRule8UnknownNodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknown_data();
    void unknown();
    void findingNamesTheNode();
};

void TestRule8UnknownNodes::unknown_data()
{
    testkit::ruleColumns();
    const QStringList missing{QStringLiteral("missing-node 2")};
    rule(
        "8 never sent without a class, links to it are left out",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Gone","in":{"image":[1,0]},"values":[1,"x"]},{"id":3,"type":"Save","in":{"images":[2,0]}}])",
        R"({"1":{"image":"a.png"},"3":{}})", missing);
    rule("8 each is reported", R"([{"id":2,"type":"Gone"},{"id":4,"type":"Gone"},{"id":5,"type":"Gone 2"}])",
         "{}",
         {QStringLiteral("missing-node 2"), QStringLiteral("missing-node 4"),
          QStringLiteral("missing-node 5")});
    rule(
        "8 inside a subgraph, in each instance",
        R"({"nodes":[{"id":1,"type":"sg"},{"id":2,"type":"sg"}],"definitions":{"subgraphs":[{"id":"sg","nodes":[{"id":7,"type":"Gone"}]}]}})",
        "{}", {QStringLiteral("missing-node 1:7"), QStringLiteral("missing-node 2:7")});
    rule(
        "8 a bypassed one is followed with the saved slot types",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Gone","mode":4,"in":{"mask":[1,1,"MASK"],"image":[1,0,"IMAGE"]},"outputs":[{"name":"I","type":"IMAGE"}]},
             {"id":3,"type":"Save","in":{"images":[2,0]}}])",
        R"({"1":{"image":"a.png"},"3":{"images":["1",0]}})", missing);
    rule(
        "8 a bypassed one whose slots do not fit leads to nothing",
        R"([{"id":1,"type":"Load"},{"id":2,"type":"Gone","mode":4,"in":{"mask":[1,1,"MASK"]},"outputs":[{"name":"I","type":"IMAGE"}]},
             {"id":3,"type":"Save","in":{"images":[2,0]}}])",
        R"({"1":{"image":"a.png"},"3":{}})", missing);
    rule("8 a muted one cuts its links",
         R"([{"id":2,"type":"Gone","mode":2},{"id":3,"type":"Save","in":{"images":[2,0]}}])", R"({"3":{}})",
         missing);
    rule("8 a definition that is not in the file",
         R"([{"id":2,"type":"6fbfb0a1-0000-4000-8000-000000000000"}])", "{}", missing);
}

void TestRule8UnknownNodes::unknown()
{
    GESSO_CHECK_RULE(kClasses);
}

void TestRule8UnknownNodes::findingNamesTheNode()
{
    const auto graph = graphFromJson(
        testkit::ruleDocument(
            R"([{"id":2,"type":"Gone","title":"My node"},{"id":4,"type":"Gone","mode":2},{"id":5,"type":"Gone","mode":4}])"),
        nullptr);
    QVERIFY(graph);
    const auto conversion = convertGraph(*graph, *testkit::ruleCatalog(kClasses));
    QVERIFY(conversion);
    QCOMPARE(conversion->diagnostics.size(), 3);
    const Diagnostic& first = conversion->diagnostics.constFirst();
    QCOMPARE(first.node.toString(), QStringLiteral("2"));
    QCOMPARE(first.nodeType, QStringLiteral("Gone"));
    QCOMPARE(first.nodeTitle, QStringLiteral("My node"));
    QVERIFY(first.message.contains(u"Gone"));
    QCOMPARE(first.severity, Severity::Error);
    QCOMPARE(conversion->diagnostics.at(1).severity, Severity::Warning); // would not be sent anyway
    QCOMPARE(conversion->diagnostics.at(2).severity, Severity::Warning);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestRule8UnknownNodes)
#include "tst_rule8unknownnodes.moc"
