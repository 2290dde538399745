// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/promptvalidator.h"
#include "core/workflow/reader.h"
#include "tests/core/workflow/samples.h"

#include <QTest>

namespace gesso {
namespace {

const char* const kGood = R"({
 "1": {"class_type": "Load", "inputs": {"image": "a.png"}},
 "2": {"class_type": "Model", "inputs": {"name": "two.safetensors"}},
 "3": {"class_type": "Sample", "inputs": {"model": ["2", 0], "seed": 18446744073709551615, "steps": 20, "cfg": 8, "sampler": "heun", "image": ["1", 0]}},
 "4": {"class_type": "Save", "inputs": {"images": ["3", 0], "prefix": "x"}}})";

Prompt promptWith(QByteArrayView changes)
{
    Json json = testkit::json(kGood);
    json.merge_patch(testkit::json(changes));
    return *promptFromJson(json);
}

} // namespace

class TestPromptValidator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsAGoodPrompt();
    void finds_data();
    void finds();
    void warnsWhereTheServerDoesNotLook();
    void checksDynamicInputs();
    void nearest_data();
    void nearest();
    void longChainsAreNoTrouble();
};

void TestPromptValidator::acceptsAGoodPrompt()
{
    QCOMPARE(validatePrompt(promptWith("{}"), *testkit::sampleCatalog()), Diagnostics());
}

void TestPromptValidator::finds_data()
{
    QTest::addColumn<QByteArray>("changes");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("input");
    QTest::addColumn<QByteArray>("fix");
    const auto inSampler = [](const char* input) -> QByteArray {
        return QByteArray(R"({"3": {"inputs": )") + input + "}}";
    };
    const QString three = QStringLiteral("3");
    QTest::newRow("below min") << inSampler(R"({"steps": 0})") << QStringLiteral("value-smaller-than-min")
                               << three << QStringLiteral("steps") << QByteArray("1");
    QTest::newRow("above max") << inSampler(R"({"cfg": 100.5})") << QStringLiteral("value-bigger-than-max")
                               << three << QStringLiteral("cfg") << QByteArray("100.0");
    QTest::newRow("negative seed") << inSampler(R"({"seed": -1})") << QStringLiteral("value-smaller-than-min")
                                   << three << QStringLiteral("seed") << QByteArray("0");
    QTest::newRow("text for a number")
        << inSampler(R"({"steps": "many"})") << QStringLiteral("value-not-a-number") << three
        << QStringLiteral("steps") << QByteArray("20");
    QTest::newRow("not offered") << inSampler(R"({"sampler": "huen"})") << QStringLiteral("value-not-in-list")
                                 << three << QStringLiteral("sampler") << QByteArray(R"("heun")");
    QTest::newRow("moved file") << QByteArray(R"({"2": {"inputs": {"name": "old\\one.safetensors"}}})")
                                << QStringLiteral("value-not-in-list") << QStringLiteral("2")
                                << QStringLiteral("name") << QByteArray(R"("sd/one.safetensors")");
    QTest::newRow("no link") << inSampler(R"({"model": null})") << QStringLiteral("required-input-missing")
                             << three << QStringLiteral("model") << QByteArray();
    QTest::newRow("no value") << inSampler(R"({"cfg": null})") << QStringLiteral("required-input-missing")
                              << three << QStringLiteral("cfg") << QByteArray();
    QTest::newRow("link to nowhere") << inSampler(R"({"model": ["77", 0]})")
                                     << QStringLiteral("link-to-absent-node") << three
                                     << QStringLiteral("model") << QByteArray();
    QTest::newRow("output that is not there")
        << inSampler(R"({"model": ["2", 5]})") << QStringLiteral("link-to-absent-output") << three
        << QStringLiteral("model") << QByteArray();
    QTest::newRow("unknown class") << QByteArray(R"({"2": {"class_type": "Gone"}})")
                                   << QStringLiteral("missing-node") << QStringLiteral("2") << QString()
                                   << QByteArray();
    QTest::newRow("circle") << QByteArray(
        R"({"5": {"class_type": "Sample", "inputs": {"model": ["2", 0], "seed": 1, "steps": 1, "cfg": 1, "sampler": "euler", "image": ["3", 0]}},
        "3": {"inputs": {"image": ["5", 0]}}})")
                            << QStringLiteral("cycle") << three << QString() << QByteArray();
    QTest::newRow("nothing is saved") << QByteArray(R"({"4": null})") << QStringLiteral("no-output-node")
                                      << QString() << QString() << QByteArray();
}

void TestPromptValidator::finds()
{
    QFETCH(QByteArray, changes);
    QFETCH(QString, code);
    QFETCH(QString, node);
    QFETCH(QString, input);
    QFETCH(QByteArray, fix);
    const Diagnostics found = validatePrompt(promptWith(changes), *testkit::sampleCatalog());
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().severity, Severity::Error);
    QCOMPARE(found.constFirst().code, code);
    QCOMPARE(found.constFirst().node.toString(), node);
    QCOMPARE(found.constFirst().input, input);
    QVERIFY(!found.constFirst().message.isEmpty());
    QCOMPARE(found.constFirst().fix ? writeJson(found.constFirst().fix->value) : QByteArray(), fix);
}

void TestPromptValidator::warnsWhereTheServerDoesNotLook()
{
    const Diagnostics found = validatePrompt(
        promptWith(R"({"9": {"class_type": "Sample", "inputs": {"steps": 0}}})"), *testkit::sampleCatalog());
    QVERIFY(found.size() > 1);
    QVERIFY(!hasErrors(found));
}

void TestPromptValidator::checksDynamicInputs()
{
    const auto check = [](const char* inputs) {
        const QByteArray node = QByteArray(R"({"3": null, "5": {"class_type": "Resize", "inputs": )") + inputs
            + R"(}, "4": {"inputs": {"images": ["5", 0]}}})";
        return validatePrompt(promptWith(node), *testkit::sampleCatalog());
    };
    QCOMPARE(check(R"({"input": ["1", 0], "mode": "by factor", "mode.factor": 2, "method": "area"})"),
             Diagnostics());
    QCOMPARE(check(R"({"input": ["1", 0], "mode": "by factor", "mode.factor": 9, "method": "area"})")
                 .constFirst()
                 .code,
             QStringLiteral("value-bigger-than-max"));
    QCOMPARE(check(R"({"input": ["1", 0], "mode": "by factor", "method": "area"})").constFirst().input,
             QStringLiteral("mode.factor"));
    QCOMPARE(check(R"({"input": ["1", 0], "mode": "by faktor", "method": "area"})").constFirst().code,
             QStringLiteral("dynamic-key-unknown"));

    const Diagnostics batch = validatePrompt(
        promptWith(
            R"({"3": null, "5": {"class_type": "Batch", "inputs": {"images.image0": ["1", 0]}}, "4": {"inputs": {"images": ["5", 0]}}})"),
        *testkit::sampleCatalog());
    QCOMPARE(batch.size(), 1); // two are needed
    QCOMPARE(batch.constFirst().input, QStringLiteral("images.image1"));
}

void TestPromptValidator::nearest_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("choices");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("other slashes") << QByteArray(R"("a\\b\\c.ckpt")")
                                   << QByteArray(R"(["c.ckpt", "a/b/c.ckpt"])")
                                   << QByteArray(R"("a/b/c.ckpt")");
    QTest::newRow("other folder") << QByteArray(R"("x/c.ckpt")") << QByteArray(R"(["d.ckpt", "y\\C.ckpt"])")
                                  << QByteArray(R"("y\\C.ckpt")");
    QTest::newRow("spelling") << QByteArray(R"("dpmpp_2m_karas")")
                              << QByteArray(R"(["euler", "dpmpp_2m_karras", "dpmpp_3m"])")
                              << QByteArray(R"("dpmpp_2m_karras")");
    QTest::newRow("nothing near") << QByteArray(R"("abc")") << QByteArray(R"(["wholly different"])")
                                  << QByteArray("null");
    QTest::newRow("number") << QByteArray("3") << QByteArray("[1, 2, 4.5, 8]") << QByteArray("2");
    QTest::newRow("no choices") << QByteArray(R"("a")") << QByteArray("[]") << QByteArray("null");
    QTest::newRow("odd choices") << QByteArray(R"("a.b")") << QByteArray(R"([null, {}, ["a"], 5])")
                                 << QByteArray("null");
    QTest::newRow("no list") << QByteArray(R"("a")") << QByteArray("null") << QByteArray("null");
}

void TestPromptValidator::nearest()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, choices);
    QFETCH(QByteArray, expected);
    QCOMPARE(writeJson(nearestChoice(testkit::json(value), testkit::json(choices))), expected);
}

void TestPromptValidator::longChainsAreNoTrouble()
{
    constexpr int length = 100'000;
    Prompt prompt;
    for (int i = 0; i < length; ++i) {
        PromptNode node;
        node.id = NodeId(QString::number(i));
        node.classType = QStringLiteral("Save");
        node.setInput(QStringLiteral("images"), Json::array({std::to_string((i + 1) % length), 0}));
        node.setInput(QStringLiteral("prefix"), "x");
        prompt.nodes.append(node);
    }
    const Diagnostics found = validatePrompt(prompt, *testkit::sampleCatalog());
    const auto cycles = std::count_if(
        found.begin(), found.end(), [](const Diagnostic& diagnostic) { return diagnostic.code == u"cycle"; });
    QCOMPARE(cycles, 1);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestPromptValidator)
#include "tst_promptvalidator.moc"
