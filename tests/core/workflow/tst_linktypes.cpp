// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/linktypes.h"
#include "tests/core/workflow/samples.h"

#include <QTest>

namespace gesso {

class TestLinkTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
};

void TestLinkTypes::accepts_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<bool>("expected");
    QTest::newRow("same") << QByteArray(R"("IMAGE")") << QByteArray(R"(["IMAGE"])") << true;
    QTest::newRow("other") << QByteArray(R"("CLIP")") << QByteArray(R"(["LATENT"])") << false;
    QTest::newRow("case matters") << QByteArray(R"("image")") << QByteArray(R"(["IMAGE"])") << false;
    QTest::newRow("any given") << QByteArray(R"("*")") << QByteArray(R"(["IMAGE"])") << true;
    QTest::newRow("any wanted") << QByteArray(R"("IMAGE")") << QByteArray(R"(["*"])") << true;
    QTest::newRow("any among several") << QByteArray(R"("IMAGE")") << QByteArray(R"(["MASK, *"])") << true;
    QTest::newRow("one of several") << QByteArray(R"("MASK")") << QByteArray(R"(["IMAGE,MASK"])") << true;
    QTest::newRow("spaces") << QByteArray(R"("FLOAT, INT")") << QByteArray(R"(["INT ,STRING"])") << true;
    QTest::newRow("none of several") << QByteArray(R"("FLOAT,INT")") << QByteArray(R"(["IMAGE,MASK"])")
                                     << false;
    QTest::newRow("match type given")
        << QByteArray(R"("COMFY_MATCHTYPE_V3")") << QByteArray(R"(["IMAGE"])") << true;
    QTest::newRow("match type wanted")
        << QByteArray(R"("IMAGE")")
        << QByteArray(R"(["COMFY_MATCHTYPE_V3", {"template": {"template_id": "a", "allowed_types": "*"}}])")
        << true;
    QTest::newRow("dynamic slot") << QByteArray(R"("IMAGE")")
                                  << QByteArray(R"(["COMFY_DYNAMICSLOT_V3", {"slotType": "IMAGE"}])")
                                  << false;
    QTest::newRow("same list") << QByteArray(R"(["a", "b"])") << QByteArray(R"([["a", "b"]])") << true;
    QTest::newRow("other list") << QByteArray(R"(["a", "b"])") << QByteArray(R"([["a"]])") << false;
    QTest::newRow("list for a combo")
        << QByteArray(R"(["a"])") << QByteArray(R"(["COMBO", {"options": ["b"]}])") << true;
    QTest::newRow("combo for a combo")
        << QByteArray(R"("COMBO")") << QByteArray(R"(["COMBO", {"options": ["b"]}])") << true;
    QTest::newRow("combo for a list") << QByteArray(R"("COMBO")") << QByteArray(R"([["b"]])") << false;
    QTest::newRow("text for a list") << QByteArray(R"("STRING")") << QByteArray(R"([["b"]])") << false;
    QTest::newRow("list for any") << QByteArray(R"(["a"])") << QByteArray(R"(["*"])") << true;
    QTest::newRow("list for a text") << QByteArray(R"(["a"])") << QByteArray(R"(["STRING"])") << false;
}

void TestLinkTypes::accepts()
{
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, input);
    QFETCH(bool, expected);
    const auto catalog =
        NodeCatalog::parse(R"({"A": {"input": {}, "output": [)" + output
                           + R"(], "output_name": ["o"]}, "B": {"input": {"required": {"i": )" + input
                           + R"(}}, "output": []}})");
    QVERIFY(catalog);
    const OutputDefinition& given = (*catalog)->find(QStringLiteral("A"))->outputs.constFirst();
    const InputDefinition& wanted = (*catalog)->find(QStringLiteral("B"))->inputs.constFirst();
    QCOMPARE(serverAcceptsLink(given, wanted), expected);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestLinkTypes)
#include "tst_linktypes.moc"
