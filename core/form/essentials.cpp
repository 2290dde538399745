// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/essentials.h"

#include "core/form/samplertracer.h"

#include <algorithm>

namespace gesso {
namespace {

bool isTextKind(const Field& field)
{
    return field.kind == FieldKind::MultilineText || field.kind == FieldKind::Text;
}

bool nameHas(const QString& name, const char* word)
{
    return name.contains(QLatin1String(word), Qt::CaseInsensitive);
}

// Pictures, sounds and videos a person hands in. A node whose only used output is a mask takes a mask.
void addUploads(const FieldIndex& index, EssentialRoles& roles)
{
    QHash<qsizetype, bool> givesMaskOnly;
    for (qsizetype node = 0; node < index.nodeCount(); ++node) {
        for (const FormInput& input : index.node(node).inputs) {
            if (!input.source || !index.node(node).isActive) {
                continue;
            }
            const qsizetype origin = input.source->node;
            const bool isMask = index.node(origin).outputType(input.source->slot) == QLatin1String("MASK");
            givesMaskOnly[origin] = isMask && givesMaskOnly.value(origin, true);
        }
    }
    for (qsizetype node = 0; node < index.nodeCount(); ++node) {
        for (const qsizetype at : index.fieldsOf(node)) {
            const Field& field = index.field(at);
            if (!index.node(node).isActive || field.linked) {
                continue;
            }
            if (field.kind == FieldKind::Image && givesMaskOnly.contains(node)) {
                roles.add(at, givesMaskOnly.value(node) ? FieldRole::Mask : FieldRole::Image);
            } else if (field.kind == FieldKind::File) {
                roles.add(at, FieldRole::None);
            }
        }
    }
}

void addOutputs(const FieldIndex& index, EssentialRoles& roles)
{
    for (qsizetype node = 0; node < index.nodeCount(); ++node) {
        const qsizetype at = index.fieldAt(node, QStringLiteral("filename_prefix"));
        if (at >= 0 && index.node(node).isActive && !index.field(at).linked) {
            roles.add(at, FieldRole::OutputPrefix);
        }
    }
}

// What an input is called says what it is, where no sampler was found to follow: cloud nodes, other families.
FieldRole roleByName(const Field& field)
{
    const QString& name = field.ref.input;
    if (isTextKind(field) && nameHas(name, "negative")) {
        return FieldRole::NegativePrompt;
    }
    if (field.kind == FieldKind::MultilineText
        && (nameHas(name, "prompt") || name == QLatin1String("text"))) {
        return FieldRole::PositivePrompt;
    }
    if (field.kind == FieldKind::Seed) {
        return FieldRole::Seed;
    }
    if (field.kind == FieldKind::Integer && name == QLatin1String("width")) {
        return FieldRole::Width;
    }
    if (field.kind == FieldKind::Integer && name == QLatin1String("height")) {
        return FieldRole::Height;
    }
    if (field.kind == FieldKind::Integer && name == QLatin1String("batch_size")) {
        return FieldRole::Batch;
    }
    return FieldRole::None;
}

bool takesPicture(const FormNode& node)
{
    return std::any_of(node.inputs.begin(), node.inputs.end(), [](const FormInput& input) {
        return input.type == QLatin1String("IMAGE") || input.type == QLatin1String("LATENT");
    });
}

void addByName(const FieldIndex& index, EssentialRoles& roles)
{
    const bool hasPrompt = roles.has(FieldRole::PositivePrompt);
    const bool hasSeed = roles.has(FieldRole::Seed);
    const bool hasSize = roles.has(FieldRole::Width);
    for (qsizetype node = 0; node < index.nodeCount(); ++node) {
        for (const qsizetype at : index.fieldsOf(node)) {
            const FieldRole role = index.node(node).isActive ? roleByName(index.field(at)) : FieldRole::None;
            const bool isPrompt = role == FieldRole::PositivePrompt || role == FieldRole::NegativePrompt;
            const bool isSize =
                role == FieldRole::Width || role == FieldRole::Height || role == FieldRole::Batch;
            // A size belongs to what makes a picture, not to what crops one.
            const bool isWanted = (isPrompt && !hasPrompt) || (role == FieldRole::Seed && !hasSeed)
                || (isSize && !hasSize && !takesPicture(index.node(node)));
            if (!isWanted) {
                continue;
            }
            for (const qsizetype found :
                 index.behind(node, index.field(at).ref.input, [&](const Field& candidate) {
                     return isPrompt
                         ? isTextKind(candidate)
                         : candidate.kind == FieldKind::Seed || candidate.kind == FieldKind::Integer;
                 })) {
                roles.add(found, role);
            }
        }
    }
}

int rank(const Field& field, FieldRole role)
{
    static const QList<FieldRole> order{
        FieldRole::PositivePrompt, FieldRole::NegativePrompt, FieldRole::Image,
        FieldRole::Mask,           FieldRole::Seed,           FieldRole::Width,
        FieldRole::Height,         FieldRole::Steps,          FieldRole::Cfg,
        FieldRole::Sampler,        FieldRole::Scheduler,      FieldRole::Denoise,
        FieldRole::Batch,          FieldRole::Model,          FieldRole::Lora,
        FieldRole::OutputPrefix,
    };
    const auto rankOf = [](FieldRole known) { return static_cast<int>(order.indexOf(known)) * 2; };
    if (role != FieldRole::None) {
        return rankOf(role);
    }
    // Those without a role stand right behind what they belong to.
    if (field.kind == FieldKind::File) {
        return rankOf(FieldRole::Mask) + 1;
    }
    if (nameHas(field.ref.input, "guidance")) {
        return rankOf(FieldRole::Cfg) + 1;
    }
    return rankOf(nameHas(field.ref.input, "strength") ? FieldRole::Lora : FieldRole::Batch) + 1;
}

} // namespace

QList<EssentialField> findEssentials(const FormNodes& nodes, const QList<Field>& fields)
{
    const FieldIndex index(nodes, fields);
    EssentialRoles roles;
    SamplerTracer(index, roles).trace();
    addByName(index, roles);
    addUploads(index, roles);
    addOutputs(index, roles);

    QList<EssentialField> essentials = roles.fields();
    std::stable_sort(essentials.begin(), essentials.end(),
                     [&](const EssentialField& a, const EssentialField& b) {
                         return rank(fields.at(a.field), a.role) < rank(fields.at(b.field), b.role);
                     });
    return essentials;
}

} // namespace gesso
