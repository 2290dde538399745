// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/run/runrequest.h"
#include "viewmodels/form/workflowdocument.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/rundraft.h"
#include "viewmodels/shell/seedkeeper.h"

#include <QObject>
#include <QQueue>
#include <QSet>
#include <QThreadPool>

namespace gesso {

// From the form to runs: checks before anything is sent, says what is wrong on its own field, submits.
// Converting and checking is done off the GUI thread, one press of Generate after the other.
class GenerateFlow : public QObject
{
    Q_OBJECT

public:
    enum class Sending { WhatIsRight, AllTheSame }; // the latter leaves it to the server to refuse

    GenerateFlow(WorkflowDocument& document, ServerViewModel& server, SeedKeeper& seeds, NoticeList& notices,
                 const Clock& clock, QObject* parent = nullptr);
    ~GenerateFlow() override;

    void setOutputFolder(const QString& folder);
    QString cannotGenerateReason() const; // empty if it can
    // Runs with the values of this moment: submitted() for each, or findings and a notice, a little later.
    void generate(int count, Sending sending = Sending::WhatIsRight);
    bool isPreparing() const; // runs that were asked for are being checked
    void cancelPreparing(); // drops what is not submitted yet
    // The same again under a new id: for runs a server lost.
    PromptId submitAgain(const RunRequest& request);

    // Marks the fields and reveals the first; the rest is told in a notice.
    void showFindings(const Diagnostics& findings, const QString& summary,
                      const QList<Notice::Action>& actions = {});

Q_SIGNALS:
    void preparingChanged();
    void submitted(const gesso::PromptId& run, const QString& sourcePath); // of the workflow it was made from

private:
    struct Job {
        RunDraft draft;
        QString sourcePath;
        Sending sending = Sending::WhatIsRight;
    };
    using Requests = QList<Result<RunRequest>>;

    RunDraft makeDraft(int count) const;
    void startNext();
    void onChecked(const CheckedDraft& checked);
    void makeRequests();
    void onRequestsMade(const Requests& requests);
    void endJob();
    Diagnostics withoutEdited(const Diagnostics& findings) const;
    QList<Notice::Action> sendAnyway(const Diagnostics& findings);
    template <typename Work, typename Then> void inBackground(Work work, Then then);

    WorkflowDocument& m_document;
    ServerViewModel& m_server;
    SeedKeeper& m_seeds;
    NoticeList& m_notices;
    const Clock& m_clock;
    QString m_outputFolder;
    QQueue<Job> m_jobs; // the first is being worked on
    quint64 m_turn = 0; // answers of an earlier one are dropped
    QSet<QString> m_edited; // fields edited since the first job was started
    QThreadPool m_pool; // last: its thread ends before the rest goes
};

} // namespace gesso
