// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/samplertracer.h"

#include <algorithm>

namespace gesso {
namespace {

constexpr QLatin1String kConditioning("CONDITIONING");
constexpr QLatin1String kGuider("GUIDER");
constexpr QLatin1String kLatent("LATENT");

// A hostile chain of nodes must not exhaust the stack; no real graph comes near.
constexpr qsizetype kMaxVisited = 4000;

bool nameHas(const QString& name, const char* word)
{
    return name.contains(QLatin1String(word), Qt::CaseInsensitive);
}

bool isNegative(const QString& name)
{
    return nameHas(name, "neg");
}

bool hasOutput(const FormNode& node, QLatin1String type)
{
    const int count = static_cast<int>(node.definition      ? node.definition->outputs.size()
                                           : node.graphNode ? node.graphNode->outputs.size()
                                                            : 0);
    for (int slot = 0; slot < count; ++slot) {
        if (node.outputType(slot) == type) {
            return true;
        }
    }
    return false;
}

bool carriesConditioning(const FormInput& input)
{
    return input.type == kConditioning || nameHas(input.name, "text_embeds");
}

bool carriesModel(const FormInput& input)
{
    // Switches take whatever they are given.
    return input.type == QLatin1String("MODEL") || input.name == QLatin1String("model")
        || input.type.contains(QLatin1String("MATCHTYPE")) || input.type == QLatin1String("*");
}

// Nodes a sampler is split into: noise, schedule, algorithm, guider.
bool carriesSettings(const FormInput& input)
{
    return input.type == QLatin1String("NOISE") || input.type == QLatin1String("SIGMAS")
        || input.type == QLatin1String("SAMPLER") || input.type == kGuider;
}

FieldRole settingRole(const Field& field)
{
    const QString& name = field.ref.input;
    if (field.kind == FieldKind::Seed) {
        return FieldRole::Seed;
    }
    if (name == QLatin1String("steps")) {
        return FieldRole::Steps;
    }
    if (name == QLatin1String("cfg") || name == QLatin1String("cfg_scale")
        || name == QLatin1String("cfg_conds")) {
        return FieldRole::Cfg;
    }
    if (name == QLatin1String("sampler_name")
        || (name == QLatin1String("sampler") && field.kind == FieldKind::Combo)) {
        return FieldRole::Sampler;
    }
    if (name == QLatin1String("scheduler")) {
        return FieldRole::Scheduler;
    }
    if (name == QLatin1String("denoise") || name == QLatin1String("denoise_strength")) {
        return FieldRole::Denoise;
    }
    return FieldRole::None;
}

bool fitsKind(const Field& field, FieldRole role)
{
    switch (role) {
    case FieldRole::PositivePrompt:
    case FieldRole::NegativePrompt:
        return field.kind == FieldKind::MultilineText || field.kind == FieldKind::Text;
    case FieldRole::Cfg:
    case FieldRole::Denoise:
        return field.kind == FieldKind::Float || field.kind == FieldKind::Integer;
    case FieldRole::Sampler:
    case FieldRole::Scheduler:
    case FieldRole::Model:
    case FieldRole::Lora:
        return field.kind == FieldKind::Combo;
    default:
        return field.kind == FieldKind::Integer || field.kind == FieldKind::Seed;
    }
}

} // namespace

void EssentialRoles::add(qsizetype field, FieldRole role)
{
    if (m_known.contains(field)) {
        return;
    }
    m_known.insert(field);
    m_present.insert(role);
    m_fields.append({field, role});
}

SamplerTracer::SamplerTracer(const FieldIndex& index, EssentialRoles& roles)
    : m_index(index)
    , m_roles(roles)
{
}

void SamplerTracer::trace()
{
    QList<qsizetype> samplers;
    for (qsizetype node = 0; node < m_index.nodeCount(); ++node) {
        if (isSampler(node)) {
            samplers.append(node);
        }
    }
    QList<qsizetype> first;
    std::copy_if(samplers.begin(), samplers.end(), std::back_inserter(first),
                 [this](qsizetype sampler) { return !followsAnotherSampler(sampler); });
    if (first.isEmpty()) {
        first = samplers; // a ring of samplers: better all than none
    }
    // All positives before any negative: an encoder that feeds both sides is the prompt.
    for (const Side side : {Side::Positive, Side::Negative}) {
        QSet<qsizetype> visited;
        for (const qsizetype sampler : std::as_const(samplers)) {
            tracePrompts(sampler, side, visited);
        }
    }
    for (const qsizetype sampler : std::as_const(first)) {
        QSet<qsizetype> settings;
        traceSettings(sampler, settings);
        QSet<qsizetype> size;
        traceSize(sampler, size);
        QSet<qsizetype> model;
        traceModel(sampler, model);
    }
}

bool SamplerTracer::isSampler(qsizetype at) const
{
    const FormNode& node = m_index.node(at);
    if (!node.isActive) {
        return false;
    }
    const bool takesConditioning =
        std::any_of(node.inputs.begin(), node.inputs.end(), [](const FormInput& input) {
            return input.linked && (input.type == kConditioning || input.type == kGuider);
        });
    if (takesConditioning && !hasOutput(node, kConditioning) && !hasOutput(node, kGuider)) {
        return true;
    }
    const QList<qsizetype> fields = m_index.fieldsOf(at);
    const auto hasRole = [&](FieldRole role) {
        return std::any_of(fields.begin(), fields.end(),
                           [&](qsizetype field) { return settingRole(m_index.field(field)) == role; });
    };
    return hasRole(FieldRole::Seed) && hasRole(FieldRole::Steps);
}

bool SamplerTracer::followsAnotherSampler(qsizetype sampler) const
{
    QSet<qsizetype> visited{sampler};
    const QList<FormInput>& inputs = m_index.node(sampler).inputs;
    return std::any_of(inputs.begin(), inputs.end(), [&](const FormInput& input) {
        return input.source && input.type == kLatent && reachesSampler(input.source->node, visited);
    });
}

bool SamplerTracer::reachesSampler(qsizetype at, QSet<qsizetype>& visited) const
{
    if (visited.contains(at) || visited.size() > kMaxVisited) {
        return false;
    }
    visited.insert(at);
    if (isSampler(at)) {
        return true;
    }
    // Through pictures too: a hi-res pass may decode, scale and encode again.
    const QList<FormInput>& inputs = m_index.node(at).inputs;
    return std::any_of(inputs.begin(), inputs.end(), [&](const FormInput& input) {
        const bool carriesPicture =
            input.type == kLatent || input.type == QLatin1String("IMAGE") || nameHas(input.name, "pixels");
        return input.source && carriesPicture && reachesSampler(input.source->node, visited);
    });
}

void SamplerTracer::tracePrompts(qsizetype at, Side side, QSet<qsizetype>& visited)
{
    for (const FormInput& input : m_index.node(at).inputs) {
        if (!input.source) {
            continue;
        }
        if (input.type == kGuider && !visited.contains(input.source->node)) {
            visited.insert(input.source->node);
            tracePrompts(input.source->node, side, visited);
        } else if (carriesConditioning(input) && isNegative(input.name) == (side == Side::Negative)) {
            traceConditioning(input.source->node, input.source->slot, side, visited);
        }
    }
}

void SamplerTracer::traceConditioning(qsizetype at, int slot, Side side, QSet<qsizetype>& visited)
{
    if (visited.contains(at) || visited.size() > kMaxVisited) {
        return;
    }
    visited.insert(at);
    const FormNode& node = m_index.node(at);
    for (const qsizetype field : m_index.fieldsOf(at)) {
        const Field& own = m_index.field(field);
        const bool isText = own.kind == FieldKind::MultilineText
            || (own.kind == FieldKind::Text
                && (nameHas(own.ref.input, "prompt") || own.ref.input == QLatin1String("text")));
        if (isText) {
            const bool isOther = side == Side::Positive && isNegative(own.ref.input);
            addBehind(at, own.ref.input,
                      side == Side::Negative || isOther ? FieldRole::NegativePrompt
                                                        : FieldRole::PositivePrompt);
        } else if (own.kind == FieldKind::Float && own.ref.input == QLatin1String("guidance")
                   && !own.linked) {
            m_roles.add(field, FieldRole::None);
        }
    }
    // A node with both sides names its outputs alike; others pass on everything they take.
    const FormInput* sameName = node.input(node.outputName(slot));
    if (sameName && carriesConditioning(*sameName)) {
        if (sameName->source) {
            traceConditioning(sameName->source->node, sameName->source->slot, side, visited);
        }
        return;
    }
    for (const FormInput& input : node.inputs) {
        if (input.source && carriesConditioning(input)
            && (side == Side::Negative || !isNegative(input.name))) {
            traceConditioning(input.source->node, input.source->slot, side, visited);
        }
    }
}

void SamplerTracer::traceSettings(qsizetype at, QSet<qsizetype>& visited)
{
    if (visited.contains(at) || visited.size() > kMaxVisited) {
        return;
    }
    visited.insert(at);
    for (const qsizetype field : m_index.fieldsOf(at)) {
        if (const FieldRole role = settingRole(m_index.field(field)); role != FieldRole::None) {
            addBehind(at, m_index.field(field).ref.input, role);
        }
    }
    for (const FormInput& input : m_index.node(at).inputs) {
        if (input.source && carriesSettings(input)) {
            traceSettings(input.source->node, visited);
        }
    }
}

void SamplerTracer::traceSize(qsizetype at, QSet<qsizetype>& visited)
{
    for (const FormInput& input : m_index.node(at).inputs) {
        if (!input.source || visited.contains(input.source->node) || visited.size() > kMaxVisited) {
            continue;
        }
        const qsizetype origin = input.source->node;
        const bool isLatent =
            input.type == kLatent || (input.type != kConditioning && nameHas(input.name, "image_embeds"));
        if (!isLatent || isSampler(origin)) {
            continue;
        }
        visited.insert(origin);
        traceSize(origin, visited);
        if (m_roles.has(FieldRole::Width) && m_index.node(origin).input(QStringLiteral("samples"))) {
            continue; // scales a latent whose size is already known
        }
        addBehind(origin, QStringLiteral("width"), FieldRole::Width);
        addBehind(origin, QStringLiteral("height"), FieldRole::Height);
        addBehind(origin, QStringLiteral("batch_size"), FieldRole::Batch);
        if (const qsizetype length = m_index.fieldAt(origin, QStringLiteral("length"));
            length >= 0 && !m_index.field(length).linked) {
            m_roles.add(length, FieldRole::None);
        }
    }
}

void SamplerTracer::traceModel(qsizetype at, QSet<qsizetype>& visited)
{
    for (const FormInput& input : m_index.node(at).inputs) {
        if (input.source && input.type == kGuider && !visited.contains(input.source->node)) {
            visited.insert(input.source->node);
            traceModel(input.source->node, visited);
            continue;
        }
        if (!input.source || !carriesModel(input) || visited.contains(input.source->node)
            || visited.size() > kMaxVisited) {
            continue;
        }
        const qsizetype origin = input.source->node;
        visited.insert(origin);
        const QList<FormInput>& inputs = m_index.node(origin).inputs;
        const bool passesOn = std::any_of(inputs.begin(), inputs.end(), [](const FormInput& upstream) {
            return upstream.linked && carriesModel(upstream);
        });
        for (const qsizetype field : m_index.fieldsOf(origin)) {
            const Field& own = m_index.field(field);
            if (own.kind == FieldKind::Combo && passesOn && nameHas(own.ref.input, "lora")) {
                addBehind(origin, own.ref.input, FieldRole::Lora);
            } else if (own.ref.input == QLatin1String("strength_model") && !own.linked) {
                m_roles.add(field, FieldRole::None);
            } else if (own.kind == FieldKind::Combo && !passesOn
                       && field == m_index.fieldsOf(origin).first()) {
                addBehind(origin, own.ref.input, FieldRole::Model);
            }
        }
        traceModel(origin, visited);
    }
}

void SamplerTracer::addBehind(qsizetype node, const QString& input, FieldRole role)
{
    const bool isText = role == FieldRole::PositivePrompt || role == FieldRole::NegativePrompt;
    const auto fits = [&](const Field& candidate) {
        // Of a node that computes a number, only a widget that is that number will do ("value", "width"), not
        // one that it is computed from ("multiple of").
        const bool isThatValue = isText || candidate.ref.input == input
            || candidate.ref.input == QLatin1String("value")
            || m_index.fieldsOf(m_index.nodeOf(candidate)).size() == 1;
        return isThatValue && fitsKind(candidate, role);
    };
    for (const qsizetype field : m_index.behind(node, input, fits)) {
        m_roles.add(field, role);
    }
}

} // namespace gesso
