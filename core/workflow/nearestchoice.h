// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <memory>
#include <unordered_map>

namespace gesso {

// The valid choice nearest to `value`: the same but for case and for \ and /; the same file name in another
// folder (the one with most folders in common); the same model in another file format; else the closest
// spelling. Null if nothing is near.
Json nearestChoice(const Json& value, const Json& choices);

// The same for many values: each list is prepared once, as servers have thousands of models and a workflow
// may name many that are not there. Lists are told apart by their address, and must outlive this unchanged.
class NearestChoices
{
public:
    NearestChoices();
    ~NearestChoices();
    NearestChoices(const NearestChoices&) = delete;
    NearestChoices& operator=(const NearestChoices&) = delete;

    Json find(const Json& value, const Json& choices);

private:
    struct Offers;
    std::unordered_map<const Json*, std::unique_ptr<const Offers>> m_prepared;
};

} // namespace gesso
