// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrequest.h"

namespace gesso {

// What differs from the run before, for lists: "seed 8", "Cfg 7.0 → 5.5", "Text changed". With no run before,
// or another workflow: its seed. Pure.
QString runDifference(const RunRequest& run, const RunRequest* before);

} // namespace gesso
