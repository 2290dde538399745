// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/numbers.h"

#include <utility>

namespace gesso {
namespace {

template <typename A, typename B> int compareIntegers(A a, B b)
{
    return std::cmp_less(a, b) ? -1 : std::cmp_greater(a, b) ? 1 : 0;
}

} // namespace

int compareNumbers(const Json& a, const Json& b)
{
    if (!a.is_number_integer() || !b.is_number_integer()) {
        const double x = a.get<double>();
        const double y = b.get<double>();
        return x < y ? -1 : x > y ? 1 : 0;
    }
    if (a.is_number_unsigned()) {
        const auto x = a.get<std::uint64_t>();
        return b.is_number_unsigned() ? compareIntegers(x, b.get<std::uint64_t>())
                                      : compareIntegers(x, b.get<std::int64_t>());
    }
    const auto x = a.get<std::int64_t>();
    return b.is_number_unsigned() ? compareIntegers(x, b.get<std::uint64_t>())
                                  : compareIntegers(x, b.get<std::int64_t>());
}

} // namespace gesso
