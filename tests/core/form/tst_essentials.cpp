// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/essentials.h"
#include "core/form/formbuilder.h"
#include "core/workflow/reader.h"
#include "formcases.h"
#include "tests/testkit/testdata.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

FieldRole roleCalled(const QString& name)
{
    for (int role = int(FieldRole::PositivePrompt); role <= int(FieldRole::OutputPrefix); ++role) {
        if (nameOf(FieldRole(role)) == name) {
            return FieldRole(role);
        }
    }
    return FieldRole::None;
}

QStringList refsOf(const Form& form, FieldRole role)
{
    QStringList refs;
    for (const Field& field : form.fields) {
        if (field.role == role) {
            refs.append(field.ref.toString());
        }
    }
    refs.sort();
    return refs;
}

// "PositivePrompt=6.text Seed=3.seed": the fields of each role; "Seed=" means that there is none.
void compareRoles(const Form& form, const QString& expected)
{
    for (const QString& pair : expected.split(u' ', Qt::SkipEmptyParts)) {
        const FieldRole role = roleCalled(pair.section(u'=', 0, 0));
        QVERIFY2(role != FieldRole::None, qPrintable(pair));
        QStringList wanted = pair.section(u'=', 1).split(u',', Qt::SkipEmptyParts);
        wanted.sort();
        QVERIFY2(refsOf(form, role) == wanted,
                 qPrintable(QStringLiteral("%1 wanted, found %2").arg(pair, refsOf(form, role).join(u','))));
    }
}

} // namespace

class TestEssentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realWorkflows_data();
    void realWorkflows();
    void orderOfTheForm();
    void aMutedNodeIsNotEssential();
    void customFamiliesByNames();
};

void TestEssentials::realWorkflows_data()
{
    QTest::addColumn<QString>("roles");
    const auto row = [](const char* name, const char* roles) {
        QTest::newRow(name) << QString::fromLatin1(roles);
    };
    row("cases/cubiq__basic-basic_workflow",
        "PositivePrompt=6.text NegativePrompt=7.text Seed=3.seed Steps=3.steps Cfg=3.cfg "
        "Sampler=3.sampler_name "
        "Scheduler=3.scheduler Denoise=3.denoise Width=5.width Height=5.height Batch=5.batch_size "
        "Model=4.ckpt_name "
        "Image= Mask= Lora= OutputPrefix=9.filename_prefix");
    row("cases/cubiq__basic-basic_lora", "Lora=13.lora_name Model=4.ckpt_name PositivePrompt=6.text");
    row("cases/cubiq__basic-multiple_loras", "Lora=13.lora_name,14.lora_name Model=4.ckpt_name");
    // The refiner's sampler goes on from the first one's latent: seed and steps are the first one's; text and
    // numbers come from primitives.
    row("cases/cubiq__basic-SDXL_simple",
        "PositivePrompt=21.value NegativePrompt=23.value Seed=12.noise_seed Steps=26.value Sampler=28.value "
        "Model=14.ckpt_name");
    row("cases/cubiq__basic-experiments-compare_checkpoints",
        "Seed=32.value Steps=33.value Model=4.ckpt_name,37.ckpt_name Denoise=3.denoise,17.denoise");
    row("cases/cubiq__text2img-conditioning_area", "PositivePrompt=17.text,18.text NegativePrompt=7.text");
    row("cases/cubiq__image_conditioning-conditioning_unclip", "Image=15.image PositivePrompt=6.text");
    row("cases/tpl0195__wan2.1_flf2v_720_f16",
        "PositivePrompt=6.text NegativePrompt=7.text Width=83.width Height=83.height Image=52.image,72.image "
        "Model=37.unet_name");
    row("cases/examples__wan-vace_reference_to_video",
        "PositivePrompt=6.text Width=55.width Seed=3.seed Image=52.image");
    row("cases/tpl0123__api_bfl_flux1_expand_image", "PositivePrompt=7.prompt Image=17.image Seed=7.seed");
    row("cases/hand__real_sg_bypass_image_flux.1_fill_dev_OneReward",
        "PositivePrompt=23.text NegativePrompt= Seed=3.seed Cfg=3.cfg Lora=100.lora_name Model=31.unet_name");
    row("cases/tpl0123__template_qwen_image_illustration_lora",
        "PositivePrompt=76:6.text NegativePrompt=76:7.text Seed=76:3.seed");
    row("cases-2026/tpl0123__image_flux2_text_to_image", "Seed=98:25.noise_seed Sampler=98:16.sampler_name");
    row("cases-2026/tpl0123__api_google_gemini_image", "PositivePrompt=5.prompt Seed=5.seed Image=2.image");
}

void TestEssentials::realWorkflows()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, roles);
    const FormCase entry = formCase(QString::fromLatin1(QTest::currentDataTag()));
    const auto workflow = readWorkflowFile(entry.path);
    QVERIFY(workflow);
    compareRoles(buildForm(*workflow, *recordedCatalog(entry.catalog)), roles);

    // The prompt that the official front end makes of the same file means the same to the form.
    QFile expected(QFileInfo(entry.path).path() + QStringLiteral("/expected.json"));
    const bool sameIds = !roles.contains(u'.') || !roles.contains(QStringLiteral(".value"));
    if (sameIds && expected.open(QIODevice::ReadOnly)) {
        const Workflow prompt = workflowFrom(expected.readAll());
        QVERIFY(prompt.prompt());
        compareRoles(buildForm(prompt, *recordedCatalog(entry.catalog)), roles);
    }
}

void TestEssentials::orderOfTheForm()
{
    GESSO_NEEDS_DATA();
    const FormCase entry = formCase(QStringLiteral("cases/cubiq__basic-basic_lora"));
    const Form form = buildForm(*readWorkflowFile(entry.path), *recordedCatalog(entry.catalog));
    QStringList labels;
    for (const qsizetype index : form.groups.first().fields) {
        labels.append(form.fields.at(index).label);
    }
    QCOMPARE(
        labels.join(u'|'),
        QStringLiteral(
            "Prompt|Negative prompt|Seed|Width|Height|Steps|Guidance|Sampler|Scheduler|Denoise|Batch size|"
            "Checkpoint|LoRA|LoRA strength|File name"));
}

void TestEssentials::aMutedNodeIsNotEssential()
{
    GESSO_NEEDS_DATA();
    const Workflow workflow = workflowFrom(R"({"nodes": [
        {"id": 1, "type": "SaveImage", "mode": 2, "inputs": [], "outputs": [], "widgets_values": ["muted"]},
        {"id": 2, "type": "SaveImage", "mode": 4, "inputs": [], "outputs": [], "widgets_values": ["bypassed"]},
        {"id": 3, "type": "SaveImage", "mode": 0, "inputs": [], "outputs": [], "widgets_values": ["on"]}],
        "links": [], "version": 0.4})");
    const Form form = buildForm(workflow, *recordedCatalog(QStringLiteral("object_info.json")));
    compareRoles(form, QStringLiteral("OutputPrefix=3.filename_prefix"));
    QCOMPARE(form.fields.size(), 3); // but never out of reach
}

void TestEssentials::customFamiliesByNames()
{
    // A sampler of a node pack, with link types of its own.
    const NodeCatalogPtr catalog = catalogFrom(R"({
        "PackSampler": {"input": {"required": {"model": ["PACKMODEL"], "text_embeds": ["PACKTEXT"], "image_embeds": ["PACKIMG"],
            "steps": ["INT", {"default": 30}], "cfg": ["FLOAT", {"default": 6.0}], "seed": ["INT", {"default": 0}],
            "scheduler": [["unipc", "dpm"]]}}, "output": ["LATENT"], "output_name": ["samples"]},
        "PackText": {"input": {"required": {"positive_prompt": ["STRING", {"multiline": true}],
            "negative_prompt": ["STRING", {"multiline": true}]}}, "output": ["PACKTEXT"], "output_name": ["embeds"]},
        "PackLoader": {"input": {"required": {"model": [["a.safetensors"]]}}, "output": ["PACKMODEL"], "output_name": ["model"]},
        "PackEmpty": {"input": {"required": {"width": ["INT", {"default": 832}], "height": ["INT", {"default": 480}]}},
            "output": ["PACKIMG"], "output_name": ["image_embeds"]}})");
    const Workflow workflow = workflowFrom(R"({
        "1": {"class_type": "PackLoader", "inputs": {"model": "a.safetensors"}},
        "2": {"class_type": "PackText", "inputs": {"positive_prompt": "fox", "negative_prompt": "dog"}},
        "3": {"class_type": "PackEmpty", "inputs": {"width": 832, "height": 480}},
        "4": {"class_type": "PackSampler", "inputs": {"model": ["1", 0], "text_embeds": ["2", 0], "image_embeds": ["3", 0],
            "steps": 30, "cfg": 6.0, "seed": 1, "scheduler": "unipc"}}})");
    compareRoles(buildForm(workflow, *catalog),
                 QStringLiteral("PositivePrompt=2.positive_prompt NegativePrompt=2.negative_prompt "
                                "Seed=4.seed Steps=4.steps Cfg=4.cfg "
                                "Scheduler=4.scheduler Model=1.model Width=3.width Height=3.height"));
}

QTEST_GUILESS_MAIN(TestEssentials)
#include "tst_essentials.moc"
