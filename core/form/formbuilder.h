// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/workflow.h"

namespace gesso {

// The form of any workflow, graph or prompt. Pure, any thread. Nodes the server does not know give RawJson
// fields, so that nothing is out of reach.
Form buildForm(const Workflow& workflow, const NodeCatalog& catalog);

} // namespace gesso
