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
    QByteArray fingerprint; // of the file as it was read, see fingerprintOf()
};

// Reads the file and builds its form. Blocking: call it off the GUI thread. Errors: those of
// readWorkflowFile.
Result<LoadedDocument> loadDocument(const QString& path, const NodeCatalog& catalog);

// Builds the form anew for another catalogue. Pure.
LoadedDocument rebuildDocument(std::shared_ptr<const Workflow> opened, const FieldEdits& edits,
                               const NodeCatalog& catalog);

// The document with its edits. Pure.
Workflow withEdits(const Workflow& opened, const FieldEdits& edits);

// Atomic. Blocking. Errors: DiskError, DiskFull.
Result<void> writeJsonFile(const Json& document, const QString& path);

// What became of a file that was to be saved.
struct SavedDocument {
    Result<void> written;
    bool isForeign = false; // nothing was written: somebody else has changed the file
    QByteArray fingerprint; // of the file as it is now
};

// UI or API JSON as the document is. Replaces a file only if it is still the one of this fingerprint; an
// empty one replaces any. Otherwise as writeJsonFile().
SavedDocument saveDocument(const Workflow& workflow, const QString& path, const QByteArray& expected);

} // namespace gesso
