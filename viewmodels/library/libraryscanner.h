// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/library/workflowneeds.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace gesso {

// A workflow file as its card needs it.
struct LibraryEntry {
    QString path; // absolute
    QString title;
    QString kind; // "Picture", …
    WorkflowNeeds needs;
    QString picture; // shown on the card: the file itself or a picture beside it; empty if none
    qint64 modifiedMs = 0; // also of the picture: when it changes, the card does

    bool operator==(const LibraryEntry&) const = default;
};

// What an earlier scan found in a file: unchanged files are not read again.
struct KnownFile {
    qint64 size = 0;
    qint64 modifiedMs = 0;
    std::optional<LibraryEntry> entry; // nullopt: no workflow in it
};
using KnownFiles = QHash<QString, KnownFile>;

struct FolderScan {
    QList<LibraryEntry> entries; // by title
    KnownFiles known; // of this folder
    QStringList folders; // it and those below: to be watched
    QStringList withoutWorkflow; // JSON files: to be watched, as they may be only half written
};

// Finds the workflows (JSON, and files that can carry one: workflowFileSuffixes) in a folder and below. Links
// to folders are not followed; at most 20,000 files are looked at. Blocking. Any thread.
FolderScan scanFolder(const QString& folder, const KnownFiles& known, bool areSamples);

// One file; nullopt if it is gone or holds no workflow.
std::optional<LibraryEntry> readLibraryEntry(const QString& path, bool isSample);

} // namespace gesso
