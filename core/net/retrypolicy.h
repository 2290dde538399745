// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

namespace gesso {

// Exponential back-off with jitter: many clients that lost one server must not come back in step. Pure.
struct RetryPolicy {
    int firstMs = 500;
    double factor = 2;
    int maxMs = 30'000;
    double jitter = 0.5; // the share of each delay that is random, 0…1

    // The pause before try `attempt` (0 is the first retry). `random` is uniform in [0, 1). The result is
    // between (1 - jitter) × d and d, where d = min(maxMs, firstMs × factor^attempt).
    int delayMs(int attempt, double random) const;

    bool operator==(const RetryPolicy&) const = default;
};

} // namespace gesso
