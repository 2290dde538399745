// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/json.h"

#include "core/base/jsonbuilder.h"
#include "core/base/jsontolerance.h"

#include <QCoreApplication>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Json", text);
}

struct Position {
    qsizetype line = 1;
    qsizetype column = 1;
};

Position positionOf(QByteArrayView text, qsizetype byte)
{
    Position position;
    const qsizetype end = std::min(byte, text.size());
    for (qsizetype i = 0; i < end; ++i) {
        const char c = text[i];
        if (c == '\n') {
            ++position.line;
            position.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) { // count characters, not UTF-8 bytes
            ++position.column;
        }
    }
    return position;
}

// Towards zero; nothing for what 64 bits cannot hold, whose conversion C++ leaves undefined.
std::optional<qint64> truncatedTo64(double number)
{
    constexpr double kLimit = 9223372036854775808.0; // 2^63
    return number >= -kLimit && number < kLimit ? std::optional(qint64(number)) : std::nullopt;
}

} // namespace

Result<Json> parseJson(QByteArrayView text, const JsonLimits& limits)
{
    if (text.size() > limits.maxBytes) {
        return fail(ErrorKind::TooLarge,
                    tr("This JSON is %1 MB, over the limit of %2 MB.")
                        .arg(text.size() / 1'000'000)
                        .arg(limits.maxBytes / 1'000'000));
    }
    if (text.startsWith("\xEF\xBB\xBF")) {
        text = text.sliced(3);
    }
    const QByteArray tolerant = replaceNonFiniteNumbers(text);
    const QByteArrayView source = tolerant.isNull() ? text : QByteArrayView(tolerant);

    JsonBuilder builder(limits);
    const bool ok = Json::sax_parse(source.begin(), source.end(), &builder);
    if (ok) {
        return builder.takeValue();
    }
    if (builder.limitExceeded()) {
        return fail(ErrorKind::TooLarge, builder.errorText());
    }
    const Position position = positionOf(source, builder.errorByte());
    return fail(ErrorKind::Unreadable,
                tr("Not valid JSON: line %1, column %2.").arg(position.line).arg(position.column),
                tr("Check that the file was saved completely."), builder.errorText());
}

QByteArray writeJson(const Json& value, int indent)
{
    const std::string text = value.dump(indent, ' ', false, Json::error_handler_t::replace);
    return QByteArray::fromStdString(text);
}

Json toJson(const QString& text)
{
    return Json(text.toStdString());
}

QString toQString(const Json& value)
{
    return value.is_string() ? QString::fromStdString(value.get_ref<const std::string&>()) : QString();
}

const Json* member(const Json& object, std::string_view key)
{
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

Json* member(Json& object, std::string_view key)
{
    return const_cast<Json*>(member(std::as_const(object), key)); // NOLINT: same object, not const
}

QString stringMember(const Json& object, std::string_view key, const QString& fallback)
{
    const Json* value = member(object, key);
    return value && value->is_string() ? toQString(*value) : fallback;
}

bool boolMember(const Json& object, std::string_view key, bool fallback)
{
    const Json* value = member(object, key);
    return value && value->is_boolean() ? value->get<bool>() : fallback;
}

double numberMember(const Json& object, std::string_view key, double fallback)
{
    const Json* value = member(object, key);
    return value && value->is_number() ? value->get<double>() : fallback;
}

qint64 intMember(const Json& object, std::string_view key, qint64 fallback)
{
    const Json* value = member(object, key);
    if (!value) {
        return fallback;
    }
    if (value->is_number_unsigned()) {
        const auto number = value->get<std::uint64_t>();
        return number > std::uint64_t(INT64_MAX) ? fallback : qint64(number);
    }
    if (value->is_number_integer()) {
        return value->get<std::int64_t>();
    }
    if (value->is_number_float()) {
        return truncatedTo64(value->get<double>()).value_or(fallback);
    }
    return fallback;
}

QString idText(const Json& value)
{
    if (value.is_string()) {
        return toQString(value);
    }
    if (value.is_number_integer()) {
        return QString::fromStdString(value.dump());
    }
    if (!value.is_number_float()) {
        return {};
    }
    const std::optional<qint64> whole = truncatedTo64(value.get<double>());
    return whole && double(*whole) == value.get<double>() ? QString::number(*whole) : QString();
}

} // namespace gesso
