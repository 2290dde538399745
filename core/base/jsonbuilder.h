// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <unordered_map>

namespace gesso {

// Builds a Json from nlohmann's SAX events. Why not Json::parse: its ordered objects look every key up one
// by one while parsing (40,000 keys take 855 ms), and it knows no limits. Here keys are appended and
// duplicates found with a hash once an object is large.
class JsonBuilder
{
public:
    explicit JsonBuilder(const JsonLimits& limits);

    bool null();
    bool boolean(bool value);
    bool number_integer(Json::number_integer_t value);
    bool number_unsigned(Json::number_unsigned_t value);
    bool number_float(Json::number_float_t value, const Json::string_t& text);
    bool string(Json::string_t& value);
    bool binary(Json::binary_t& value);
    bool start_object(std::size_t elements);
    bool key(Json::string_t& value);
    bool end_object();
    bool start_array(std::size_t elements);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& token,
                     const nlohmann::detail::exception& error);

    Json takeValue();
    bool limitExceeded() const { return m_limitExceeded; }
    qsizetype errorByte() const { return m_errorByte; }
    QString errorText() const { return m_errorText; }

private:
    struct Frame {
        Json container;
        std::string key;
        std::unordered_map<std::string, std::size_t> index; // filled once the object is large
    };

    bool add(Json&& value);
    bool push(Json&& container);
    bool pop();
    void setMember(Frame& frame, Json&& value);

    JsonLimits m_limits;
    std::vector<Frame> m_stack;
    Json m_root;
    qsizetype m_values = 0;
    bool m_limitExceeded = false;
    qsizetype m_errorByte = 0;
    QString m_errorText;
};

} // namespace gesso
