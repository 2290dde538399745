// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodelibrary.h"
#include "core/demo/promptindex.h"

namespace gesso::demo {

// What determines each node's result: its class and values, the contents of the pictures it loads, and the
// signatures of its origins. Nodes in a cycle (of another, refused output) have none.
QHash<QString, QByteArray> signatures(const PromptIndex& prompt, const NodeLibrary& library,
                                      const Folders& folders);

} // namespace gesso::demo
