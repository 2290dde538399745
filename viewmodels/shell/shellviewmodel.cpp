// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/shellviewmodel.h"

#include "core/run/runhistory.h"
#include "core/run/runservice.h"
#include "viewmodels/form/serverfindings.h"
#include "viewmodels/shell/abandonedrunsteller.h"
#include "viewmodels/shell/documentflow.h"
#include "viewmodels/shell/draftkeeper.h"
#include "viewmodels/shell/generateflow.h"
#include "viewmodels/shell/historyteller.h"
#include "viewmodels/shell/runfollower.h"
#include "viewmodels/shell/seedkeeper.h"
#include "viewmodels/shell/shellsettings.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>

namespace gesso {

namespace {

const QString serverKey = QStringLiteral("server");
const QString firstSample = QStringLiteral("text-to-picture.json");

} // namespace

class ShellViewModel::Private
{
public:
    Private(ShellViewModel* shell, Options given, const Clock& clock, UserPrompts& asked)
        : q(shell)
        , options(std::move(given))
        , prompts(asked)
        , settings(options.settingsFile)
        , server(clock, options.cacheFolder, options.startDemo)
        , library(options.samplesFolder)
        , seeds(document)
        , documents(document, prompts, notices)
        , drafts(document, prompts, notices, options.draftFolder)
        , generating(document, server, seeds, notices, clock)
        , follower(runs, results, stage, library, notices)
        , diagnostics(server, notices, prompts)
    {
    }

    void connectServer();
    void connectDocument();
    void connectRuns();
    void connectSettings();
    void restoreSettings();
    void updatePlaces();
    void openFirst(const QString& file);
    QString sampleToOpen() const;
    void onRefused(const PromptId& run);
    void onShownPictureChanged();
    void chooseFolderFor(const PromptId& run);
    RunService* service() const { return server.session() == nullptr ? nullptr : &server.session()->runs(); }

    ShellViewModel* q;
    Options options;
    UserPrompts& prompts;
    ShellSettings settings;
    NoticeList notices;
    WorkflowDocument document;
    ServerViewModel server;
    LibraryModel library;
    RunListModel runs;
    ResultModel results;
    StageViewModel stage;
    SeedKeeper seeds;
    DocumentFlow documents;
    DraftKeeper drafts;
    GenerateFlow generating;
    RunFollower follower;
    std::unique_ptr<AbandonedRunsTeller> abandoned;
    DiagnosticsFlow diagnostics;
    bool openingFirst = false;
    QString reason; // why generating is impossible
};

ShellViewModel::ShellViewModel(Options options, const Clock& clock, UserPrompts& prompts, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options), clock, prompts))
{
    d->document.setSamplesFolder(d->options.samplesFolder);
    d->library.setThumbnailFolder(d->options.cacheFolder.isEmpty()
                                      ? QString()
                                      : QDir(d->options.cacheFolder).filePath(QStringLiteral("thumbnails")));
    d->connectServer();
    d->connectDocument();
    d->connectRuns();
    d->restoreSettings();
    d->connectSettings();
    d->updatePlaces();
    connect(this, &ShellViewModel::outputFolderChanged, this, [this] { d->updatePlaces(); });
}

ShellViewModel::~ShellViewModel() = default;

void ShellViewModel::setHistory(RunHistory& history)
{
    d->server.setHistory(&history);
    d->abandoned = std::make_unique<AbandonedRunsTeller>(history, d->server, d->notices);
    new HistoryTeller(history, d->notices, this);
}

ServerViewModel& ShellViewModel::server()
{
    return d->server;
}
LibraryModel& ShellViewModel::library()
{
    return d->library;
}
WorkflowDocument& ShellViewModel::document()
{
    return d->document;
}
RunListModel& ShellViewModel::runs()
{
    return d->runs;
}
ResultModel& ShellViewModel::results()
{
    return d->results;
}
StageViewModel& ShellViewModel::stage()
{
    return d->stage;
}
NoticeList& ShellViewModel::notices()
{
    return d->notices;
}

DiagnosticsFlow& ShellViewModel::diagnostics()
{
    return d->diagnostics;
}

// --- wiring ---

void ShellViewModel::Private::updatePlaces()
{
    diagnostics.setPlaces({options.settingsFile, options.dataFolder, options.cacheFolder, options.logFolder,
                           q->outputFolder()});
}

void ShellViewModel::Private::connectServer()
{
    connect(&server, &ServerViewModel::sessionChanged, q, [this] {
        notices.dismissKey(serverKey);
        follower.setService(service());
        if (service() != nullptr) {
            service()->setResubmitLost(settings.resubmitsLost());
        }
    });
    connect(&server, &ServerViewModel::catalogChanged, q, [this] {
        document.setCatalog(server.catalog());
        library.setCatalog(server.catalog());
        q->updateCanGenerate();
    });
    connect(&server, &ServerViewModel::changed, q, &ShellViewModel::updateCanGenerate);
    connect(&server, &ServerViewModel::failed, q, [this](const Error& error) {
        notices.post(error,
                     {{tr("Reconnect"), [this] { server.reconnectNow(); }},
                      {tr("Use the demo server"), [this] { server.connectToDemo(); }}},
                     serverKey);
    });
}

void ShellViewModel::Private::connectDocument()
{
    connect(&document, &WorkflowDocument::opened, q, [this] {
        openingFirst = false;
        library.noteOpened(document.sourcePath());
        settings.setLastWorkflow(document.sourcePath());
        q->updateCanGenerate();
    });
    connect(&document, &WorkflowDocument::saved, q, [this](const QString& path) {
        library.noteOpened(path);
        settings.setLastWorkflow(path);
    });
    connect(&document, &WorkflowDocument::closed, q, &ShellViewModel::updateCanGenerate);
    connect(&document, &WorkflowDocument::formChanged, q, &ShellViewModel::updateCanGenerate);
    connect(&document, &WorkflowDocument::openFailed, q, [this] {
        if (openingFirst && !document.isOpen()) { // the last workflow is broken: at least a sample
            openingFirst = false;
            document.open(sampleToOpen());
        }
    });
    connect(&documents, &DocumentFlow::editsDiscarded, &drafts, &DraftKeeper::discardEdits);
    connect(&drafts, &DraftKeeper::ready, q, [this](const QString& file) { openFirst(file); });
    connect(&drafts, &DraftKeeper::openRequested, q, &ShellViewModel::openWorkflow);
    connect(&seeds, &SeedKeeper::changed, q, &ShellViewModel::seedTruthChanged);
}

void ShellViewModel::Private::connectRuns()
{
    connect(&generating, &GenerateFlow::submitted, q,
            [this](const PromptId& run, const QString& source) { follower.noteSource(run, source); });
    connect(&generating, &GenerateFlow::preparingChanged, q, &ShellViewModel::preparingChanged);
    connect(&follower, &RunFollower::refused, q, [this](const PromptId& run) { onRefused(run); });
    connect(&follower, &RunFollower::submitAgainRequested, q, &ShellViewModel::runAgain);
    connect(&follower, &RunFollower::showEndedRequested, q, &ShellViewModel::finishedRunsRequested);
    connect(&follower, &RunFollower::chooseFolderRequested, q,
            [this](const PromptId& run) { chooseFolderFor(run); });
    connect(&stage, &StageViewModel::imageChanged, q, [this] { onShownPictureChanged(); });
    connect(&stage, &StageViewModel::failed, q,
            [this](const Error& error) { notices.post(error, {}, QStringLiteral("stage")); });
}

void ShellViewModel::Private::restoreSettings()
{
    if (const std::optional<Error> damage = settings.damage()) {
        notices.post(*damage, {}, QStringLiteral("settings"));
    }
    library.setFolders(settings.folders());
    library.setRecent(settings.recentWorkflows());
    server.setRecent(settings.recentServers());
    server.setLastUsed(settings.lastServer());
    seeds.setRule(settings.seedRule());
    generating.setOutputFolder(q->outputFolder());
}

void ShellViewModel::Private::connectSettings()
{
    connect(&library, &LibraryModel::foldersChanged, q, [this] { settings.setFolders(library.folders()); });
    connect(&library, &LibraryModel::recentChanged, q,
            [this] { settings.setRecentWorkflows(library.recent()); });
    connect(&server, &ServerViewModel::recentChanged, q, [this] {
        settings.setRecentServers(server.recent());
        settings.setLastServer(server.lastUsed());
    });
}

void ShellViewModel::updateCanGenerate()
{
    const QString reason = d->generating.cannotGenerateReason();
    if (reason != d->reason) {
        d->reason = reason;
        Q_EMIT canGenerateChanged();
    }
}

// --- opening and saving ---

void ShellViewModel::start(const QString& file)
{
    updateCanGenerate();
    d->library.start();
    d->drafts.start(file); // then openFirst()
    d->server.start();
}

void ShellViewModel::Private::openFirst(const QString& file)
{
    const QString last = settings.lastWorkflow();
    openingFirst = true;
    if (!file.isEmpty()) {
        document.open(file);
    } else if (QFileInfo::exists(last)) {
        document.open(last);
    } else {
        document.open(sampleToOpen());
    }
}

QString ShellViewModel::Private::sampleToOpen() const
{
    const QDir samples(options.samplesFolder);
    if (samples.exists(firstSample)) {
        return samples.filePath(firstSample);
    }
    const QStringList names = samples.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    return samples.filePath(names.value(0, firstSample));
}

void ShellViewModel::openWorkflow(const QString& path)
{
    d->documents.open(path);
}
void ShellViewModel::openDropped(const QList<QUrl>& urls)
{
    d->documents.openDropped(urls);
}
void ShellViewModel::chooseWorkflow()
{
    d->documents.choose();
}
void ShellViewModel::saveWorkflow()
{
    d->documents.save();
}
void ShellViewModel::saveWorkflowAs()
{
    d->documents.saveAs();
}
void ShellViewModel::requestClose(std::function<void()> close)
{
    d->documents.requestClose(std::move(close));
}
void ShellViewModel::useAsInput(const QString& path)
{
    d->documents.useAsInput(path);
}

// --- generating ---

bool ShellViewModel::canGenerate() const
{
    return d->generating.cannotGenerateReason().isEmpty();
}

QString ShellViewModel::cannotGenerateReason() const
{
    return d->generating.cannotGenerateReason();
}

void ShellViewModel::generate(int count)
{
    d->generating.generate(count);
}

bool ShellViewModel::isPreparing() const
{
    return d->generating.isPreparing();
}

void ShellViewModel::Private::onRefused(const PromptId& run)
{
    const RunState* state = runs.stateOf(run);
    const RunRequest* request = runs.requestOf(run);
    if (state == nullptr || request == nullptr) {
        return;
    }
    const Diagnostics findings = serverFindings(state->findings, request->prompt, *server.catalog());
    const bool refused = state->phase == RunPhase::Refused;
    generating.showFindings(findings,
                            refused ? tr("The server refused it; nothing was queued.")
                                    : tr("The server left out what depends on it."));
}

void ShellViewModel::runAgain(const PromptId& run)
{
    if (d->service() != nullptr && !d->service()->resubmit(run).isEmpty()) {
        return; // linked to the run it repeats
    }
    if (const RunRequest* request = d->runs.requestOf(run)) { // of a server that was left
        d->generating.submitAgain(*request);
        d->runs.noteRunAgain(run);
    }
}

void ShellViewModel::runLostAgain()
{
    for (const PromptId& run : d->runs.lostRuns()) {
        runAgain(run);
    }
}

bool ShellViewModel::resubmitsLost() const
{
    return d->settings.resubmitsLost();
}

void ShellViewModel::setResubmitsLost(bool on)
{
    d->settings.setResubmitsLost(on);
    if (RunService* service = d->service()) {
        service->setResubmitLost(on);
    }
    Q_EMIT resubmitsLostChanged();
}

void ShellViewModel::cancelCurrent()
{
    if (d->stage.followed().isEmpty() || d->runs.activeCount() == 0) {
        d->generating.cancelPreparing(); // nothing is sent yet
    }
    cancel(d->stage.followed());
}

void ShellViewModel::cancel(const PromptId& run)
{
    if (RunService* service = d->service(); service != nullptr && !run.isEmpty()) {
        service->cancel(run);
    }
}

void ShellViewModel::cancelAll()
{
    d->generating.cancelPreparing();
    if (RunService* service = d->service()) {
        for (const PromptId& run : service->runs()) {
            const RunState* state = service->state(run);
            if (state != nullptr && !isEnded(state->phase)) {
                service->cancel(run);
            }
        }
    }
}

void ShellViewModel::retryDownload(const PromptId& run)
{
    if (RunService* service = d->service()) {
        service->retryDownloads(run);
    }
}

// --- seed truth ---

void ShellViewModel::Private::onShownPictureChanged()
{
    const int row = results.rowOf(stage.imagePath());
    if (stage.showing() == StageViewModel::Showing::Preview) {
        seeds.showRun(stage.followed());
    } else {
        seeds.showRun(row < 0 ? PromptId() : results.at(row).run);
    }
}

SeedRule ShellViewModel::seedRule() const
{
    return d->seeds.rule();
}

void ShellViewModel::setSeedRule(SeedRule rule)
{
    if (rule != d->seeds.rule()) {
        d->seeds.setRule(rule);
        d->settings.setSeedRule(rule);
        Q_EMIT seedRuleChanged();
    }
}

QString ShellViewModel::nextSeedText() const
{
    const std::optional<Seed> next = d->seeds.nextSeed();
    return next && d->seeds.willAdvance() ? tr("next %1").arg(next->value) : QString();
}

std::optional<Seed> ShellViewModel::shownSeed() const
{
    return d->seeds.shownSeed();
}

bool ShellViewModel::seedIsOfShownPicture() const
{
    return d->seeds.isOfShownPicture();
}

// --- results on disk ---

QString ShellViewModel::outputFolder() const
{
    const QString chosen = d->settings.outputFolder();
    return chosen.isEmpty() ? d->options.defaultOutputFolder : chosen;
}

void ShellViewModel::setOutputFolder(const QString& folder)
{
    if (folder == outputFolder()) {
        return;
    }
    d->settings.setOutputFolder(folder);
    d->generating.setOutputFolder(folder);
    Q_EMIT outputFolderChanged();
}

void ShellViewModel::chooseOutputFolder()
{
    d->prompts.chooseFolder(outputFolder(), [self = QPointer(this)](const QString& folder) {
        if (self) {
            self->setOutputFolder(folder);
        }
    });
}

void ShellViewModel::Private::chooseFolderFor(const PromptId& run)
{
    prompts.chooseFolder(q->outputFolder(), [self = QPointer(q), run](const QString& folder) {
        if (self) {
            self->setOutputFolder(folder);
            if (RunService* service = self->d->service()) {
                service->retryDownloads(run, folder);
            }
        }
    });
}

void ShellViewModel::revealResult(const QString& path)
{
    d->prompts.openExternally(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

} // namespace gesso
