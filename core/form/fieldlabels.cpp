// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/fieldlabels.h"

#include <QCoreApplication>
#include <QHash>

namespace gesso {
namespace {

struct Labels {
    Q_DECLARE_TR_FUNCTIONS(gesso::Form)
};

QString roleLabel(FieldRole role)
{
    switch (role) {
    case FieldRole::None:
        return {};
    case FieldRole::PositivePrompt:
        return Labels::tr("Prompt");
    case FieldRole::NegativePrompt:
        return Labels::tr("Negative prompt");
    case FieldRole::Seed:
        return Labels::tr("Seed");
    case FieldRole::Steps:
        return Labels::tr("Steps");
    case FieldRole::Cfg:
        return Labels::tr("Guidance");
    case FieldRole::Sampler:
        return Labels::tr("Sampler");
    case FieldRole::Scheduler:
        return Labels::tr("Scheduler");
    case FieldRole::Denoise:
        return Labels::tr("Denoise");
    case FieldRole::Width:
        return Labels::tr("Width");
    case FieldRole::Height:
        return Labels::tr("Height");
    case FieldRole::Batch:
        return Labels::tr("Batch size");
    case FieldRole::Model:
        return Labels::tr("Model");
    case FieldRole::Lora:
        return Labels::tr("LoRA");
    case FieldRole::Image:
        return Labels::tr("Picture");
    case FieldRole::Mask:
        return Labels::tr("Mask");
    case FieldRole::OutputPrefix:
        return Labels::tr("File name");
    }
    return {};
}

// Input names of ComfyUI's own nodes that everybody knows by another word.
QString inputLabel(const QString& input)
{
    static const QHash<QString, const char*> names{
        {QStringLiteral("noise_seed"), QT_TRANSLATE_NOOP("gesso::Form", "Seed")},
        {QStringLiteral("cfg"), QT_TRANSLATE_NOOP("gesso::Form", "Guidance")},
        {QStringLiteral("sampler_name"), QT_TRANSLATE_NOOP("gesso::Form", "Sampler")},
        {QStringLiteral("ckpt_name"), QT_TRANSLATE_NOOP("gesso::Form", "Checkpoint")},
        {QStringLiteral("unet_name"), QT_TRANSLATE_NOOP("gesso::Form", "Diffusion model")},
        {QStringLiteral("vae_name"), QT_TRANSLATE_NOOP("gesso::Form", "VAE")},
        {QStringLiteral("clip_name"), QT_TRANSLATE_NOOP("gesso::Form", "Text encoder")},
        {QStringLiteral("lora_name"), QT_TRANSLATE_NOOP("gesso::Form", "LoRA")},
        {QStringLiteral("strength_model"), QT_TRANSLATE_NOOP("gesso::Form", "LoRA strength")},
        {QStringLiteral("strength_clip"), QT_TRANSLATE_NOOP("gesso::Form", "LoRA strength on text")},
        {QStringLiteral("control_net_name"), QT_TRANSLATE_NOOP("gesso::Form", "ControlNet")},
        {QStringLiteral("batch_size"), QT_TRANSLATE_NOOP("gesso::Form", "Batch size")},
        {QStringLiteral("filename_prefix"), QT_TRANSLATE_NOOP("gesso::Form", "File name")},
        {QStringLiteral("negative_prompt"), QT_TRANSLATE_NOOP("gesso::Form", "Negative prompt")},
        {QStringLiteral("fps"), QT_TRANSLATE_NOOP("gesso::Form", "Frames per second")},
    };
    const char* known = names.value(input.toLower(), nullptr);
    return known ? Labels::tr(known) : QString();
}

QString prettified(const QString& input)
{
    QString text = input;
    text.replace(u'_', u' ');
    text = text.simplified();
    if (!text.isEmpty()) {
        text[0] = text.at(0).toUpper();
    }
    return text.isEmpty() ? Labels::tr("Value") : text;
}

bool keepsInputLabel(FieldRole role)
{
    // A checkpoint and a diffusion model are both "Model" to the command line, but not to an artist.
    return role == FieldRole::Model || role == FieldRole::None;
}

QHash<QString, QList<qsizetype>> byLabel(const Form& form, const FieldGroup& group)
{
    QHash<QString, QList<qsizetype>> fields;
    for (const qsizetype index : group.fields) {
        fields[form.fields.at(index).label].append(index);
    }
    return fields;
}

// Two widgets of one node ("tags" and "lyrics" are both prompts) go by their own names.
void useInputNames(Form& form, const QList<qsizetype>& equal)
{
    QHash<NodeId, int> perNode;
    for (const qsizetype index : equal) {
        ++perNode[form.fields.at(index).ref.node];
    }
    for (const qsizetype index : equal) {
        Field& field = form.fields[index];
        if (perNode.value(field.ref.node) > 1) {
            field.label = prettified(field.ref.input);
        }
    }
}

void appendNode(Form& form, const QList<qsizetype>& equal)
{
    QHash<QString, int> titles;
    for (const qsizetype index : equal) {
        ++titles[form.fields.at(index).nodeTitle];
    }
    for (const qsizetype index : equal) {
        Field& field = form.fields[index];
        const bool tellsApart = titles.value(field.nodeTitle) == 1;
        field.label +=
            tellsApart ? QString(u" (" % field.nodeTitle % u')') : QString(u" #" % field.ref.node.toString());
    }
}

void appendRef(Form& form, const QList<qsizetype>& equal)
{
    for (const qsizetype index : equal) {
        form.fields[index].label += u' ' % form.fields.at(index).ref.toString();
    }
}

} // namespace

QString labelFor(FieldRole role, const QString& input)
{
    if (!keepsInputLabel(role)) {
        return roleLabel(role);
    }
    const QString known = inputLabel(input);
    if (!known.isEmpty()) {
        return known;
    }
    return role == FieldRole::None ? prettified(input) : roleLabel(role);
}

void disambiguateLabels(Form& form)
{
    for (const FieldGroup& group : std::as_const(form.groups)) {
        for (const auto step : {&useInputNames, &appendNode, &appendRef}) {
            for (const QList<qsizetype>& equal : byLabel(form, group)) {
                if (equal.size() > 1) {
                    step(form, equal);
                }
            }
        }
    }
}

} // namespace gesso
