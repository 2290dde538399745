// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/diagnostic.h"
#include "core/workflow/graph.h"
#include "core/workflow/nodecatalog.h"

#include <optional>

namespace gesso::conversion {

// Adds the links that the broadcasting nodes of the pack "Use Everywhere" stand for: those of extra.ue_links,
// the pack's own record, else those its rules give (broadcastrules.h). nullopt if nothing broadcasts, so that
// the usual graph is not copied. Inputs that two nodes of equal rank would feed stay without a link, as they
// do there, with a warning.
std::optional<Graph> withBroadcasts(const Graph& graph, const NodeCatalog& catalog, Diagnostics& diagnostics);

// Whether a link is one of those.
bool isBroadcastLink(LinkId id);

} // namespace gesso::conversion
