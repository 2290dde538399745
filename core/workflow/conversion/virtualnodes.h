// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

namespace gesso::conversion {

// What a type means that exists in the browser only: the official ones and those of popular packs.
// nullopt for all others.
std::optional<NodeKind> virtualKind(const QString& type);

// The name that a Setter gives or a Getter asks for: its first widget.
QString channelName(const GraphNode& node);

// Today's name of a class that ComfyUI renamed long ago; `type` itself if it was not (conversion.md, 3.9).
QString currentTypeName(const QString& type);

} // namespace gesso::conversion
