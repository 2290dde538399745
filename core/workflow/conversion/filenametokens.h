// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

#include <QDateTime>

namespace gesso::conversion {

// Whether this is the filename_prefix of one of the front end's saving nodes.
bool hasFilenameTokens(const LiveNode& node, const InputDefinition& input);

// Replaces %Node.widget% and %date:FORMAT%; unknown tokens stay, and dates too while `now` is invalid
// (conversion.md, 4.2).
QString withFilenameTokens(const QString& text, LiveGraph& graph, const QDateTime& now);

} // namespace gesso::conversion
