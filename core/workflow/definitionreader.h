// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/nodedefinition.h"

namespace gesso {

// One entry of /object_info. Tolerant: what is absent, null or of another type than expected is left out.
NodeDefinition readNodeDefinition(const QString& type, const Json& json);

} // namespace gesso
