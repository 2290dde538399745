// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/promptvalidation.h"
#include "tests/testkit/testdata.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;
using namespace gesso::demo;

// Every error of the recorded refusals, and the shapes that have none.
class tst_PromptValidation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refusesAsRecorded_data();
    void refusesAsRecorded();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void convertsValues();
    void survivesHostilePrompts_data();
    void survivesHostilePrompts();

private:
    QTemporaryDir m_dir;
    Folders m_folders;
    NodeLibrary m_library;
};

namespace {

Json image(int width = 64)
{
    return Json{{"class_type", "EmptyImage"},
                {"inputs", {{"width", width}, {"height", 64}, {"batch_size", 1}, {"color", 0}}}};
}
Json preview(Json link)
{
    return Json{{"class_type", "PreviewImage"}, {"inputs", {{"images", std::move(link)}}}};
}

// What must agree: the texts name the recorded checkpoint, tooltips are ours, order of a Python set is
// chance.
Json comparable(Json nodeErrors)
{
    for (auto& node : nodeErrors.items()) {
        std::vector<Json> errors;
        for (Json& error : node.value()["errors"]) {
            Json& extra = error["extra_info"];
            extra.erase("traceback");
            if (Json* config = member(extra, "input_config");
                config && config->is_array() && config->size() > 1) {
                (*config)[1].erase("tooltip");
            }
            errors.push_back(error);
        }
        std::sort(errors.begin(), errors.end(), [](const Json& a, const Json& b) {
            return writeJson(a["details"]) < writeJson(b["details"]);
        });
        node.value()["errors"] = errors;
    }
    return nodeErrors;
}

// nlohmann's ordered objects differ by the order of their keys.
nlohmann::json unordered(const Json& json)
{
    return nlohmann::json::parse(writeJson(json).toStdString());
}

} // namespace

void tst_PromptValidation::initTestCase()
{
    m_folders = *Folders::create(m_dir.path());
    QImage(8, 8, QImage::Format_RGB32).save(m_folders.input + QStringLiteral("/there.png"));
}

void tst_PromptValidation::refusesAsRecorded_data()
{
    QTest::addColumn<QString>("recording");
    for (const char* name :
         {"validation_bad_combo", "validation_missing_required", "validation_other", "partial_success"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void tst_PromptValidation::refusesAsRecorded()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, recording);
    const Json entries = testkit::readJson(
        testkit::dataFolder() + QStringLiteral("/servers/comfyui-0.12.2/ws/%1.json").arg(recording));
    int compared = 0;
    for (const Json& entry : entries) {
        const Json* rest = member(entry, "rest");
        const Json* request = rest ? member(*rest, "request") : nullptr;
        if (!request || !request->is_object() || !request->contains("prompt")) {
            continue;
        }
        QByteArray text = writeJson(*rest);
        text.replace("sd15_random.safetensors", "demo-painter.safetensors");
        const Json adapted = *parseJson(text);
        Json prompt = adapted["request"]["prompt"];
        const ValidationOutcome outcome =
            PromptValidation(m_library, m_folders).validate(prompt, std::nullopt);
        const Json& expected = adapted["response"];
        QCOMPARE(outcome.isAccepted, adapted["status"] == 200);
        if (!outcome.isAccepted) {
            QCOMPARE(unordered(outcome.error), unordered(expected["error"]));
        }
        QCOMPARE(unordered(comparable(outcome.nodeErrors)), unordered(comparable(expected["node_errors"])));
        ++compared;
    }
    QVERIFY(compared > 0);
}

void tst_PromptValidation::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("details");
    const auto load = [](const char* file) {
        return writeJson(Json{{"1", {{"class_type", "LoadImage"}, {"inputs", {{"image", file}}}}},
                              {"2", preview(Json::array({"1", 0}))}});
    };
    QTest::newRow("missing file") << load("absent.png") << QStringLiteral("1")
                                  << QStringLiteral("custom_validation_failed")
                                  << QStringLiteral("image - Invalid image file: absent.png");
    QTest::newRow("file outside") << load("../there.png") << QStringLiteral("1")
                                  << QStringLiteral("custom_validation_failed")
                                  << QStringLiteral("image - Invalid image file: ../there.png");
    QTest::newRow("output with a dead link")
        << writeJson(Json{{"2", preview(Json::array({"77", 0}))}}) << QStringLiteral("2")
        << QStringLiteral("exception_during_validation") << QStringLiteral("'77'");
    QTest::newRow("slot out of range")
        << writeJson(Json{{"1", image()}, {"2", preview(Json::array({"1", 5}))}}) << QStringLiteral("2")
        << QStringLiteral("return_type_mismatch")
        << QStringLiteral("images, received_type() mismatch input_type(IMAGE)");
    QTest::newRow("negative") << writeJson(Json{{"1", image(-4)}, {"2", preview(Json::array({"1", 0}))}})
                              << QStringLiteral("1") << QStringLiteral("value_smaller_than_min")
                              << QStringLiteral("width");
    const auto wide = [](double width) {
        Json picture = image();
        picture["inputs"]["width"] = width;
        return writeJson(Json{{"1", picture}, {"2", preview(Json::array({"1", 0}))}});
    };
    QTest::newRow("beyond 64 bits") << wide(1e300) << QStringLiteral("1")
                                    << QStringLiteral("value_bigger_than_max") << QStringLiteral("width");
    QTest::newRow("as far below") << wide(-1e300) << QStringLiteral("1")
                                  << QStringLiteral("value_smaller_than_min") << QStringLiteral("width");
    QTest::newRow("number as link slot")
        << writeJson(Json{{"1", image()}, {"2", preview(Json::array({"1", "0"}))}}) << QStringLiteral("2")
        << QStringLiteral("bad_linked_input") << QStringLiteral("images");
}

void tst_PromptValidation::namesWhatIsWrong()
{
    QFETCH(QByteArray, prompt);
    QFETCH(QString, node);
    Json json = *parseJson(prompt);
    const ValidationOutcome outcome = PromptValidation(m_library, m_folders).validate(json, std::nullopt);
    QVERIFY(!outcome.isAccepted);
    QCOMPARE(stringMember(outcome.error, "type"), QStringLiteral("prompt_outputs_failed_validation"));
    QVERIFY2(outcome.nodeErrors.contains(node.toStdString()), writeJson(outcome.nodeErrors).constData());
    const Json error = outcome.nodeErrors[node.toStdString()]["errors"][0];
    QTEST(stringMember(error, "type"), "type");
    QTEST(stringMember(error, "details"), "details");
}

void tst_PromptValidation::convertsValues()
{
    Json prompt{
        {"1", image()},
        {"2",
         {{"class_type", "ImageScaleBy"},
          {"inputs", {{"image", Json::array({"1", 0})}, {"upscale_method", "area"}, {"scale_by", 1}}}}},
        {"3", preview(Json::array({"2", 0}))},
        {"4", {{"class_type", "LoadImage"}, {"inputs", {{"image", "there.png [input]"}}}}}};
    prompt["1"]["inputs"]["width"] = " 32 ";
    prompt["1"]["inputs"]["height"] = 48.9;
    const ValidationOutcome outcome = PromptValidation(m_library, m_folders).validate(prompt, std::nullopt);
    QVERIFY2(outcome.isAccepted, writeJson(outcome.nodeErrors).constData());
    QCOMPARE(writeJson(prompt["1"]["inputs"]["width"]), QByteArray("32"));
    QCOMPARE(writeJson(prompt["1"]["inputs"]["height"]), QByteArray("48"));
    QCOMPARE(writeJson(prompt["2"]["inputs"]["scale_by"]), QByteArray("1.0"));
    QCOMPARE(outcome.outputs, QStringList{QStringLiteral("3")});
}

void tst_PromptValidation::survivesHostilePrompts_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("string") << QByteArray("\"x\"");
    QTest::newRow("node is a number") << QByteArray(R"({"1": 5})");
    QTest::newRow("class is a list") << QByteArray(R"({"1": {"class_type": [], "inputs": {}}})");
    QTest::newRow("no inputs") << QByteArray(R"({"1": {"class_type": "PreviewImage"}})");
    QTest::newRow("inputs is a list")
        << QByteArray(R"({"1": {"class_type": "PreviewImage", "inputs": [1]}})");
    QTest::newRow("link to itself") << QByteArray(
        R"({"1": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}})");
    QTest::newRow("null everywhere") << QByteArray(
        R"({"1": {"class_type": "EmptyImage", "inputs": {"width": null, "height": {}, "batch_size": true, "color": "#"}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": null}}})");
    Json chain{{"0", image()}};
    for (int i = 1; i <= 3000; ++i) {
        chain.push_back({std::to_string(i),
                         Json{{"class_type", "ImageInvert"},
                              {"inputs", {{"image", Json::array({std::to_string(i - 1), 0})}}}}});
    }
    chain.push_back({"end", preview(Json::array({"3000", 0}))});
    QTest::newRow("a chain deeper than Python's stack") << writeJson(chain);
}

void tst_PromptValidation::survivesHostilePrompts()
{
    QFETCH(QByteArray, prompt);
    Json json = *parseJson(prompt);
    const ValidationOutcome outcome = PromptValidation(m_library, m_folders).validate(json, std::nullopt);
    QVERIFY(!outcome.isAccepted);
    QVERIFY(!stringMember(outcome.error, "type").isEmpty());
}

QTEST_GUILESS_MAIN(tst_PromptValidation)
#include "tst_promptvalidation.moc"
