// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runservice.h"
#include "viewmodels/library/librarymodel.h"
#include "viewmodels/runs/resultmodel.h"
#include "viewmodels/runs/runlistmodel.h"
#include "viewmodels/runs/stageviewmodel.h"
#include "viewmodels/shell/endteller.h"
#include "viewmodels/shell/noticelist.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace gesso {

// What happens as runs go on and end: the stage follows them one after the other, results come into the strip
// and onto the cards, and what went wrong is told with a way out.
class RunFollower : public QObject
{
    Q_OBJECT

public:
    RunFollower(RunListModel& runs, ResultModel& results, StageViewModel& stage, LibraryModel& library,
                NoticeList& notices, QObject* parent = nullptr);

    void setService(RunService* service);
    void noteSource(const PromptId& run, const QString& workflowPath); // whose card gets the result

Q_SIGNALS:
    void refused(const gesso::PromptId& run); // node_errors, also of a run that went on in part
    void chooseFolderRequested(const gesso::PromptId& run); // results could not be saved
    void submitAgainRequested(const gesso::PromptId& run);
    void showEndedRequested(); // the list of runs that ended

private:
    void onAdded(const PromptId& run);
    void onChanged(const PromptId& run);
    void onFileSaved(const PromptId& run, const SavedFile& file);
    void onFinished(const PromptId& run);
    void onRestored(const QList<PromptId>& runs);
    void showRestored();
    void onResubmitted(const PromptId& lost);
    void followNext();
    void showResultOf(const RunState& state);
    void tellUnsaved(const RunState& state);
    void tellEnd(const RunState& state);

    RunListModel& m_runs;
    ResultModel& m_results;
    StageViewModel& m_stage;
    LibraryModel& m_library;
    NoticeList& m_notices;
    EndTeller m_ends;
    QPointer<RunService> m_service;
    QHash<PromptId, QString> m_sources;
};

} // namespace gesso
