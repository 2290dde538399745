// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>
#include <utility>

namespace gesso {

// Appends a member that is known to be new. Why not operator[]: it searches all keys first, which makes
// writing a document of many nodes quadratic.
inline void appendMember(Json& object, std::string key, Json value)
{
    using Members = std::vector<std::pair<const std::string, Json>>;
    Members& members = object.get_ref<Json::object_t&>();
    members.emplace_back(std::move(key), std::move(value));
}

} // namespace gesso
