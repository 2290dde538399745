// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/form/fieldedit.h"

#include <QList>

namespace gesso {

// The values of a draft as JSON: [{"node", "input", "value", "file" (optional)}]. What is no value is left
// out.
Json encodeValues(const QList<FieldValue>& values);
QList<FieldValue> decodeValues(const Json& json);

} // namespace gesso
