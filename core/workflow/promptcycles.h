// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/prompt.h"

namespace gesso {

// Circles of nodes that are linked to each other, each once and in the order of the links. The index of
// `prompt` must be up to date.
QList<QList<NodeId>> findCycles(const Prompt& prompt);

} // namespace gesso
