// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/membercheck.h"

namespace gesso {
namespace {

unsigned kindOf(const Json& value)
{
    switch (value.type()) {
    case Json::value_t::string:
        return Text;
    case Json::value_t::array:
        return List;
    case Json::value_t::object:
        return Object;
    default:
        return value.is_number() ? int(Number) : 0;
    }
}

} // namespace

QString wrongMember(const Json& object, std::initializer_list<ExpectedMember> expected)
{
    for (const ExpectedMember& entry : expected) {
        const Json* value = member(object, entry.key);
        if (value && !value->is_null() && !(kindOf(*value) & entry.kinds)) {
            return QString::fromLatin1(entry.key);
        }
    }
    return {};
}

} // namespace gesso
