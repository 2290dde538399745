// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/seed.h"

namespace gesso {

Seed nextSeed(Seed seed, SeedRule rule, std::uint64_t random, Seed min, Seed max)
{
    switch (rule) {
    case SeedRule::Fixed:
        return seed;
    case SeedRule::Increment:
        return seed.value >= max.value ? min : Seed{seed.value + 1};
    case SeedRule::Decrement:
        return seed.value <= min.value ? max : Seed{seed.value - 1};
    case SeedRule::Randomize: {
        const std::uint64_t span = max.value - min.value;
        return Seed{span == UINT64_MAX ? random : min.value + random % (span + 1)};
    }
    }
    return seed;
}

} // namespace gesso
