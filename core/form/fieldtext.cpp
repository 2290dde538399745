// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/binding.h"
#include "core/workflow/nearestchoice.h"
#include "core/workflow/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Form", text);
}

constexpr qsizetype kMaxShown = 80;

QString shown(const QString& text)
{
    return text.size() <= kMaxShown ? text : text.left(kMaxShown) + u'…';
}

QString textOf(const Json& value)
{
    return value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value));
}

QString rangeText(const FieldLimits& limits)
{
    if (limits.min.is_number() && limits.max.is_number()) {
        return tr("Allowed is %1 to %2.").arg(textOf(limits.min), textOf(limits.max));
    }
    if (limits.min.is_number()) {
        return tr("Allowed is %1 or more.").arg(textOf(limits.min));
    }
    return limits.max.is_number() ? tr("Allowed is %1 or less.").arg(textOf(limits.max)) : QString();
}

Result<Json> checked(const Field& field, const QString& text, Json value)
{
    const FieldLimits& limits = field.limits;
    const bool isLow = limits.min.is_number() && compareNumbers(value, limits.min) < 0;
    const bool isHigh = limits.max.is_number() && compareNumbers(value, limits.max) > 0;
    if (isLow || isHigh) {
        return fail(ErrorKind::Usage,
                    isLow ? tr("%1 is too small for %2.").arg(shown(text), field.label)
                          : tr("%1 is too large for %2.").arg(shown(text), field.label),
                    rangeText(limits));
    }
    return value;
}

Result<Json> parseInteger(const Field& field, const QString& text)
{
    bool ok = false;
    const QString trimmed = text.trimmed();
    if (const qulonglong positive = trimmed.toULongLong(&ok); ok && !trimmed.startsWith(u'-')) {
        return checked(field, text, Json(static_cast<std::uint64_t>(positive)));
    }
    if (const qlonglong negative = trimmed.toLongLong(&ok); ok) {
        return checked(field, text, Json(static_cast<std::int64_t>(negative)));
    }
    return fail(ErrorKind::Usage, tr("%1 takes a whole number, not \"%2\".").arg(field.label, shown(text)),
                rangeText(field.limits));
}

Result<Json> parseFloat(const Field& field, const QString& text)
{
    bool ok = false;
    const double number = QLocale::c().toDouble(text.trimmed(), &ok);
    if (!ok || !std::isfinite(number)) {
        return fail(ErrorKind::Usage, tr("%1 takes a number, not \"%2\".").arg(field.label, shown(text)),
                    rangeText(field.limits));
    }
    return checked(field, text, Json(number));
}

Result<Json> parseBoolean(const Field& field, const QString& text)
{
    const QString word = text.trimmed().toLower();
    const auto isLabel = [&word](const QString& label) {
        return !label.isEmpty() && word == label.toLower();
    };
    static const QStringList on{QStringLiteral("true"), QStringLiteral("yes"), QStringLiteral("on"),
                                QStringLiteral("1")};
    static const QStringList off{QStringLiteral("false"), QStringLiteral("no"), QStringLiteral("off"),
                                 QStringLiteral("0")};
    if (isLabel(field.labelOn) || on.contains(word)) {
        return Json(true);
    }
    if (isLabel(field.labelOff) || off.contains(word)) {
        return Json(false);
    }
    return fail(ErrorKind::Usage, tr("%1 takes true or false, not \"%2\".").arg(field.label, shown(text)));
}

QString someChoices(const QList<Json>& choices)
{
    constexpr qsizetype kMost = 12;
    QStringList names;
    for (const Json& choice : choices.mid(0, kMost)) {
        names.append(textOf(choice));
    }
    return choices.size() > kMost
        ? tr("Among the %1 choices: %2").arg(choices.size()).arg(names.join(QStringLiteral(", ")))
        : tr("Choices: %1").arg(names.join(QStringLiteral(", ")));
}

Result<Json> parseChoice(const Field& field, const QString& text)
{
    if (field.choices.isEmpty()) {
        return toJson(text); // the server fills the list itself
    }
    Json all = Json::array();
    for (const Json& choice : field.choices) {
        if (textOf(choice) == text) {
            return choice;
        }
        all.push_back(choice);
    }
    const Json near = nearestChoice(toJson(text), all);
    return fail(ErrorKind::Usage, tr("%1 has no choice \"%2\".").arg(field.label, shown(text)),
                near.is_null() ? someChoices(field.choices)
                               : QString(tr("Did you mean \"%1\"?").arg(textOf(near)) % u' '
                                         % someChoices(field.choices)));
}

Result<Json> parseRaw(const Field& field, const QString& text)
{
    const Result<Json> value = parseJson(text.toUtf8());
    if (!value) {
        return fail(ErrorKind::Usage, tr("%1 takes a JSON value, not \"%2\".").arg(field.label, shown(text)),
                    tr("Put a text in double quotes."), value.error().message);
    }
    return value;
}

} // namespace

Result<Json> parseFieldValue(const Field& field, const QString& text)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Seed:
        return parseInteger(field, text);
    case FieldKind::Float:
        return parseFloat(field, text);
    case FieldKind::Boolean:
        return parseBoolean(field, text);
    case FieldKind::Combo:
        return parseChoice(field, text);
    case FieldKind::RawJson:
        return parseRaw(field, text);
    case FieldKind::MultilineText:
    case FieldKind::Text:
    case FieldKind::Image: // a name on the server, or a local file that is uploaded
    case FieldKind::Mask:
    case FieldKind::File:
        break;
    }
    return toJson(text);
}

} // namespace gesso
