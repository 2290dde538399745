// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/framejson.h"

#include <QCoreApplication>

#include <cmath>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::FrameJson", text);
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

FrameValue FrameValue::member(std::string_view key) const
{
    simdjson::dom::element found;
    if (isObject() && m_element->at_key(key).get(found) == simdjson::SUCCESS) {
        return FrameValue(found);
    }
    return {};
}

QString FrameValue::toText() const
{
    std::string_view text;
    return m_element && m_element->get_string().get(text) == simdjson::SUCCESS ? toQString(text) : QString();
}

QString FrameValue::idText() const
{
    std::int64_t number = 0;
    if (m_element && m_element->get_int64().get(number) == simdjson::SUCCESS) {
        return QString::number(number);
    }
    return toText();
}

QString FrameValue::text(std::string_view key) const
{
    return member(key).toText();
}

QString FrameValue::id(std::string_view key) const
{
    return member(key).idText();
}

QStringList FrameValue::texts(std::string_view key) const
{
    QStringList texts;
    const FrameValue value = member(key);
    value.forEach([&texts](const FrameValue& item) { texts += item.toText(); });
    if (const QString lone = value.toText(); !lone.isEmpty()) {
        texts += lone;
    }
    return texts;
}

double FrameValue::number(std::string_view key, double fallback) const
{
    const FrameValue value = member(key);
    double number = 0;
    return value.m_element && value.m_element->get_double().get(number) == simdjson::SUCCESS ? number
                                                                                             : fallback;
}

std::optional<qint64> FrameValue::integer(std::string_view key) const
{
    const FrameValue value = member(key);
    std::int64_t integer = 0;
    if (value.m_element && value.m_element->get_int64().get(integer) == simdjson::SUCCESS) {
        return integer;
    }
    constexpr double kExactIntegers = 9007199254740992.0; // 2^53
    const double number = this->number(key, NAN);
    if (std::abs(number) <= kExactIntegers) { // false for NaN
        return qint64(number);
    }
    return std::nullopt;
}

Json FrameValue::toJson() const
{
    if (!m_element) {
        return nullptr;
    }
    Result<Json> copy = parseJson(simdjson::minify(*m_element));
    return copy ? std::move(*copy) : Json(nullptr);
}

FrameJson::FrameJson()
    : m_parser(std::make_unique<simdjson::dom::parser>())
{
}

bool FrameJson::read(QByteArrayView utf8)
{
    if (utf8.isEmpty()) {
        return false; // simdjson copies from the pointer, which may be null
    }
    simdjson::dom::element root;
    if (m_parser->allocate(std::size_t(utf8.size()), kMaxDepth) != simdjson::SUCCESS
        || m_parser->parse(utf8.data(), std::size_t(utf8.size()), true).get(root) != simdjson::SUCCESS) {
        return false;
    }
    m_root = FrameValue(root);
    return true;
}

Result<FrameJson> FrameJson::parse(QByteArrayView utf8)
{
    if (utf8.size() > kMaxBytes) {
        return fail(ErrorKind::TooLarge,
                    tr("The server sent a message of %1 MB, over the limit of %2 MB.")
                        .arg(utf8.size() / 1'000'000)
                        .arg(kMaxBytes / 1'000'000));
    }
    FrameJson json;
    if (json.read(utf8)) {
        return json;
    }
    JsonLimits limits;
    limits.maxBytes = kMaxBytes;
    limits.maxDepth = kMaxDepth;
    const Result<Json> tolerant = parseJson(utf8, limits);
    if (!tolerant) {
        return fail(ErrorKind::Protocol, tr("The server sent a message that is not valid JSON."), {},
                    tolerant.error().message);
    }
    if (!json.read(writeJson(*tolerant))) {
        return fail(ErrorKind::Protocol, tr("The server sent a message that cannot be read."));
    }
    return json;
}

} // namespace gesso
