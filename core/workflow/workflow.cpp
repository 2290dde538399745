// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/workflow.h"

namespace gesso {

Json toJson(const Workflow& workflow)
{
    return std::visit([](const auto& document) { return toJson(document); }, workflow.document);
}

} // namespace gesso
