// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/nearestchoice.h"
#include "core/workflow/promptvalidator.h"
#include "core/workflow/reader.h"
#include "tests/core/workflow/samples.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

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
    void says_data();
    void says();
    void warnsWhereTheServerDoesNotLook();
    void checksDynamicInputs();
    void checksSlotInputs();
    void checksSeveralChoices();
    void readsValuesAsTheServerDoes_data();
    void readsValuesAsTheServerDoes();
    void linksOfPacksAreOnlyDoubted();
    void looksOnlyThroughDeclaredInputs();
    void nearest_data();
    void nearest();
    void nearestSpellingIsTheNearest();
    void longChainsAreNoTrouble();
    void namesAreNoPatterns();
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
                              << three << QStringLiteral("cfg") << QByteArray("8.0");
    QTest::newRow("link to nowhere") << inSampler(R"({"model": ["77", 0]})")
                                     << QStringLiteral("link-to-absent-node") << three
                                     << QStringLiteral("model") << QByteArray();
    QTest::newRow("output that is not there")
        << inSampler(R"({"model": ["2", 5]})") << QStringLiteral("link-to-absent-output") << three
        << QStringLiteral("model") << QByteArray();
    QTest::newRow("link that is none")
        << inSampler(R"({"model": ["2"]})") << QStringLiteral("bad-linked-input") << three
        << QStringLiteral("model") << QByteArray();
    QTest::newRow("other type") << inSampler(R"({"model": ["1", 0]})") << QStringLiteral("link-type-mismatch")
                                << three << QStringLiteral("model") << QByteArray();
    QTest::newRow("null for a number")
        << QByteArray(R"({"3": {"inputs": {"steps": {}}}})") << QStringLiteral("value-not-a-number") << three
        << QStringLiteral("steps") << QByteArray("20");
    QTest::newRow("other format of a model")
        << QByteArray(R"({"2": {"inputs": {"name": "SD/One.ckpt"}}})") << QStringLiteral("value-not-in-list")
        << QStringLiteral("2") << QStringLiteral("name") << QByteArray(R"("sd/one.safetensors")");
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

// What is wrong, by title and id, and the way out.
void TestPromptValidator::says_data()
{
    QTest::addColumn<QByteArray>("changes");
    QTest::addColumn<QString>("message");
    QTest::newRow("circle") << QByteArray(
        R"({"5": {"class_type": "Sample", "_meta": {"title": "Second"}, "inputs": {"model": ["2", 0], "seed": 1, "steps": 1, "cfg": 1, "sampler": "euler", "image": ["3", 0]}},
        "3": {"inputs": {"image": ["5", 0]}, "_meta": {"title": "First"}}})")
                            << QStringLiteral("These nodes wait for each other in a circle: “First” (3), "
                                              "“Second” (5). Remove one "
                                              "of the links between them.");
    QTest::newRow("nothing is near")
        << QByteArray(R"({"3": {"inputs": {"sampler": "zzzzzzzzzzzz"}}})")
        << QStringLiteral("This server has no “zzzzzzzzzzzz” for “sampler”. Choose one of “euler”, “heun”.");
    QTest::newRow("an object") << QByteArray(R"({"3": {"inputs": {"steps": {"a": 1}}}})")
                               << QStringLiteral("“steps” must be a number, not “{\"a\":1}”.");
}

void TestPromptValidator::says()
{
    QFETCH(QByteArray, changes);
    QFETCH(QString, message);
    const Diagnostics found = validatePrompt(promptWith(changes), *testkit::sampleCatalog());
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().message, message);
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

    const Diagnostics many = validatePrompt(
        promptWith(
            R"({"3": null, "5": {"class_type": "Batch", "inputs": {"images.image0": ["1", 0], "images.image1": ["1", 0], "images.image5": ["1", 0]}}, "4": {"inputs": {"images": ["5", 0]}}})"),
        *testkit::sampleCatalog());
    QCOMPARE(many.size(), 1); // five are the most
    QCOMPARE(many.constFirst().code, QStringLiteral("too-many-inputs"));
    QCOMPARE(many.constFirst().severity, Severity::Warning);
    QCOMPARE(many.constFirst().input, QStringLiteral("images.image5"));
}

void TestPromptValidator::checksSlotInputs()
{
    const auto check = [](const char* inputs) {
        const auto catalog = NodeCatalog::parse(
            R"({"Any": {"input": {}, "output": ["*"], "output_name": ["any"]},
            "Slot": {"input": {"optional": {"image": ["COMFY_DYNAMICSLOT_V3", {"slotType": "IMAGE",
            "inputs": {"required": {"amount": ["INT", {"max": 9}]}}}]}}, "output": [], "output_node": true}})");
        return validatePrompt(
            *promptFromJson(testkit::json(QByteArray(
                QByteArray(
                    R"({"1": {"class_type": "Any", "inputs": {}}, "2": {"class_type": "Slot", "inputs": )")
                + inputs + "}}"))),
            **catalog);
    };
    QCOMPARE(check("{}"), Diagnostics()); // not linked: its inputs are not there
    const Diagnostics linked = check(R"({"image": ["1", 0]})");
    QCOMPARE(linked.size(), 1);
    QCOMPARE(linked.constFirst().code, QStringLiteral("required-input-missing"));
    QCOMPARE(linked.constFirst().input, QStringLiteral("image.amount"));
    QCOMPARE(check(R"({"image": ["1", 0], "image.amount": 10})").constFirst().code,
             QStringLiteral("value-bigger-than-max"));
}

void TestPromptValidator::checksSeveralChoices()
{
    const auto catalog = NodeCatalog::parse(
        R"({"Pick": {"input": {"required": {"tags": ["COMBO", {"multiselect": true, "options": ["red", "green", "blue"]}],
        "size": [[64, 128, 256]]}}, "output": [], "output_node": true}})");
    const auto check = [&catalog](const char* inputs) {
        return validatePrompt(*promptFromJson(testkit::json(QByteArray(
                                  QByteArray(R"({"1": {"class_type": "Pick", "inputs": )") + inputs + "}}"))),
                              **catalog);
    };
    QCOMPARE(check(R"({"tags": {"__value__": ["red", "blue"]}, "size": 128})"), Diagnostics());
    QCOMPARE(check(R"({"tags": {"__value__": []}, "size": 128.0})"), Diagnostics());
    const Diagnostics wrong =
        check(R"({"tags": {"__value__": ["red", "grene", "wholly other"]}, "size": "128"})");
    QCOMPARE(wrong.size(), 2);
    QCOMPARE(wrong.at(0).code, QStringLiteral("value-not-in-list"));
    QCOMPARE(writeJson(wrong.at(0).fix->value), QByteArray(R"(["red","green"])"));
    QVERIFY(wrong.at(0).message.contains(u"grene"));
    QCOMPARE(wrong.at(1).input, QStringLiteral("size")); // the text 128 is not the number
    QCOMPARE(writeJson(check(R"({"tags": "red", "size": 200})").constFirst().fix->value), QByteArray("256"));
}

void TestPromptValidator::readsValuesAsTheServerDoes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("code"); // empty: nothing is wrong
    QTest::addColumn<bool>("isError");
    const QString notANumber = QStringLiteral("value-not-a-number");
    const QString otherwise = QStringLiteral("value-read-otherwise");
    const QByteArray whole = R"(["INT", {"min": 1, "max": 18446744073709551615}])";
    QTest::newRow("text of digits") << whole << QByteArray(R"(" 12 ")") << QString() << true;
    QTest::newRow("text of a fraction") << whole << QByteArray(R"("1.5")") << notANumber << true;
    QTest::newRow("fraction") << whole << QByteArray("1.5") << otherwise << false;
    QTest::newRow("whole float") << whole << QByteArray("2.0") << QString() << true;
    QTest::newRow("fraction cut below the minimum")
        << whole << QByteArray("0.9") << QStringLiteral("value-smaller-than-min") << true;
    QTest::newRow("true is one") << whole << QByteArray("true") << QString() << true;
    QTest::newRow("null") << whole << QByteArray("null") << notANumber << true;
    QTest::newRow("object") << whole << QByteArray(R"({"a": 1})") << notANumber << true;
    QTest::newRow("largest seed") << whole << QByteArray("18446744073709551615") << QString() << true;
    QTest::newRow("largest seed as text")
        << whole << QByteArray(R"("18446744073709551615")") << QString() << true;
    QTest::newRow("beyond it as text") << whole << QByteArray(R"("99999999999999999999999")")
                                       << QStringLiteral("value-bigger-than-max") << true;
    const QByteArray real = R"(["FLOAT", {"min": 0.0, "max": 10.0}])";
    QTest::newRow("text of a float") << real << QByteArray(R"("1e0")") << QString() << true;
    QTest::newRow("too large as text")
        << real << QByteArray(R"("1e2")") << QStringLiteral("value-bigger-than-max") << true;
    QTest::newRow("infinite") << real << QByteArray(R"("inf")") << QStringLiteral("value-bigger-than-max")
                              << true;
    QTest::newRow("not a number at all") << real << QByteArray(R"("nan")") << QString() << true;
    QTest::newRow("comma") << real << QByteArray(R"("1,5")") << notANumber << true;
    QTest::newRow("empty text") << real << QByteArray(R"("")") << notANumber << true;
    const QByteArray yes = R"(["BOOLEAN", {}])";
    QTest::newRow("boolean") << yes << QByteArray("false") << QString() << true;
    QTest::newRow("text false is true") << yes << QByteArray(R"("false")") << otherwise << false;
    QTest::newRow("text true") << yes << QByteArray(R"("true")") << QString() << true;
    QTest::newRow("zero") << yes << QByteArray("0") << QString() << true;
    const QByteArray words = R"(["STRING", {}])";
    QTest::newRow("number for a text") << words << QByteArray("7") << QString() << true;
    QTest::newRow("null for a text") << words << QByteArray("null") << otherwise << false;
    const QByteArray either = R"(["FLOAT,INT", {"widgetType": "FLOAT", "min": 0, "max": 5}])";
    QTest::newRow("union within") << either << QByteArray("5") << QString() << true;
    QTest::newRow("union beyond") << either << QByteArray("5.5") << QStringLiteral("value-bigger-than-max")
                                  << true;
    QTest::newRow("union with limits, text") << either << QByteArray(R"("2")") << notANumber << true;
    QTest::newRow("union without limits, text")
        << QByteArray(R"(["FLOAT,STRING", {}])") << QByteArray(R"("2")") << QString() << true;
    const QByteArray file = R"([["a.png"], {"image_upload": true}])";
    QTest::newRow("file that is not there")
        << file << QByteArray(R"("b.png")") << QStringLiteral("value-not-in-list") << true;
    QTest::newRow("file in a folder")
        << file << QByteArray(R"("pasted/b.png")") << QStringLiteral("value-not-in-list") << false;
    QTest::newRow("file of another place")
        << file << QByteArray(R"("b.png [output]")") << QStringLiteral("value-not-in-list") << false;
    QTest::newRow("remote choices") << QByteArray(R"(["COMBO", {"remote": {"route": "/x"}}])")
                                    << QByteArray(R"("anything")") << QString() << true;
    QTest::newRow("nothing to choose from")
        << QByteArray("[[]]") << QByteArray(R"("a")") << QStringLiteral("value-not-in-list") << true;
}

void TestPromptValidator::readsValuesAsTheServerDoes()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, value);
    QFETCH(QString, code);
    QFETCH(bool, isError);
    const auto catalog = NodeCatalog::parse(R"({"N": {"input": {"required": {"v": )" + type
                                            + R"(}}, "output": [], "output_node": true}})");
    const Diagnostics found =
        validatePrompt(*promptFromJson(testkit::json(
                           QByteArray(R"({"1": {"class_type": "N", "inputs": {"v": )" + value + "}}}"))),
                       **catalog);
    QCOMPARE(found.isEmpty() ? QString() : found.constFirst().code, code);
    QVERIFY(found.size() <= 1);
    if (!code.isEmpty()) {
        QCOMPARE(found.constFirst().severity, isError ? Severity::Error : Severity::Warning);
    }
}

// Classes of packs may compare the types of links themselves: whether they do is not in the definitions.
void TestPromptValidator::linksOfPacksAreOnlyDoubted()
{
    const auto catalog = NodeCatalog::parse(
        R"({"Pack": {"input": {}, "output": ["MASK"], "output_name": ["m"], "python_module": "custom_nodes.pack"},
        "Save": {"input": {"required": {"images": ["IMAGE"]}}, "output": [], "output_node": true, "python_module": "nodes"}})");
    const Diagnostics found = validatePrompt(
        *promptFromJson(testkit::json(
            R"({"1": {"class_type": "Pack", "inputs": {}}, "2": {"class_type": "Save", "inputs": {"images": ["1", 0]}}})")),
        **catalog);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().code, QStringLiteral("link-type-mismatch"));
    QCOMPARE(found.constFirst().severity, Severity::Warning);
}

// What hangs at an input that the class does not have is never looked at by the server.
void TestPromptValidator::looksOnlyThroughDeclaredInputs()
{
    const Diagnostics found = validatePrompt(
        promptWith(
            R"({"9": {"class_type": "Sample", "inputs": {"steps": 0}}, "4": {"inputs": {"undeclared": ["9", 0]}}})"),
        *testkit::sampleCatalog());
    QVERIFY(!found.isEmpty());
    QVERIFY(!hasErrors(found));
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
    QTest::newRow("folder with most in common")
        << QByteArray(R"("sdxl/new/c.ckpt")") << QByteArray(R"(["c.ckpt", "x/new/c.ckpt", "old/c.ckpt"])")
        << QByteArray(R"("x/new/c.ckpt")");
    QTest::newRow("other format") << QByteArray(R"("m/model.safetensors")")
                                  << QByteArray(R"(["model_v2.safetensors", "x/Model.gguf"])")
                                  << QByteArray(R"("x/Model.gguf")");
    QTest::newRow("a suffix alone is not near")
        << QByteArray(R"("abcdef.safetensors")") << QByteArray(R"(["uvwxyz.safetensors"])")
        << QByteArray("null");
    QTest::newRow("other case") << QByteArray(R"("EULER")") << QByteArray(R"(["heun", "euler"])")
                                << QByteArray(R"("euler")");
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

// Against the plain way to measure, with texts of few letters, so that many are near.
void TestPromptValidator::nearestSpellingIsTheNearest()
{
    const auto plainDistance = [](const std::string& a, const std::string& b) {
        std::vector<std::size_t> row(b.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t(0));
        for (std::size_t i = 1; i <= a.size(); ++i) {
            std::size_t diagonal = std::exchange(row[0], i);
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t above = row[j];
                row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
                diagonal = above;
            }
        }
        return row[b.size()];
    };
    QRandomGenerator random(7);
    const auto text = [&random] {
        std::string letters(std::size_t(random.bounded(1, 16)), 'a');
        for (char& c : letters) {
            c = char('a' + random.bounded(4));
        }
        return letters;
    };
    Json choices = Json::array();
    for (int i = 0; i < 40; ++i) {
        choices.push_back(text());
    }
    NearestChoices nearest; // prepared once for all
    for (int i = 0; i < 2000; ++i) {
        const std::string wanted = text();
        Json expected;
        std::size_t least = std::max<std::size_t>(2, wanted.size() / 3) + 1;
        for (const Json& choice : choices) {
            const std::size_t found = plainDistance(wanted, choice.get<std::string>());
            if (found < least) {
                least = found;
                expected = choice;
            }
        }
        QCOMPARE(nearest.find(wanted, choices), expected);
    }
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

// A server's names stand in the message as they are, also those that look like the places of a message.
void TestPromptValidator::namesAreNoPatterns()
{
    const NodeCatalogPtr catalog = *NodeCatalog::parse(R"({
"From": {"input": {}, "output": ["IMAGE"], "output_name": ["IMAGE"], "display_name": "100 %4 %1"},
"To": {"input": {"required": {"in%2": ["IMAGE"]}}, "output": [], "output_node": true, "display_name": "To"}})");
    const Prompt prompt = *promptFromJson(testkit::json(R"({
"1": {"class_type": "From", "inputs": {}}, "2": {"class_type": "To", "inputs": {"in%2": ["1", 5]}}})"));
    const Diagnostics found = validatePrompt(prompt, *catalog);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().code, QStringLiteral("link-to-absent-output"));
    QCOMPARE(found.constFirst().message,
             u"“in%2” is linked to output 6 of “100 %4 %1”, which has only 1."_qs);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestPromptValidator)
#include "tst_promptvalidator.moc"
