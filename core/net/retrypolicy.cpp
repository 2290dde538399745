// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/retrypolicy.h"

#include <algorithm>
#include <cmath>

namespace gesso {

int RetryPolicy::delayMs(int attempt, double random) const
{
    // Beyond this many doublings any delay is the maximum; pow() of a large number would be infinite.
    constexpr int kEnoughDoublings = 64;
    const double unbounded = firstMs * std::pow(factor, std::clamp(attempt, 0, kEnoughDoublings));
    const double full = std::min(unbounded, double(maxMs));
    const double share = std::clamp(jitter, 0.0, 1.0) * (1.0 - std::clamp(random, 0.0, 1.0));
    return int(std::lround(full * (1.0 - share)));
}

} // namespace gesso
