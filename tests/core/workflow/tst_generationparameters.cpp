// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/parameters/generationparameters.h"

#include <QTest>

using namespace gesso;

namespace {

using Values = QList<std::pair<QString, QString>>;

TextList one(const char* key, const QByteArray& text)
{
    return {{QString::fromLatin1(key), text, {}}};
}

GenerationParameters expected(const char* program, const char* positive, const char* negative,
                              std::initializer_list<std::pair<const char*, const char*>> values)
{
    GenerationParameters parameters;
    parameters.program = QString::fromUtf8(program);
    parameters.positive = QString::fromUtf8(positive);
    parameters.negative = QString::fromUtf8(negative);
    for (const auto& [name, value] : values) {
        parameters.values.append({QString::fromUtf8(name), QString::fromUtf8(value)});
    }
    return parameters;
}

} // namespace

Q_DECLARE_METATYPE(gesso::GenerationParameters)

class TestGenerationParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads()
    {
        QFETCH(TextList, texts);
        QFETCH(GenerationParameters, parameters);
        const auto found = readGenerationParameters(texts);
        QVERIFY(found);
        QCOMPARE(found->program, parameters.program);
        QCOMPARE(found->positive, parameters.positive);
        QCOMPARE(found->negative, parameters.negative);
        QCOMPARE(found->values, parameters.values);
    }

    void nothing_data()
    {
        QTest::addColumn<TextList>("texts");
        QTest::newRow("none") << TextList();
        QTest::newRow("empty") << one("parameters", "");
        QTest::newRow("spaces") << one("parameters", " \n \n");
        QTest::newRow("words in a comment") << one("UserComment", "a cat, asleep");
        QTest::newRow("steps in prose") << one("UserComment", "Three Steps: up the hill");
        QTest::newRow("a prompt of ComfyUI") << one("prompt", R"({"1": {"class_type": "A", "inputs": {}}})");
        QTest::newRow("other JSON") << one("parameters", R"({"a": 1})");
        QTest::newRow("broken JSON") << one("invokeai_metadata", "{\"positive_prompt\": ");
        QTest::newRow("a list") << one("sd-metadata", "[1, 2]");
        QTest::newRow("a dream without quotes") << one("Dream", "a cat -s 50");
        QTest::newRow("more than is read") << one("parameters", QByteArray(2 * 1024 * 1024, 'x'));
    }
    void nothing()
    {
        QFETCH(TextList, texts);
        QVERIFY(!readGenerationParameters(texts));
    }

    // Linear, and never more than is promised.
    void hostile_data()
    {
        QTest::addColumn<QByteArray>("text");
        const qsizetype large = 1000 * 1000;
        QTest::newRow("commas") << "Steps: 1" + QByteArray(large, ',');
        QTest::newRow("colons") << "Steps: 1, " + QByteArray(large, ':');
        QTest::newRow("quotes that never close") << "Steps: 1" + QByteArray(", ab: \"").repeated(large / 7);
        QTest::newRow("quotes") << "Steps: 1, ab: " + QByteArray(large, '"');
        QTest::newRow("backslashes") << "Steps: 1, ab: \"" + QByteArray(large, '\\');
        QTest::newRow("names") << "Steps: 1" + QByteArray(", ab: 1").repeated(large / 7);
        QTest::newRow("one long name") << "Steps: 1, " + QByteArray(large, 'a') + ": 2";
        QTest::newRow("lines") << QByteArray("a\n").repeated(large / 2);
        QTest::newRow("lines of steps") << QByteArray("Steps:\n").repeated(large / 7);
        QTest::newRow("NULs") << "Steps: 1, ab: " + QByteArray(large, '\0');
        QTest::newRow("deep JSON in quotes") << "Steps: 1, ab: \"" + QByteArray(large, '[') + '"';
    }
    void hostile()
    {
        QFETCH(QByteArray, text);
        for (const char* key : {"parameters", "UserComment", "Dream"}) {
            if (const auto found = readGenerationParameters(one(key, text))) {
                QVERIFY(found->values.size() <= 512);
            }
        }
    }
};

void TestGenerationParameters::reads_data()
{
    QTest::addColumn<TextList>("texts");
    QTest::addColumn<GenerationParameters>("parameters");
    QTest::newRow("A1111") << one(
        "parameters",
        "a cat, (asleep:1.2)\nNegative prompt: ugly, [blurry]\nSteps: 20, Sampler: Euler a, "
        "CFG scale: 7, Seed: 965400086, Size: 512x512, Model hash: 45dee52b")
                           << expected("A1111", "a cat, (asleep:1.2)", "ugly, [blurry]",
                                       {{"Steps", "20"},
                                        {"Sampler", "Euler a"},
                                        {"CFG scale", "7"},
                                        {"Seed", "965400086"},
                                        {"Size", "512x512"},
                                        {"Model hash", "45dee52b"}});
    QTest::newRow("prompts of several lines") << one(
        "parameters", "a cat\n\nBREAK asleep\nNegative prompt: ugly\nblurry\nSteps: 1, Seed: 2, Size: 3x4")
                                              << expected("A1111", "a cat\n\nBREAK asleep", "ugly\nblurry",
                                                          {{"Steps", "1"}, {"Seed", "2"}, {"Size", "3x4"}});
    QTest::newRow("no negative prompt") << one("parameters", "a cat\nSteps: 1, Seed: 2")
                                        << expected("A1111", "a cat", "", {{"Steps", "1"}, {"Seed", "2"}});
    QTest::newRow("only a prompt") << one("parameters", "a cat") << expected("A1111", "a cat", "", {});
    QTest::newRow("only values") << one("parameters", "Steps: 1, Seed: 2")
                                 << expected("A1111", "", "", {{"Steps", "1"}, {"Seed", "2"}});
    QTest::newRow("quoted values") << one("parameters",
                                          R"(a cat
Steps: 1, Lora hashes: "a: 1f, b: 2e", ControlNet 0: "Module: canny, Weight: 1", Note: "say \"hi\"\nthere", Version: v1.10.1)")
                                   << expected("A1111", "a cat", "",
                                               {{"Steps", "1"},
                                                {"Lora hashes", "a: 1f, b: 2e"},
                                                {"ControlNet 0", "Module: canny, Weight: 1"},
                                                {"Note", "say \"hi\"\nthere"},
                                                {"Version", "v1.10.1"}});
    QTest::newRow("a quote that does not close")
        << one("parameters", "a\nSteps: 1, Note: \"open, Seed: 2")
        << expected("A1111", "a", "", {{"Steps", "1"}, {"Note", "\"open"}, {"Seed", "2"}});
    QTest::newRow("Forge") << one("parameters", "a\nSteps: 1, Version: f2.0.1v1.10.1-previous-669-gdfdcbab6")
                           << expected("Forge", "a", "",
                                       {{"Steps", "1"}, {"Version", "f2.0.1v1.10.1-previous-669-gdfdcbab6"}});
    QTest::newRow("SD.Next") << one("parameters", "a\nSteps: 1, App: SD.Next")
                             << expected("SD.Next", "a", "", {{"Steps", "1"}, {"App", "SD.Next"}});
    QTest::newRow("a saver of ComfyUI")
        << one("parameters", "a\nSteps: 1, Version: ComfyUI")
        << expected("ComfyUI", "a", "", {{"Steps", "1"}, {"Version", "ComfyUI"}});
    QTest::newRow("lines of extensions")
        << one("parameters", "a red cat\nSteps: 1, Seed: 2\nTemplate: a {red|green} cat, asleep")
        << expected("A1111", "a red cat", "",
                    {{"Steps", "1"}, {"Seed", "2"}, {"Template", "a {red|green} cat, asleep"}});
    QTest::newRow("Windows' line ends")
        << one("parameters", "a\r\nNegative prompt: b\r\nSteps: 1, Seed: 2\r\n")
        << expected("A1111", "a", "b", {{"Steps", "1"}, {"Seed", "2"}});
    QTest::newRow("in a UserComment") << one("UserComment", "a cat\nSteps: 1, Seed: 2")
                                      << expected("A1111", "a cat", "", {{"Steps", "1"}, {"Seed", "2"}});
    QTest::newRow("all scripts, markup stays text")
        << one("parameters", "<b>grüße</b> 漢字 🎨\nSteps: 1, Seed: 2")
        << expected("A1111", "<b>grüße</b> 漢字 🎨", "", {{"Steps", "1"}, {"Seed", "2"}});
    QTest::newRow("InvokeAI") << one(
        "invokeai_metadata",
        R"({"app_version": "5.0", "positive_prompt": "a cat", "negative_prompt": "ugly",
                   "seed": 18446744073709551615, "cfg_scale": 7.5, "model": {"key": "k", "name": "sdxl"},
                   "vae": null, "loras": []})")
                              << expected("InvokeAI", "a cat", "ugly",
                                          {{"app_version", "5.0"},
                                           {"seed", "18446744073709551615"},
                                           {"cfg_scale", "7.5"},
                                           {"model", "sdxl"},
                                           {"loras", "[]"}});
    QTest::newRow("InvokeAI 2")
        << one("sd-metadata",
               R"({"model": "stable diffusion", "app_version": "2.3",
                   "image": {"prompt": [{"prompt": "a cat", "weight": 1.0}], "steps": 50, "seed": 7}})")
        << expected("InvokeAI", "a cat", "",
                    {{"steps", "50"}, {"seed", "7"}, {"model", "stable diffusion"}, {"app_version", "2.3"}});
    QTest::newRow("InvokeAI's command line")
        << one("Dream", R"("a "big" cat -- asleep" -s 50 -S7 -W 512 -H 640 -C 7.5 -A k_lms --upscale 2)")
        << expected("InvokeAI", "a \"big\" cat -- asleep", "",
                    {{"steps", "50"},
                     {"seed", "7"},
                     {"width", "512"},
                     {"height", "640"},
                     {"cfg_scale", "7.5"},
                     {"sampler", "k_lms"},
                     {"upscale", "2"}});
    QTest::newRow("InvokeAI's command line without flags")
        << one("Dream", "\"a cat\"") << expected("InvokeAI", "a cat", "", {});
    const QByteArray swarm =
        R"({"sui_image_params": {"prompt": "a cat", "negativeprompt": "ugly", "seed": 1, "cfgscale": 7.0,
        "model": "a/b", "automaticvae": true}, "sui_extra_data": {"date": "2025-01-25"}})";
    const GenerationParameters swarmParameters = expected("SwarmUI", "a cat", "ugly",
                                                          {{"seed", "1"},
                                                           {"cfgscale", "7.0"},
                                                           {"model", "a/b"},
                                                           {"automaticvae", "true"},
                                                           {"date", "2025-01-25"}});
    QTest::newRow("SwarmUI") << one("parameters", swarm) << swarmParameters;
    QTest::newRow("SwarmUI in JPEG") << one("UserComment", swarm) << swarmParameters;
    QTest::newRow("NovelAI") << one("Software", "NovelAI")
            + one("Comment", R"({"prompt": "a cat", "steps": 28, "uc": "ugly", "scale": 5.5})")
                             << expected("NovelAI", "a cat", "ugly", {{"steps", "28"}, {"scale", "5.5"}});
    QTest::newRow("Fooocus") << one("fooocus_scheme", "fooocus")
            + one("parameters", R"({"prompt": "a cat", "negative_prompt": "ugly", "steps": 30})")
                             << expected("Fooocus", "a cat", "ugly", {{"steps", "30"}});
}

QTEST_GUILESS_MAIN(TestGenerationParameters)
#include "tst_generationparameters.moc"
