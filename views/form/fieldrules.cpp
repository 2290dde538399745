// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldrules.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesso {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(gesso::FieldRules)
};

// Ranges people use inside the wide ones that ComfyUI's samplers allow; by the input's name where a field has
// no role, as in a second sampler.
std::optional<double> usualMaximum(const Field& field)
{
    const auto is = [&field](FieldRole role, QLatin1String input) {
        return field.role == role || field.ref.input == input;
    };
    if (is(FieldRole::Steps, QLatin1String("steps")))
        return 50;
    if (is(FieldRole::Cfg, QLatin1String("cfg")))
        return 20;
    return std::nullopt;
}

// Names of things fit half a panel or are shortened a little; names of files want all the room there is.
bool isShortChoice(const Json& choice)
{
    constexpr std::size_t longest = 32;
    if (!choice.is_string())
        return true;
    const auto& text = choice.get_ref<const std::string&>();
    return text.size() <= longest && text.find_first_of("./\\") == std::string::npos;
}

} // namespace

NumberRule numberRule(const Field& field)
{
    NumberRule rule;
    rule.integer = field.kind != FieldKind::Float;
    rule.min = Number::fromJson(field.limits.min);
    rule.max = Number::fromJson(field.limits.max);
    const Number fallback = rule.integer ? Number::fromInteger(1) : Number::fromReal(0.1);
    rule.step = Number::fromJson(field.limits.step).value_or(fallback);
    if (rule.step <= Number())
        rule.step = fallback;
    if (const auto round = Number::fromJson(field.limits.round))
        rule.round = qMax(0.0, round->toDouble());
    return rule;
}

std::optional<SliderRange> sliderRange(const Field& field)
{
    if (field.kind != FieldKind::Integer && field.kind != FieldKind::Float)
        return std::nullopt;
    const NumberRule rule = numberRule(field);
    if (!rule.min)
        return std::nullopt;
    const double from = rule.min->toDouble();
    double to = rule.max ? rule.max->toDouble() : from;
    if (const auto usual = usualMaximum(field))
        to = rule.max ? qMin(to, *usual) : *usual;
    const double positions = (to - from) / rule.step.toDouble();
    constexpr double most = 1000;
    constexpr double widest = 200;
    const bool sane = positions >= 2 && positions <= most && to - from <= widest;
    if (to <= from || (!sane && !field.limits.slider))
        return std::nullopt;
    return SliderRange{from, to};
}

FieldKind editorKind(const Field& field)
{
    const Json& value = field.value;
    switch (field.kind) {
    case FieldKind::MultilineText:
    case FieldKind::Text:
        return value.is_string() ? field.kind : FieldKind::RawJson;
    case FieldKind::Integer:
    case FieldKind::Float:
    case FieldKind::Seed:
        return Number::fromJson(value) ? field.kind : FieldKind::RawJson;
    case FieldKind::Boolean:
        return value.is_boolean() ? field.kind : FieldKind::RawJson;
    case FieldKind::Combo:
        return value.is_string() || value.is_number() || value.is_boolean() || value.is_null()
            ? field.kind
            : FieldKind::RawJson;
    case FieldKind::Image:
    case FieldKind::Mask:
        return value.is_string() || value.is_null() ? FieldKind::Image : FieldKind::RawJson;
    case FieldKind::File:
        if (!value.is_string() && !value.is_null())
            return FieldKind::RawJson;
        return field.choices.isEmpty() && value.is_string() ? FieldKind::Text : FieldKind::Combo;
    case FieldKind::RawJson:
        break;
    }
    return FieldKind::RawJson;
}

bool isHalfWide(const Field& field)
{
    switch (editorKind(field)) {
    case FieldKind::Integer:
    case FieldKind::Float:
        return true;
    case FieldKind::Seed: {
        // All digits of a seed are seen, so a long one takes the whole line.
        constexpr qsizetype mostDigits = 14;
        const auto seed = Number::fromJson(field.value);
        return seed && seed->text().size() <= mostDigits;
    }
    case FieldKind::Combo:
        return !field.choices.isEmpty() && field.choices.size() <= 100 && isShortChoice(field.value)
            && std::all_of(field.choices.begin(), field.choices.end(), isShortChoice);
    default:
        return false;
    }
}

QString helpText(const Field& field)
{
    QStringList where;
    where << (field.nodeTitle.isEmpty() ? field.nodeType : field.nodeTitle) << field.ref.input;
    const auto min = Number::fromJson(field.limits.min);
    const auto max = Number::fromJson(field.limits.max);
    if (min && max)
        where << Tr::tr("%1 to %2").arg(min->text(), max->text());
    const QString line = where.join(QStringLiteral(" · "));
    return field.tooltip.isEmpty() ? line : field.tooltip + QLatin1Char('\n') + line;
}

} // namespace gesso
