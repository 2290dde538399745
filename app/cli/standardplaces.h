// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/diagnostics/localchecks.h"

namespace gesso::cli {

// The window's own: CompositionRoot::standardOptions().
UsedPlaces standardPlaces();

} // namespace gesso::cli
