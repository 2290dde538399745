// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"
#include "core/workflow/diagnostic.h"

namespace gesso::conversion {

// A finding about one node, with its id in the prompt, its type and its title.
Diagnostic finding(Severity severity, const QString& code, const LiveNode& node, const QString& message,
                   const QString& input = {});

// The node's title for a person: its own, else its class's display name, else its type.
QString titleOf(const LiveNode& node);

} // namespace gesso::conversion
