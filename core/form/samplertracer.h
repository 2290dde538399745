// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/essentials.h"
#include "core/form/fieldindex.h"

#include <QSet>

namespace gesso {

// Roles as they are found; the first role of a field wins.
class EssentialRoles
{
public:
    void add(qsizetype field, FieldRole role);
    bool has(FieldRole role) const { return m_present.contains(role); }
    bool contains(qsizetype field) const { return m_known.contains(field); }
    QList<EssentialField> fields() const { return m_fields; }

private:
    QList<EssentialField> m_fields;
    QSet<qsizetype> m_known;
    QSet<FieldRole> m_present;
};

// Walks upstream from every sampler-like node and names what it meets. Samplers that go on from another one's
// latent (a hi-res pass, a refiner) only add prompts: "the seed" and "the steps" are those of the first pass.
class SamplerTracer
{
public:
    SamplerTracer(const FieldIndex& index, EssentialRoles& roles);

    void trace();

private:
    enum class Side { Positive, Negative };

    bool isSampler(qsizetype node) const;
    bool followsAnotherSampler(qsizetype sampler) const;
    bool reachesSampler(qsizetype node, QSet<qsizetype>& visited) const;

    void tracePrompts(qsizetype node, Side side, QSet<qsizetype>& visited);
    void traceConditioning(qsizetype node, int slot, Side side, QSet<qsizetype>& visited);
    void traceSettings(qsizetype node, QSet<qsizetype>& visited);
    void traceSize(qsizetype node, QSet<qsizetype>& visited);
    void traceModel(qsizetype node, QSet<qsizetype>& visited);
    void addBehind(qsizetype node, const QString& input, FieldRole role);

    const FieldIndex& m_index;
    EssentialRoles& m_roles;
};

} // namespace gesso
