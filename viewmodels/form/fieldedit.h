// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/nodecatalog.h"

#include <QHash>

namespace gesso {

// What a field holds: its value and, for a picture chosen from this machine, the file to upload.
struct FieldState {
    Json value;
    QString localFile;

    bool operator==(const FieldState&) const = default;
};

// A field named by its widget: means the same in another process.
struct FieldValue {
    WidgetRef ref;
    FieldState state;

    bool operator==(const FieldValue&) const = default;
};

// A field's present value where it was changed since the document was opened. It remembers the catalogue it
// was made with: another server's may know the widget under another name, or not at all.
struct FieldEdit {
    WidgetRef ref;
    Json value;
    NodeCatalogPtr catalog;
    quint64 order = 0; // later edits of the same widget win
};

// By WidgetRef::toString().
using FieldEdits = QHash<QString, FieldEdit>;

} // namespace gesso
