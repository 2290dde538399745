// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/seedsequence.h"

#include "core/base/seed.h"

#include <QRandomGenerator>

namespace gesso::cli {
namespace {

SeedRule ruleOf(const Field& field)
{
    if (field.controlAfterGenerate == QLatin1String("randomize")) {
        return SeedRule::Randomize;
    }
    return field.controlAfterGenerate == QLatin1String("decrement") ? SeedRule::Decrement
                                                                    : SeedRule::Increment;
}

std::uint64_t limitOr(const Json& limit, std::uint64_t fallback)
{
    if (limit.is_number_unsigned()) {
        return limit.get<std::uint64_t>();
    }
    return limit.is_number_integer() && limit.get<std::int64_t>() >= 0
        ? static_cast<std::uint64_t>(limit.get<std::int64_t>())
        : fallback;
}

} // namespace

SeedSequence::SeedSequence(const Form& form)
{
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        const Field& field = form.fields.at(i);
        if (field.role == FieldRole::Seed && !field.linked && field.value.is_number_integer()) {
            m_fields.append(i);
        }
    }
}

Result<void> SeedSequence::advance(Workflow& workflow, const NodeCatalog& catalog, Form& form) const
{
    for (const qsizetype index : m_fields) {
        Field& field = form.fields[index];
        const Seed now{field.value.is_number_unsigned()
                           ? field.value.get<std::uint64_t>()
                           : static_cast<std::uint64_t>(field.value.get<std::int64_t>())};
        const Seed next =
            nextSeed(now, ruleOf(field), QRandomGenerator::system()->generate64(),
                     Seed{limitOr(field.limits.min, 0)}, Seed{limitOr(field.limits.max, UINT64_MAX)});
        field.value = next.value;
        if (const Result<void> set = setFieldValue(workflow, catalog, field.ref, field.value); !set) {
            return set;
        }
    }
    return {};
}

} // namespace gesso::cli
