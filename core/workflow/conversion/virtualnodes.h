// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/livegraph.h"

namespace gesso::conversion {

// What a node means that exists in the browser only: the official ones, those of popular packs, and notes and
// labels of any pack. nullopt for all others. Ask only for types that the server lacks: a pack may use the
// same name for a class that runs.
std::optional<NodeKind> virtualKind(const GraphNode& node);

// The name that a Setter gives or a Getter asks for: its first widget. Empty: none.
QString channelName(const GraphNode& node);

// The same, kept apart by pack: a Getter finds Setters of its own pack only. Empty if the name is.
QString channelKey(const GraphNode& node);

// Today's name of a class that ComfyUI or a pack renamed; `type` itself if it was not (conversion.md, 3.9).
QString currentTypeName(const QString& type);

} // namespace gesso::conversion
