// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"

namespace gesso::demo {

void addScaleNodes(NodeLibrary&) { }

} // namespace gesso::demo
