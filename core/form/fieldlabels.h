// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"

namespace gesso {

// The label of a field its author did not name: the well-known name of its role or of its input, else the
// input's name with spaces and a capital ("upscale_method" → "Upscale method").
QString labelFor(FieldRole role, const QString& input);

// Makes equal labels inside each group differ, by node title and, where that is equal too, by node id.
void disambiguateLabels(Form& form);

} // namespace gesso
