// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/binding.h"
#include "core/run/runrequest.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gesso::cli {

// What `-p Key=Value` options ask for.
struct Parameters {
    std::vector<std::string> assignments;

    void declare(CLI::App& app);
};

// Writes the values into the workflow and `form`. A picture, mask or other file that lies on this machine
// becomes an upload and its name the value. Errors: Usage (no "=", unknown or ambiguous key, value out of
// limits), Unreadable (a file that is neither here nor on the server).
Result<QList<RunUpload>> applyParameters(const Parameters& parameters, Workflow& workflow,
                                         const NodeCatalog& catalog, Form& form);

// The value of the field with the role Seed; nullopt if there is none or it is no seed.
std::optional<Seed> mainSeed(const Form& form);

} // namespace gesso::cli
