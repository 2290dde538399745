// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "core/run/runservice.h"
#include "core/workflow/nodecatalog.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace gesso::cli {

// Tells the console what happens to a set of runs, and when all have ended.
class RunFollower : public QObject
{
    Q_OBJECT

public:
    RunFollower(RunService& runs, NodeCatalogPtr catalog, Console& console, bool previews,
                QObject* parent = nullptr);

    void submit(const RunRequest& request);
    void follow(const PromptId& run); // one the service has already, maybe ended
    void leave(); // finished() at once; the runs go on
    void cancelAll(); // on the server too; finished() comes also if the server does not confirm in time
    void timeOut(int seconds); // cancels all, and they count as timed out

    bool hasFinished() const { return m_active == 0; }
    ExitCode exitCode() const { return m_exitCode; }

Q_SIGNALS:
    void finished(); // all runs have ended

private:
    struct Shown {
        RunPhase phase = RunPhase::Preparing;
        Json progress;
        bool ended = false;
    };

    void onChanged(const PromptId& id);
    void onPreview(const PreviewFrame& frame);
    void onFileSaved(const PromptId& id, const SavedFile& file);
    void onFinished(const PromptId& id);
    void onNoAnswer();
    void showProgress(const RunState& state, Shown& shown);
    void showResults(const RunState& state);
    Error endOf(const RunState& state) const; // empty message if all is well
    QString titleOf(const PromptId& run, const NodeId& node) const;
    void end(const PromptId& id, ExitCode code);

    RunService& m_runs;
    NodeCatalogPtr m_catalog;
    Console& m_console;
    bool m_previews = false;
    QHash<PromptId, Shown> m_shown;
    int m_active = 0;
    int m_timeoutSeconds = 0; // once timed out
    QTimer m_confirmation;
    ExitCode m_exitCode = ExitCode::Done;
};

} // namespace gesso::cli
