// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/nodecatalog.h"
#include "tests/core/workflow/samples.h"
#include "tests/testkit/testdata.h"

#include <QCryptographicHash>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QFuture>
#include <QTest>
#include <QtConcurrentRun>

namespace gesso {

class TestNodeCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsClassesInServerOrder();
    void readsInputsAndOutputs();
    void orderFollowsInputOrder();
    void keepsBigIntegers();
    void hashAndBytesAreTheServers();
    void threadsShareOneDefinition();
    void toleratesOddValues();
    void refusesBroken_data();
    void refusesBroken();
    void everyRecordedDefinitionReads_data();
    void everyRecordedDefinitionReads();
};

void TestNodeCatalog::findsClassesInServerOrder()
{
    const NodeCatalogPtr catalog = testkit::sampleCatalog();
    QCOMPARE(catalog->size(), 7);
    QCOMPARE(catalog->types().constFirst(), QStringLiteral("Load"));
    QVERIFY(catalog->contains(QStringLiteral("Save")));
    QVERIFY(!catalog->contains(QStringLiteral("save")));
    QCOMPARE(catalog->find(QStringLiteral("Nothing")), nullptr);
    QVERIFY(catalog->find(QStringLiteral("Save"))->isOutputNode);
    QCOMPARE(catalog->find(QStringLiteral("Load"))->displayName, QStringLiteral("Load Image"));
}

void TestNodeCatalog::readsInputsAndOutputs()
{
    const NodeDefinition* sampler = testkit::sampleCatalog()->find(QStringLiteral("Sample"));
    QVERIFY(sampler);
    QCOMPARE(sampler->outputs.size(), 1);
    QCOMPARE(sampler->outputs.constFirst().type, QStringLiteral("IMAGE"));
    QVERIFY(!sampler->input(QStringLiteral("model"))->isWidget());
    QVERIFY(sampler->input(QStringLiteral("seed"))->hasControlColumn());
    QVERIFY(!sampler->input(QStringLiteral("steps"))->hasControlColumn());
    QCOMPARE(sampler->input(QStringLiteral("sampler"))->type, QStringLiteral("COMBO"));
    QCOMPARE(sampler->input(QStringLiteral("sampler"))->defaultValue(), Json("euler"));
    QCOMPARE(sampler->input(QStringLiteral("unique_id")), nullptr); // hidden: nobody may set it
    QCOMPARE(sampler->input(QStringLiteral("note"))->section, InputSection::Optional);

    const NodeDefinition* resize = testkit::sampleCatalog()->find(QStringLiteral("Resize"));
    const DynamicOption* option =
        resize->input(QStringLiteral("mode"))->dynamicOption(QStringLiteral("to size"));
    QVERIFY(option);
    QCOMPARE(option->inputs.at(0).name, QStringLiteral("mode.width"));

    const InputDefinition* images =
        testkit::sampleCatalog()->find(QStringLiteral("Batch"))->input(QStringLiteral("images"));
    QCOMPARE(images->grownInputs.size(), std::size_t(5));
    QCOMPARE(images->minGrown, 2);
    QCOMPARE(images->grownInputs.at(0).name, QStringLiteral("images.image0"));
    QCOMPARE(images->grownInputs.at(4).section, InputSection::Optional);
}

void TestNodeCatalog::orderFollowsInputOrder()
{
    const auto catalog =
        NodeCatalog::parse(R"({"A": {"input": {"required": {"x": ["INT"], "y": ["INT"], "z": ["INT"]}},
        "input_order": {"required": ["z", "x", "absent", "z"]}}})");
    QVERIFY(catalog);
    QStringList names;
    for (const InputDefinition& input : (*catalog)->find(QStringLiteral("A"))->inputs) {
        names.append(input.name);
    }
    QCOMPARE(names, QStringList({QStringLiteral("z"), QStringLiteral("x"), QStringLiteral("y")}));
}

void TestNodeCatalog::keepsBigIntegers()
{
    const NodeDefinition* sampler = testkit::sampleCatalog()->find(QStringLiteral("Sample"));
    const Json* max = member(sampler->input(QStringLiteral("seed"))->options, "max");
    QCOMPARE(max->get<quint64>(), Q_UINT64_C(18446744073709551615));
}

void TestNodeCatalog::hashAndBytesAreTheServers()
{
    const QByteArray bytes = R"({"A": {}})";
    const auto catalog = NodeCatalog::parse(bytes);
    QVERIFY(catalog);
    QCOMPARE((*catalog)->json(), bytes);
    QCOMPARE((*catalog)->contentHash(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    QVERIFY((*catalog)->contentHash() != testkit::sampleCatalog()->contentHash());
}

void TestNodeCatalog::threadsShareOneDefinition()
{
    const auto catalog = NodeCatalog::parse(testkit::sampleCatalog()->json());
    QVERIFY(catalog);
    const auto find = [&catalog] { return (*catalog)->find(QStringLiteral("Sample")); };
    QList<QFuture<const NodeDefinition*>> found;
    for (int i = 0; i < 64; ++i)
        found.append(QtConcurrent::run(find));
    for (const QFuture<const NodeDefinition*>& definition : std::as_const(found)) {
        QCOMPARE(definition.result(), find());
    }
}

void TestNodeCatalog::toleratesOddValues()
{
    const auto catalog = NodeCatalog::parse(
        R"({"Null": null, "Text": "x", "Odd": {"input": {"required": {"a": null, "b": [], "c": [{}], "d": "INT",
        "e": [["x"], null], "f": ["INT", 7], "g": ["COMFY_DYNAMICCOMBO_V3", {"options": [null, {"key": 1}]}],
        "h": ["COMFY_AUTOGROW_V3", {"template": {"input": {"required": {"i": ["IMAGE"]}}, "prefix": 5, "max": 1e9}}]}, "optional": 3},
        "output": [["a", "b"], null], "output_name": null, "input_order": null, "display_name": null, "deprecated": null},
        "NaN": {"input": {"required": {"x": ["FLOAT", {"max": Infinity, "default": NaN}]}}}, "Odd2": {"input": null}})");
    QVERIFY(catalog);
    QCOMPARE((*catalog)->size(), 3); // those that are objects
    const NodeDefinition* odd = (*catalog)->find(QStringLiteral("Odd"));
    QVERIFY(odd);
    QCOMPARE(odd->inputs.size(), 8);
    QCOMPARE(odd->displayName, QStringLiteral("Odd"));
    QCOMPARE(odd->outputs.at(0).type, QStringLiteral("COMBO"));
    QVERIFY(odd->input(QStringLiteral("h"))->grownInputs.size() <= 256);
    for (const InputDefinition& input : odd->inputs) {
        input.defaultValue(); // none may throw
        input.isWidget();
    }
    QVERIFY((*catalog)->find(QStringLiteral("NaN")));
    QCOMPARE((*catalog)->find(QStringLiteral("NaN"))->inputs.at(0).defaultValue(), Json(0));
}

void TestNodeCatalog::refusesBroken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("html") << QByteArray("<html>502 Bad Gateway</html>");
    QTest::newRow("array") << QByteArray("[1, 2]");
    QTest::newRow("truncated") << QByteArray(R"({"A": {"input": {"required": {)");
    QTest::newRow("cut in a key") << QByteArray(R"({"A": {}, "B)");
    QTest::newRow("unclosed") << QByteArray(R"({"A": {})");
    QTest::newRow("not UTF-8") << QByteArray("{\"\xff\xfe\": {}}");
    QTest::newRow("deep") << QByteArray(R"({"A": )") + QByteArray(100'000, '[');
}

void TestNodeCatalog::refusesBroken()
{
    QFETCH(QByteArray, bytes);
    const auto catalog = NodeCatalog::parse(bytes);
    QVERIFY(!catalog);
    QCOMPARE(catalog.error().kind, ErrorKind::Unreadable);
    QVERIFY(!catalog.error().hint.isEmpty());
}

void TestNodeCatalog::everyRecordedDefinitionReads_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("atLeast");
    QTest::newRow("0.3.64") << QStringLiteral("servers/comfyui-0.3.64/object_info.json") << 400;
    QTest::newRow("0.12.2") << QStringLiteral("servers/comfyui-0.12.2/object_info.json") << 500;
    QTest::newRow("fork") << QStringLiteral("servers/fork-0.10.0/object_info.json") << 300;
    QTest::newRow("cases") << QStringLiteral("conversion/object_info.json") << 500;
    QTest::newRow("cases 2026") << QStringLiteral("conversion/object_info-2026.json") << 600;
}

void TestNodeCatalog::everyRecordedDefinitionReads()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, path);
    QFETCH(int, atLeast);
    const auto catalog = NodeCatalog::parse(testkit::readAll(testkit::dataFolder() % u'/' % path));
    QVERIFY(catalog);
    QVERIFY((*catalog)->size() >= atLeast);
    for (const QString& type : (*catalog)->types()) {
        const NodeDefinition* definition = (*catalog)->find(type);
        QVERIFY2(definition, qPrintable(type));
        for (const InputDefinition& input : definition->inputs) {
            QVERIFY2(!input.type.isEmpty(), qPrintable(type % u'.' % input.name));
        }
    }
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestNodeCatalog)
#include "tst_nodecatalog.moc"
