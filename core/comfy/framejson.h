// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QStringList>

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string_view>

namespace gesso {

// Typed looks into a JSON value read by simdjson, as tolerant as the helpers of core/base/json.h: what is
// absent or of another type is the fallback. Valid only as long as the FrameJson it came from.
class FrameValue
{
public:
    FrameValue() = default;
    explicit FrameValue(simdjson::dom::element element)
        : m_element(element)
    {
    }

    bool isObject() const { return m_element && m_element->is_object(); }
    bool isNull() const { return !m_element || m_element->is_null(); }

    FrameValue member(std::string_view key) const; // an absent value if there is none
    QString text(std::string_view key) const;
    QStringList texts(std::string_view key) const; // strings of an array; a lone string is one
    double number(std::string_view key, double fallback) const;
    std::optional<qint64> integer(std::string_view key) const;
    QString id(std::string_view key) const; // string or integer; else ""
    QString idText() const;
    QString toText() const; // "" unless a string

    // Elements of an array, values of an object with their keys; none for anything else.
    void forEach(const auto& visit) const
    {
        if (m_element && m_element->is_array()) {
            for (const simdjson::dom::element item :
                 simdjson::dom::array(m_element->get_array().value_unsafe())) {
                visit(FrameValue(item));
            }
        }
    }
    void forEachMember(const auto& visit) const
    {
        if (isObject()) {
            for (const auto field : simdjson::dom::object(m_element->get_object().value_unsafe())) {
                visit(field.key, FrameValue(field.value));
            }
        }
    }

    Json toJson() const; // lossless copy; null if absent

private:
    std::optional<simdjson::dom::element> m_element;
};

// One JSON text, read by simdjson because frames come by the hundred per second and progress_state lists
// every node of the prompt each time. What simdjson refuses and Python writes (NaN) goes through parseJson
// first.
class FrameJson
{
public:
    static constexpr qsizetype kMaxBytes = 32 * 1024 * 1024;
    static constexpr int kMaxDepth = 128;

    // Errors: Protocol (not JSON, too deep), TooLarge.
    static Result<FrameJson> parse(QByteArrayView utf8);

    FrameValue root() const { return m_root; }

private:
    FrameJson();
    bool read(QByteArrayView utf8);

    std::unique_ptr<simdjson::dom::parser> m_parser; // holds what m_root points into
    FrameValue m_root;
};

} // namespace gesso
