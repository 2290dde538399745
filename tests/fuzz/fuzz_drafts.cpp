// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/draftstore.h"
#include "tests/fuzz/fuzztarget.h"
#include "viewmodels/shell/draftcodec.h"

#include <QDir>
#include <QTemporaryDir>

using namespace gesso;

// What a dead window may have left among the drafts. It is taken over or told; what is taken over can be
// written, and is then taken over as the same.
void fuzz(const QByteArray& bytes)
{
    static const QTemporaryDir folder;
    const QString left = folder.filePath(QStringLiteral("0123456789abcdef0123456789abcdef-0.json"));
    fuzzing::writeFile(left, bytes);

    Draft draft;
    {
        DraftStore store(folder.path());
        const DraftStore::Adopted adopted = store.adopt();
        fuzzing::require(adopted.drafts.size() + adopted.problems.size() == 1);
        for (const Error& problem : adopted.problems) {
            fuzzing::require(!problem.hint.isEmpty()); // where it is kept
        }
        QDir dir(folder.path());
        for (const QString& kept : dir.entryList({QStringLiteral("*.broken")}, QDir::Files)) {
            dir.remove(kept);
        }
        if (adopted.drafts.isEmpty()) {
            return;
        }
        draft = adopted.drafts.constFirst();
        fuzzing::require(decodeValues(encodeValues(decodeValues(draft.values)))
                         == decodeValues(draft.values));
        DraftStore::remove(draft);
        fuzzing::require(store.write(draft).has_value());
    }
    DraftStore store(folder.path());
    const DraftStore::Adopted again = store.adopt();
    fuzzing::require(again.drafts.size() == 1);
    fuzzing::require(again.drafts.constFirst().values == draft.values
                     && again.drafts.constFirst().workflow == draft.workflow
                     && again.drafts.constFirst().title == draft.title);
    DraftStore::remove(again.drafts.constFirst());
}
