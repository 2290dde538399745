// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/jsonbuilder.h"

#include <QCoreApplication>

#include <cmath>

namespace gesso {
namespace {

constexpr std::size_t kLinearSearchKeys = 24; // below this a linear search beats hashing

using Members = std::vector<std::pair<const std::string, Json>>;

// ordered_map is a vector that hides its linear search behind operator[]; appending skips that search.
Members& membersOf(Json& object)
{
    return object.get_ref<Json::object_t&>();
}

} // namespace

JsonBuilder::JsonBuilder(const JsonLimits& limits)
    : m_limits(limits)
{
}

bool JsonBuilder::null()
{
    return add(Json(nullptr));
}
bool JsonBuilder::boolean(bool value)
{
    return add(Json(value));
}
bool JsonBuilder::number_integer(Json::number_integer_t value)
{
    return add(Json(value));
}
bool JsonBuilder::number_unsigned(Json::number_unsigned_t value)
{
    return add(Json(value));
}

bool JsonBuilder::number_float(Json::number_float_t value, const Json::string_t&)
{
    return add(std::isfinite(value) ? Json(value) : Json(nullptr));
}

bool JsonBuilder::string(Json::string_t& value)
{
    return add(Json(std::move(value)));
}
bool JsonBuilder::binary(Json::binary_t&)
{
    return false;
} // only in binary formats, never in text
bool JsonBuilder::start_object(std::size_t)
{
    return push(Json::object());
}

bool JsonBuilder::key(Json::string_t& value)
{
    m_stack.back().key = std::move(value);
    return true;
}

bool JsonBuilder::end_object()
{
    return pop();
}
bool JsonBuilder::start_array(std::size_t)
{
    return push(Json::array());
}
bool JsonBuilder::end_array()
{
    return pop();
}

bool JsonBuilder::parse_error(std::size_t position, const std::string&,
                              const nlohmann::detail::exception& error)
{
    m_errorByte = static_cast<qsizetype>(position);
    m_errorText = QString::fromUtf8(error.what());
    return false;
}

Json JsonBuilder::takeValue()
{
    return std::move(m_root);
}

bool JsonBuilder::add(Json&& value)
{
    if (++m_values > m_limits.maxValues) {
        m_limitExceeded = true;
        m_errorText = QCoreApplication::translate("gesso::Json", "This JSON has more than %1 values.")
                          .arg(m_limits.maxValues);
        return false;
    }
    if (m_stack.empty()) {
        m_root = std::move(value);
        return true;
    }
    Frame& frame = m_stack.back();
    if (frame.container.is_array()) {
        frame.container.get_ref<Json::array_t&>().push_back(std::move(value));
    } else {
        setMember(frame, std::move(value));
    }
    return true;
}

void JsonBuilder::setMember(Frame& frame, Json&& value)
{
    Members& members = membersOf(frame.container);
    if (members.size() < kLinearSearchKeys) {
        for (auto& [name, old] : members) {
            if (name == frame.key) {
                old = std::move(value);
                return;
            }
        }
        members.emplace_back(std::move(frame.key), std::move(value));
        return;
    }
    if (frame.index.empty()) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            frame.index.emplace(members[i].first, i);
        }
    }
    const auto [found, isNew] = frame.index.emplace(frame.key, members.size());
    if (isNew) {
        members.emplace_back(std::move(frame.key), std::move(value));
    } else {
        members[found->second].second = std::move(value);
    }
}

bool JsonBuilder::push(Json&& container)
{
    if (static_cast<int>(m_stack.size()) >= m_limits.maxDepth) {
        m_limitExceeded = true;
        m_errorText = QCoreApplication::translate("gesso::Json", "This JSON is nested deeper than %1 levels.")
                          .arg(m_limits.maxDepth);
        return false;
    }
    m_stack.push_back({std::move(container), {}, {}});
    return true;
}

bool JsonBuilder::pop()
{
    Json done = std::move(m_stack.back().container);
    m_stack.pop_back();
    return add(std::move(done));
}

} // namespace gesso
