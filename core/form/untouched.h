// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/workflow.h"

namespace gesso {

// After an edit was taken back: gives the nodes that keep the value of `ref` (its own and the subgraph
// instances or the group node around it) what the file had, to the byte. Setting the old value is not enough
// for that: an edit may have filled columns that the file left out, or replaced a null by what it stands for.
// Nodes in which one of `otherEdits` stands are left alone. `current` is `opened` with edits of values.
void restoreUntouched(Workflow& current, const Workflow& opened, const WidgetRef& ref,
                      const QList<WidgetRef>& otherEdits);

} // namespace gesso
