// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/workflow.h"

#include <QStringList>

namespace gesso {

// The classes of the nodes a workflow runs, each once: without notes, reroutes and subgraph instances, with
// the nodes inside subgraphs, without muted and bypassed ones. Pure.
QStringList nodeTypesOf(const Workflow& workflow);

// What such a workflow makes, from the nodes that save or show something: "Picture", "Video", "Sound", "3D",
// "Text", or "Workflow" if none is known. Pure.
QString workflowKind(const QStringList& nodeTypes);

} // namespace gesso
