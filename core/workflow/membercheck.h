// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <initializer_list>

namespace gesso {

// What a member of a document may be; absent or null is always fine.
enum MemberKind : unsigned {
    Text = 1,
    Number = 2,
    List = 4,
    Object = 8,
};

struct ExpectedMember {
    const char* key;
    unsigned kinds; // of MemberKind, or-ed
};

// The first member of another kind than expected; "" if all are right. Readers pass over what is wrong: this
// is how they can say so.
QString wrongMember(const Json& object, std::initializer_list<ExpectedMember> expected);

} // namespace gesso
