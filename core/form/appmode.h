// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/workflow.h"

namespace gesso {

// A widget the author chose to show first.
struct AppModeInput {
    WidgetRef ref;
    QString description; // the author's help text, may be empty
};

// What an author selected in the front end's app mode: extra.linearData = {"inputs": [[node id, widget name,
// {"description", "height"}?], …], "outputs": [node id, …]}. Empty if there is none. Entries of another shape
// (newer front ends may add some) are skipped.
QList<AppModeInput> appModeInputs(const Workflow& workflow);

} // namespace gesso
