// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/form/formnodes.h"

namespace gesso {

// The fields of one node, one per widget, in the order the front end shows them; without role, label and
// group.
QList<Field> fieldsOfNode(const FormNode& node);

// Which editor an input as declared by the server gets.
FieldKind kindOf(const InputDefinition& input);

} // namespace gesso
