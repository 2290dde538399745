// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/store/instancemark.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace gesso {

// Edits of a workflow that were not saved. What is read back may be anything: somebody else may have written
// it.
struct Draft {
    QString file; // where it is kept; given by the store
    QString source; // the file that was opened, absolute
    QByteArray fingerprint; // of its content when it was opened or saved; empty: not known
    QString title;
    QDateTime changed; // UTC
    Json values; // the edited values, as the form writes them
    Json workflow; // the whole as it would be saved: for when `source` is gone
};

// Drafts in one folder that all Gessos of this user share: a file for each window, so that none overwrites
// another's. Blocks on the disk; to be used by one thread at a time.
class DraftStore
{
public:
    struct Adopted {
        QList<Draft> drafts; // newest first
        QList<Error> problems; // files that cannot be read: kept, under another name
    };

    explicit DraftStore(QString folder); // made if it does not exist

    // Replaces this window's own draft, whole or not at all. Errors: DiskError, DiskFull.
    Result<void> write(const Draft& draft);
    void removeOwn();

    // Takes over what dead windows left; of two that try, one gets it. Adopted drafts stay on the disk until
    // they are removed, and belong to the next Gesso if this one dies.
    Adopted adopt();
    static void remove(const Draft& draft);

private:
    QString pathOf(int number) const;
    bool isLeftBehind(const QString& name) const;
    QString claim(const QString& name);

    QString m_folder;
    InstanceMark m_mark;
    int m_adopted = 0;
};

// Of a file's content; empty if it is not a plain file that can be read. Of a very large one, the beginning.
QByteArray fingerprintOf(const QString& path);

} // namespace gesso
