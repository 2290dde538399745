// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"

#include <QSet>

namespace gesso {

// The fields that have every word of `filter` in their label, input name, node title, node class or group; in
// the order of the form. All of them for an empty filter.
QSet<qsizetype> matchingFields(const Form& form, const QString& filter);

} // namespace gesso
