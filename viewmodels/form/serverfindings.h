// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comfy/comfytypes.h"
#include "core/workflow/diagnostic.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/prompt.h"

namespace gesso {

// A server's node_errors (protocol.md, 4) in plain words, with the nearest valid value as fix where there is
// one. The server's own words stay for kinds that are not known. Pure.
Diagnostics serverFindings(const QList<NodeFinding>& findings, const Prompt& prompt,
                           const NodeCatalog& catalog);

} // namespace gesso
