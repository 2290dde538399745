// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/pythonvalues.h"

#include "core/workflow/numbers.h"

#include <QLocale>
#include <QRegularExpression>

#include <cmath>
#include <limits>

namespace gesso {
namespace {

constexpr qsizetype kMaxNumberText = 400; // a longer text is no number that anybody meant

Json boolAsNumber(const Json& value)
{
    return value.get<bool>() ? 1 : 0;
}

// "1_000" is a number in Python; an underscore stands between two digits.
QString withoutUnderscores(QString text)
{
    static const QRegularExpression between(QStringLiteral("(?<=[0-9])_(?=[0-9])"));
    return text.remove(between);
}

Json truncated(double number)
{
    const double whole = std::trunc(number);
    if (whole >= 0 && whole < 18446744073709551616.0) {
        return static_cast<std::uint64_t>(whole);
    }
    if (whole < 0 && whole >= -9223372036854775808.0) {
        return static_cast<std::int64_t>(whole);
    }
    return whole;
}

std::optional<Json> intFromText(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^[+-]?[0-9]+$"));
    const QString digits = withoutUnderscores(text.trimmed());
    if (text.size() > kMaxNumberText || !form.match(digits).hasMatch()) {
        return std::nullopt;
    }
    bool ok = false;
    if (const qulonglong number = digits.toULongLong(&ok); ok) {
        return Json(static_cast<std::uint64_t>(number));
    }
    if (const qlonglong number = digits.toLongLong(&ok); ok) {
        return Json(static_cast<std::int64_t>(number));
    }
    return Json(digits.toDouble()); // beyond 64 bits: good enough to compare with a limit
}

std::optional<Json> floatFromText(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral("^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$"));
    static const QRegularExpression special(QStringLiteral("^[+-]?(inf|infinity|nan)$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QString digits = withoutUnderscores(text.trimmed());
    if (text.size() > kMaxNumberText) {
        return std::nullopt;
    }
    if (form.match(digits).hasMatch()) {
        bool ok = false;
        const double number = QLocale::c().toDouble(digits, &ok);
        return Json(ok ? number : std::numeric_limits<double>::infinity());
    }
    if (special.match(digits).hasMatch()) {
        if (digits.endsWith(u"nan", Qt::CaseInsensitive)) {
            return Json(std::numeric_limits<double>::quiet_NaN());
        }
        const double infinity = std::numeric_limits<double>::infinity();
        return Json(digits.startsWith(u'-') ? -infinity : infinity);
    }
    return std::nullopt;
}

} // namespace

std::optional<Json> pythonInt(const Json& value)
{
    if (value.is_number_integer()) {
        return value;
    }
    if (value.is_number_float()) {
        return std::isfinite(value.get<double>()) ? std::optional(truncated(value.get<double>()))
                                                  : std::nullopt;
    }
    if (value.is_boolean()) {
        return boolAsNumber(value);
    }
    return value.is_string() ? intFromText(toQString(value)) : std::nullopt;
}

std::optional<Json> pythonFloat(const Json& value)
{
    if (value.is_number()) {
        return value;
    }
    if (value.is_boolean()) {
        return boolAsNumber(value);
    }
    return value.is_string() ? floatFromText(toQString(value)) : std::nullopt;
}

bool pythonEquals(const Json& a, const Json& b)
{
    const auto isNumber = [](const Json& value) { return value.is_number() || value.is_boolean(); };
    if (!isNumber(a) || !isNumber(b)) {
        return a == b;
    }
    return compareNumbers(a.is_boolean() ? boolAsNumber(a) : a, b.is_boolean() ? boolAsNumber(b) : b) == 0;
}

bool pythonBool(const Json& value)
{
    if (value.is_number()) {
        return value.get<double>() != 0;
    }
    if (value.is_boolean()) {
        return value.get<bool>();
    }
    return value.is_string() ? !toQString(value).isEmpty() : !value.empty();
}

} // namespace gesso
