// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/seed.h"
#include "viewmodels/diagnostics/diagnosticsflow.h"
#include "viewmodels/form/workflowdocument.h"
#include "viewmodels/library/librarymodel.h"
#include "viewmodels/runs/resultmodel.h"
#include "viewmodels/runs/runlistmodel.h"
#include "viewmodels/runs/stageviewmodel.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/userprompts.h"

#include <QObject>

#include <memory>

namespace gesso {

class RunHistory;

// What the main window is about: owns the other view models and the flows between them (open, generate,
// cancel, save). Views call it and listen; it knows no widget.
class ShellViewModel : public QObject
{
    Q_OBJECT

public:
    struct Options {
        QString samplesFolder;
        QString cacheFolder;
        QString defaultOutputFolder; // Pictures/Gesso
        ServerViewModel::DemoStarter startDemo;
        QString logFolder; // for the diagnostics report
        QString dataFolder;
        QString draftFolder; // unsaved edits, shared with other windows; empty: they are not kept
        QString settingsFile; // what is remembered apart from the window's own state; empty: nothing is
    };

    ShellViewModel(Options options, const Clock& clock, UserPrompts& prompts, QObject* parent = nullptr);
    ~ShellViewModel() override;

    ServerViewModel& server();
    LibraryModel& library();
    WorkflowDocument& document();
    RunListModel& runs();
    ResultModel& results();
    StageViewModel& stage();
    NoticeList& notices();
    DiagnosticsFlow& diagnostics();

    // Where runs are kept; before start(). Must outlive this.
    void setHistory(RunHistory& history);

    // Connects, and opens `file`, else the last workflow, else the first sample.
    void start(const QString& file = {});
    void openWorkflow(const QString& path); // asks about unsaved edits
    void
    openDropped(const QList<QUrl>& urls); // a workflow or picture dropped on the window: opened, never run
    void chooseWorkflow();
    void saveWorkflow();
    void saveWorkflowAs();
    void requestClose(std::function<void()> close); // asks about unsaved edits, then calls close

    bool canGenerate() const;
    QString cannotGenerateReason() const; // tooltip of the disabled button
    void generate(int count = 1); // Ctrl+Enter; seeds advance by the form's rule
    bool isPreparing() const; // runs that were asked for are being checked, off the GUI thread
    void cancelCurrent(); // Esc in the stage, the ✕ of the progress line
    void cancel(const PromptId& run);
    void cancelAll();
    void retryDownload(const PromptId& run);
    void runAgain(const PromptId& run); // one that ended, as a new run
    void runLostAgain(); // all that the server lost
    bool resubmitsLost() const; // by itself; remembered
    void setResubmitsLost(bool on);

    SeedRule seedRule() const; // remembered
    void setSeedRule(SeedRule rule);
    QString nextSeedText() const; // "next 42" where it differs from the number shown, else ""
    std::optional<Seed> shownSeed() const; // that made the picture on the stage
    bool seedIsOfShownPicture() const; // "this picture" stands at the seed field
    QString outputFolder() const;
    void setOutputFolder(const QString& folder);
    void chooseOutputFolder();
    void revealResult(const QString& path);
    void useAsInput(const QString& path); // a result into the first image field

Q_SIGNALS:
    void canGenerateChanged();
    void preparingChanged();
    void outputFolderChanged();
    void seedRuleChanged();
    void resubmitsLostChanged();
    void finishedRunsRequested(); // the person wants to see the runs that ended
    void seedTruthChanged(); // nextSeedText(), seedIsOfShownPicture()

private:
    void updateCanGenerate();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
