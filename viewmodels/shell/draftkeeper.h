// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/draftstore.h"
#include "viewmodels/form/workflowdocument.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/userprompts.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>

namespace gesso {

// Keeps unsaved edits on the disk while they are made, and brings back what a Gesso that was killed left
// behind. What is on the disk goes only when it was saved, put back or discarded. All file work is off the
// GUI thread.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    // `folder` is shared with other windows; empty: nothing is kept.
    DraftKeeper(WorkflowDocument& document, UserPrompts& prompts, NoticeList& notices, QString folder,
                QObject* parent = nullptr);
    ~DraftKeeper() override; // writes what is pending

    // Looks for drafts, then says ready(). `file`: what the person wants to open, if anything.
    void start(const QString& file);
    void discardEdits(); // the person chose to lose them

Q_SIGNALS:
    void ready(const QString& file); // the file to open first: as given, or one that has a draft, or empty
    void openRequested(const QString& file); // the person wants the edits of this one

private:
    struct Disk; // what the pool's thread uses
    enum class Situation { Elsewhere, FileChanged, FileGone, Homeless };

    template <typename Work> void inBackground(Work work);
    void schedule();
    void journal(const QString& replaced = {});
    void onAdopted(DraftStore::Adopted adopted, const QString& file);
    void onOpened();
    void onOpenFailed();
    void onSaved();
    void compare();
    void placeDraft();
    void bringBack();
    void tellBack(const Draft& draft);
    void tell(const Draft& draft, Situation situation);
    void use(const Draft& draft, bool alsoIfChanged);
    void forget(const Draft& draft);
    void drop(const Draft& draft);
    void saveElsewhere(const Draft& draft, Situation situation);
    void tellWaiting();
    bool isWaiting(const Draft& draft) const;
    std::optional<Draft> draftOf(const QString& source) const;

    WorkflowDocument& m_document;
    UserPrompts& m_prompts;
    NoticeList& m_notices;
    const QString m_folder;
    std::shared_ptr<Disk> m_disk;
    QTimer m_delay;
    QTimer m_patience; // until it is said that edits wait for a server
    QList<Draft> m_waiting; // adopted, not yet brought back or dropped
    std::optional<Draft> m_placing; // of the open document: waits for its form
    QByteArray m_fingerprint; // of the document's file, once it is known
    QString m_first; // the draft that is opened at the start, by its file
    QString m_wanted; // the one that the person chose
    QString m_agreed; // the one to be used although its file was changed
    bool m_hasTold = false; // that nothing can be kept
    QThreadPool m_pool; // last: its thread ends before the rest goes
};

} // namespace gesso
