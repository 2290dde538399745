// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/valuechecks.h"

#include "core/workflow/numbers.h"
#include "core/workflow/pythonvalues.h"
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
    const QString text =
        value.is_structured() ? QString::fromUtf8(writeJson(value)) : javaScriptString(value);
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
        diagnostic.fix = useFix(fix);
    }
    return diagnostic;
}

Diagnostic notANumber(const InputDefinition& input, const Json& value)
{
    return problem(input, QStringLiteral("value-not-a-number"),
                   tr("“%1” must be a number, not “%2”.").arg(input.name, shown(value)),
                   input.defaultValue().is_number() ? input.defaultValue() : Json());
}

// The server compares whatever has a limit, also what it does not convert (unions such as FLOAT,INT).
std::optional<Diagnostic> checkLimits(const InputDefinition& input, const Json& number)
{
    const Json* min = member(input.options, "min");
    if (min && min->is_number() && compareNumbers(number, *min) < 0) {
        return problem(
            input, QStringLiteral("value-smaller-than-min"),
            tr("“%1” is %2, below the smallest allowed, %3.").arg(input.name, shown(number), shown(*min)),
            *min);
    }
    const Json* max = member(input.options, "max");
    if (max && max->is_number() && compareNumbers(number, *max) > 0) {
        return problem(
            input, QStringLiteral("value-bigger-than-max"),
            tr("“%1” is %2, above the largest allowed, %3.").arg(input.name, shown(number), shown(*max)),
            *max);
    }
    return std::nullopt;
}

Diagnostic readOtherwise(const InputDefinition& input, const Json& value, const Json& read, const Json& meant)
{
    Diagnostic finding = problem(
        input, QStringLiteral("value-read-otherwise"),
        tr("“%1” is “%2”, which the server reads as %3.").arg(input.name, shown(value), shown(read)), meant);
    finding.severity = Severity::Warning;
    return finding;
}

std::optional<Diagnostic> checkInt(const InputDefinition& input, const Json& value)
{
    const std::optional<Json> number = pythonInt(value);
    if (!number) {
        return notANumber(input, value);
    }
    if (auto found = checkLimits(input, *number)) {
        return found;
    }
    if (value.is_number() && compareNumbers(value, *number) != 0) {
        return readOtherwise(input, value, *number, *number);
    }
    return std::nullopt;
}

std::optional<Diagnostic> checkFloat(const InputDefinition& input, const Json& value)
{
    const std::optional<Json> number = pythonFloat(value);
    return number ? checkLimits(input, *number) : notANumber(input, value);
}

// Any type is turned into a boolean; that the text “false” gives true is hardly meant.
std::optional<Diagnostic> checkBoolean(const InputDefinition& input, const Json& value)
{
    static const QStringList no{QStringLiteral("false"), QStringLiteral("no"), QStringLiteral("off"),
                                QStringLiteral("disable"), QStringLiteral("0")};
    if (value.is_string() && pythonBool(value) && no.contains(toQString(value).trimmed().toLower())) {
        return readOtherwise(input, value, true, false);
    }
    return std::nullopt;
}

// str(null) is the text None.
std::optional<Diagnostic> checkString(const InputDefinition& input, const Json& value)
{
    return value.is_null() ? std::optional(readOtherwise(input, value, "None", "")) : std::nullopt;
}

// Nothing is converted, but what has a limit is compared with it, and only numbers can be.
std::optional<Diagnostic> checkUnion(const InputDefinition& input, const Json& value)
{
    const auto isNumber = [&input](const char* key) {
        const Json* limit = member(input.options, key);
        return limit && limit->is_number();
    };
    if (!isNumber("min") && !isNumber("max")) {
        return std::nullopt;
    }
    return value.is_number() || value.is_boolean() ? checkLimits(input, *pythonFloat(value))
                                                   : notANumber(input, value);
}

bool isOffered(const Json& value, const Json& choices)
{
    return std::any_of(choices.begin(), choices.end(),
                       [&value](const Json& choice) { return pythonEquals(choice, value); });
}

bool takesSeveral(const InputDefinition& input)
{
    return boolMember(input.options, "multiselect") || member(input.options, "multi_select");
}

// What there is, where nothing is near.
QString someOf(const Json& choices)
{
    constexpr std::size_t mostNamed = 4;
    QStringList named;
    for (std::size_t i = 0; i < std::min(choices.size(), mostNamed); ++i) {
        named.append(u'“' % shown(choices[i]) % u'”');
    }
    const QString list = named.join(u", ");
    return choices.size() <= mostNamed
        ? tr("Choose one of %1.").arg(list)
        : tr("Choose one of %1 and %2 more.").arg(list, QString::number(choices.size() - mostNamed));
}

std::optional<Diagnostic> checkChosen(const InputDefinition& input, const Json& values,
                                      NearestChoices& nearest)
{
    Json mended = Json::array();
    QStringList missing;
    for (const Json& value : values) {
        const bool offered = isOffered(value, input.choices);
        if (!offered) {
            missing.append(shown(value));
        }
        const Json kept = offered ? value : nearest.find(value, input.choices);
        if (!kept.is_null() && !isOffered(kept, mended)) {
            mended.push_back(kept);
        }
    }
    if (missing.isEmpty()) {
        return std::nullopt;
    }
    return problem(input, QStringLiteral("value-not-in-list"),
                   tr("This server has no “%2” for “%1”.").arg(input.name, missing.join(u"”, “")), mended);
}

// Files in folders of the server, or in its output and temp folders, are never in the list; nodes that take
// uploads look for the file itself.
bool isListedElsewhere(const InputDefinition& input, const Json& value)
{
    const QString name = toQString(value);
    return input.isUpload()
        && (name.contains(QLatin1Char('/')) || name.contains(QLatin1Char('\\'))
            || name.endsWith(QLatin1Char(']')));
}

std::optional<Diagnostic> checkChoice(const InputDefinition& input, const Json& value, NearestChoices& offers)
{
    if (!input.choices.is_array()) {
        return std::nullopt; // the server asks another one for the choices
    }
    if (takesSeveral(input) && value.is_array()) {
        return checkChosen(input, value, offers);
    }
    if (isOffered(value, input.choices)) {
        return std::nullopt;
    }
    const Json nearest = offers.find(value, input.choices);
    if (isListedElsewhere(input, value)) {
        Diagnostic finding =
            problem(input, QStringLiteral("value-not-in-list"),
                    tr("This server does not list “%2” for “%1”. It is used if the file is there.")
                        .arg(input.name, shown(value)),
                    nearest);
        finding.severity = Severity::Warning;
        return finding;
    }
    const QString message = input.choices.empty()
        ? tr("The server has nothing to choose from for “%1”; “%2” is not there.")
        : tr("This server has no “%2” for “%1”.");
    const QString code =
        input.isDynamicCombo() ? QStringLiteral("dynamic-key-unknown") : QStringLiteral("value-not-in-list");
    const QString said = message.arg(input.name, shown(value));
    return problem(input, code,
                   nearest.is_null() && !input.choices.empty() ? said % u' ' % someOf(input.choices) : said,
                   nearest);
}

} // namespace

Diagnostic::Fix useFix(const Json& value)
{
    return {tr("Use %1").arg(shown(value)), value};
}

// By the declared type, not by the widget that edits it: that is what the server goes by.
std::optional<Diagnostic> checkValue(const InputDefinition& input, const Json& value, NearestChoices& nearest)
{
    if (input.type == u"INT") {
        return checkInt(input, value);
    }
    if (input.type == u"FLOAT") {
        return checkFloat(input, value);
    }
    if (input.type == u"BOOLEAN") {
        return checkBoolean(input, value);
    }
    if (input.type == u"COMBO" || input.isDynamicCombo()) {
        return checkChoice(input, value, nearest);
    }
    return input.type == u"STRING" ? checkString(input, value) : checkUnion(input, value);
}

} // namespace gesso
