// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"

#include <QStringList>

namespace gesso {

// Saved widget values of a node that the server does not know: by key where they were saved as an object,
// else by position, named "value 1", "value 2" …

QString primitiveInputName(); // "value", the one widget of a PrimitiveNode
QStringList rawValueNames(const GraphNode& node);
const Json* rawValue(const GraphNode& node, const QString& name); // nullptr if there is none
bool setRawValue(GraphNode& node, const QString& name, const Json& value); // false if there is none

} // namespace gesso
