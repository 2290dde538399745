// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/valuechecks.h"

#include "core/workflow/numbers.h"
#include "core/workflow/promptvalidator.h"
#include "core/workflow/widgetcoercion.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::PromptValidator", text);
}

QString shown(const Json& value)
{
    const QString text = javaScriptString(value);
    return text.size() > 120 ? text.left(117) % u"…" : text;
}

Diagnostic problem(const InputDefinition& input, const QString& code, const QString& message,
                   const Json& fix = {})
{
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.input = input.name;
    diagnostic.message = message;
    if (!fix.is_null()) {
        diagnostic.fix = Diagnostic::Fix{tr("Use %1").arg(shown(fix)), fix};
    }
    return diagnostic;
}

// The server calls int() and float(), so texts that read as numbers are numbers.
std::optional<Json> asNumber(const Json& value)
{
    if (value.is_number()) {
        return value;
    }
    if (value.is_boolean()) {
        return Json(value.get<bool>() ? 1 : 0);
    }
    bool ok = false;
    const double number = toQString(value).trimmed().toDouble(&ok);
    return ok ? std::optional(Json(number)) : std::nullopt;
}

std::optional<Diagnostic> checkNumber(const InputDefinition& input, const Json& value)
{
    const std::optional<Json> number = asNumber(value);
    if (!number) {
        return problem(input, QStringLiteral("value-not-a-number"),
                       tr("“%1” must be a number, not “%2”.").arg(input.name, shown(value)),
                       input.defaultValue());
    }
    const Json* min = member(input.options, "min");
    if (min && min->is_number() && compareNumbers(*number, *min) < 0) {
        return problem(
            input, QStringLiteral("value-smaller-than-min"),
            tr("“%1” is %2, below the smallest allowed, %3.").arg(input.name, shown(value), shown(*min)),
            *min);
    }
    const Json* max = member(input.options, "max");
    if (max && max->is_number() && compareNumbers(*number, *max) > 0) {
        return problem(
            input, QStringLiteral("value-bigger-than-max"),
            tr("“%1” is %2, above the largest allowed, %3.").arg(input.name, shown(value), shown(*max)),
            *max);
    }
    return std::nullopt;
}

bool isOffered(const Json& value, const Json& choices)
{
    return std::any_of(choices.begin(), choices.end(), [&value](const Json& choice) {
        return choice == value
            || (choice.is_number() && value.is_number() && compareNumbers(choice, value) == 0);
    });
}

bool takesSeveral(const InputDefinition& input)
{
    return boolMember(input.options, "multiselect") || member(input.options, "multi_select");
}

std::optional<Diagnostic> checkChoice(const InputDefinition& input, const Json& value)
{
    if (!input.choices.is_array()) {
        return std::nullopt; // the server asks another one for the choices
    }
    if (takesSeveral(input) && value.is_array()) {
        for (const Json& entry : value) {
            if (!isOffered(entry, input.choices)) {
                return problem(input, QStringLiteral("value-not-in-list"),
                               tr("This server has no “%2” for “%1”.").arg(input.name, shown(entry)));
            }
        }
        return std::nullopt;
    }
    if (isOffered(value, input.choices)) {
        return std::nullopt;
    }
    const QString message = input.choices.empty()
        ? tr("The server has nothing to choose from for “%1”; “%2” is not there.")
        : tr("This server has no “%2” for “%1”.");
    const QString code =
        input.isDynamicCombo() ? QStringLiteral("dynamic-key-unknown") : QStringLiteral("value-not-in-list");
    return problem(input, code, message.arg(input.name, shown(value)), nearestChoice(value, input.choices));
}

} // namespace

std::optional<Diagnostic> checkValue(const InputDefinition& input, const Json& value)
{
    const QString kind = input.widgetType();
    if (kind == u"INT" || kind == u"FLOAT") {
        return checkNumber(input, value);
    }
    if (kind == u"COMBO" || input.isDynamicCombo()) {
        return checkChoice(input, value);
    }
    return std::nullopt;
}

} // namespace gesso
