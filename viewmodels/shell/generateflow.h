// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/run/runrequest.h"
#include "viewmodels/form/workflowdocument.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/seedkeeper.h"

#include <QObject>

namespace gesso {

// From the form to runs: checks before anything is sent, says what is wrong on its own field, submits.
class GenerateFlow : public QObject
{
    Q_OBJECT

public:
    GenerateFlow(WorkflowDocument& document, ServerViewModel& server, SeedKeeper& seeds, NoticeList& notices,
                 const Clock& clock, QObject* parent = nullptr);

    void setOutputFolder(const QString& folder);
    QString cannotGenerateReason() const; // empty if it can
    QList<PromptId> generate(int count); // the runs submitted; empty if something is wrong
    // The same again under a new id: for runs a server lost.
    PromptId submitAgain(const RunRequest& request);

    // Marks the fields and reveals the first; the rest is told in a notice.
    void showFindings(const Diagnostics& findings, const QString& summary);

private:
    bool isReady();
    std::optional<RunRequest> makeRequest();
    QList<RunUpload> uploads() const;
    Diagnostics missingFiles() const;
    Diagnostics check(const Conversion& conversion) const;
    bool isUploadedLater(const Diagnostic& finding) const;

    WorkflowDocument& m_document;
    ServerViewModel& m_server;
    SeedKeeper& m_seeds;
    NoticeList& m_notices;
    const Clock& m_clock;
    QString m_outputFolder;
};

} // namespace gesso
