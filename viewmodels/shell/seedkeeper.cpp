// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/seedkeeper.h"

#include <QRandomGenerator>

namespace gesso {

namespace {

std::optional<Seed> seedFrom(const Json& value)
{
    if (value.is_number_unsigned()) {
        return Seed{value.get<std::uint64_t>()};
    }
    if (value.is_number_integer() && value.get<std::int64_t>() >= 0) {
        return Seed{std::uint64_t(value.get<std::int64_t>())};
    }
    return std::nullopt;
}

} // namespace

SeedKeeper::SeedKeeper(WorkflowDocument& document, QObject* parent)
    : QObject(parent)
    , m_document(document)
{
    connect(&document, &WorkflowDocument::opened, this, &SeedKeeper::forgetRuns);
    connect(&document, &WorkflowDocument::closed, this, &SeedKeeper::forgetRuns);
    connect(&document, &WorkflowDocument::formChanged, this, &SeedKeeper::changed);
    connect(&document, &WorkflowDocument::fieldChanged, this, &SeedKeeper::onFieldChanged);
}

SeedRule SeedKeeper::rule() const
{
    return m_rule;
}

void SeedKeeper::setRule(SeedRule rule)
{
    if (rule == m_rule) {
        return;
    }
    m_rule = rule;
    if (m_used) {
        advance(*m_used);
    }
    Q_EMIT changed();
}

std::optional<Seed> SeedKeeper::take()
{
    const std::optional<Seed> seed = nextSeed();
    if (!seed) {
        return std::nullopt;
    }
    setFieldSeed(*seed);
    m_used = seed;
    advance(*seed);
    Q_EMIT changed();
    return seed;
}

void SeedKeeper::noteRun(const PromptId& run, Seed seed)
{
    m_runs.insert(run, seed);
}

void SeedKeeper::showRun(const PromptId& run)
{
    m_shown = run;
    const auto seed = m_runs.constFind(run);
    if (seed != m_runs.constEnd() && m_used) {
        setFieldSeed(*seed);
        m_used = *seed;
    }
    Q_EMIT changed();
}

std::optional<Seed> SeedKeeper::nextSeed() const
{
    return willAdvance() ? m_next : fieldSeed();
}

bool SeedKeeper::willAdvance() const
{
    return m_used && m_next && m_rule != SeedRule::Fixed;
}

std::optional<Seed> SeedKeeper::shownSeed() const
{
    const auto run = m_runs.constFind(m_shown);
    return run == m_runs.constEnd() ? std::nullopt : std::optional(*run);
}

bool SeedKeeper::isOfShownPicture() const
{
    const auto seed = m_runs.constFind(m_shown);
    return seed != m_runs.constEnd() && fieldSeed() == *seed;
}

std::optional<Seed> SeedKeeper::fieldSeed() const
{
    const qsizetype index = m_document.seedField();
    return index < 0 ? std::nullopt : seedFrom(m_document.field(index).value);
}

void SeedKeeper::setFieldSeed(Seed seed)
{
    m_setting = true;
    m_document.setValueUntracked(m_document.seedField(), Json(seed.value));
    m_setting = false;
}

void SeedKeeper::advance(Seed from)
{
    const qsizetype index = m_document.seedField();
    if (index < 0) {
        return; // the form was rebuilt for a server that shows no seed
    }
    const FieldLimits& limits = m_document.field(index).limits;
    m_next = gesso::nextSeed(from, m_rule, QRandomGenerator::global()->generate64(),
                             seedFrom(limits.min).value_or(Seed{0}),
                             seedFrom(limits.max).value_or(Seed{UINT64_MAX}));
}

void SeedKeeper::onFieldChanged(qsizetype index)
{
    if (!m_setting && index == m_document.seedField()) {
        m_used.reset();
        Q_EMIT changed();
    }
}

void SeedKeeper::forgetRuns()
{
    m_runs.clear();
    m_used.reset();
    m_next.reset();
    Q_EMIT changed();
}

} // namespace gesso
