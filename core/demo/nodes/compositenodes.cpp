// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"

namespace gesso::demo {

void addCompositeNodes(NodeLibrary&) { }

} // namespace gesso::demo
