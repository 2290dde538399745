// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace gesso {

// ComfyUI seeds use the full unsigned 64-bit range (0 … 18446744073709551615), which neither a double nor
// a signed integer holds.
struct Seed {
    std::uint64_t value = 0;

    bool operator==(const Seed&) const = default;
};

// What happens to a seed after a run; ComfyUI's control_after_generate values.
enum class SeedRule { Fixed, Increment, Decrement, Randomize };

// The seed after `seed` under `rule`, wrapping inside [min, max]; `random` is used by Randomize only.
Seed nextSeed(Seed seed, SeedRule rule, std::uint64_t random, Seed min = {0}, Seed max = {UINT64_MAX});

} // namespace gesso
