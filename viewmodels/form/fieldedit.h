// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"

#include <QHash>

namespace gesso {

// What a field holds: its value and, for a picture chosen from this machine, the file to upload.
struct FieldState {
    Json value;
    QString localFile;

    bool operator==(const FieldState&) const = default;
};

// A field's present value where it was changed since the document was opened.
struct FieldEdit {
    WidgetRef ref;
    Json value;
};

// By WidgetRef::toString().
using FieldEdits = QHash<QString, FieldEdit>;

} // namespace gesso
