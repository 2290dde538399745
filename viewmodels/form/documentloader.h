// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/formbuilder.h"
#include "viewmodels/form/fieldedit.h"

namespace gesso {

// A workflow made ready for editing.
struct LoadedDocument {
    std::shared_ptr<const Workflow> opened; // as read
    Workflow current; // with the edits
    Form form; // values of `current`, originals of `opened`
    QHash<QString, qsizetype> places; // of the fields in `form`, by WidgetRef::toString()
    Diagnostics findings; // against the catalogue; empty if that is empty
};

// Reads the file and builds its form. Blocking: call it off the GUI thread. Errors: those of
// readWorkflowFile.
Result<LoadedDocument> loadDocument(const QString& path, const NodeCatalog& catalog);

// Builds the form anew for another catalogue. Pure.
LoadedDocument rebuildDocument(std::shared_ptr<const Workflow> opened, const FieldEdits& edits,
                               const NodeCatalog& catalog);

// The document with its edits. Pure.
Workflow withEdits(const Workflow& opened, const FieldEdits& edits);

// Atomic; UI or API JSON as the document is. Blocking. Errors: DiskError, DiskFull.
Result<void> writeWorkflow(const Workflow& workflow, const QString& path);
Result<void> writeJsonFile(const Json& document, const QString& path); // likewise

} // namespace gesso
