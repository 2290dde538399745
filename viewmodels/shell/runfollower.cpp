// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/runfollower.h"

#include "viewmodels/base/picturereader.h"
#include "viewmodels/runs/runtexts.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace gesso {

namespace {

constexpr int takenUpNoticeMs = 8000;

// Notices of one run replace each other.
QString keyOf(const PromptId& run)
{
    return QString(QStringLiteral("run-") + run.toString());
}

// Apart from what else is told of the run: it may have failed, and what it made before could not be saved.
QString filesKeyOf(const PromptId& run)
{
    return QString(keyOf(run) + QStringLiteral("-files"));
}

bool isUnsaved(const SavedFile& file)
{
    return !file.error.message.isEmpty();
}

} // namespace

RunFollower::RunFollower(RunListModel& runs, ResultModel& results, StageViewModel& stage,
                         LibraryModel& library, NoticeList& notices, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
    , m_results(results)
    , m_stage(stage)
    , m_library(library)
    , m_notices(notices)
    , m_ends(notices)
{
    connect(&m_ends, &EndTeller::showRequested, this, &RunFollower::showEndedRequested);
    connect(&m_ends, &EndTeller::runAgainRequested, this, [this](const QList<PromptId>& lost) {
        for (const PromptId& run : lost) {
            Q_EMIT submitAgainRequested(run);
        }
    });
    connect(&results, &ResultModel::thumbnailLoaded, this,
            [this](const PromptId& run, const QString&, const QImage& thumbnail) {
                m_runs.setThumbnail(run, thumbnail);
                if (const QString source = m_sources.value(run); !source.isEmpty()) {
                    m_library.setThumbnail(source, thumbnail);
                }
            });
}

void RunFollower::setService(RunService* service)
{
    if (m_service) {
        m_service->disconnect(this);
    }
    m_service = service;
    m_ends.reset();
    m_runs.setService(service);
    m_stage.setService(service);
    if (service != nullptr) {
        connect(service, &RunService::added, this, &RunFollower::onAdded);
        connect(service, &RunService::changed, this, &RunFollower::onChanged);
        connect(service, &RunService::fileSaved, this, &RunFollower::onFileSaved);
        connect(service, &RunService::finished, this, &RunFollower::onFinished);
        connect(service, &RunService::restored, this, &RunFollower::onRestored);
        connect(service, &RunService::resubmitted, this, &RunFollower::onResubmitted);
        showRestored();
    }
}

// What was taken over, and maybe has ended, before the window listened.
void RunFollower::showRestored()
{
    QList<PromptId> restored;
    const QList<PromptId> runs = m_service->runs();
    for (const PromptId& run : runs) {
        if (!m_service->wasRestored(run)) {
            continue;
        }
        restored.append(run);
        const RunState state = *m_service->state(run);
        for (const SavedFile& file : state.files) {
            if (!file.path.isEmpty()) {
                onFileSaved(run, file);
            }
        }
        if (isEnded(state.phase)) {
            onFinished(run);
        }
    }
    if (!restored.isEmpty()) {
        onRestored(restored);
        followNext();
    }
}

void RunFollower::onRestored(const QList<PromptId>& runs)
{
    Notice notice;
    notice.key = QStringLiteral("restored");
    notice.tone = NoticeTone::Info;
    notice.text = runs.size() == 1
        ? tr("A run from last time was taken up again.")
        : tr("%n runs from last time were taken up again.", nullptr, int(runs.size()));
    notice.timeoutMs = takenUpNoticeMs;
    m_notices.post(std::move(notice));
}

void RunFollower::onResubmitted(const PromptId& lost)
{
    m_notices.dismissKey(keyOf(lost));
    const RunState* state = m_service->state(lost);
    if (state != nullptr && state->phase == RunPhase::Lost) {
        m_ends.noteRunAgain(lost);
    }
}

void RunFollower::noteSource(const PromptId& run, const QString& workflowPath)
{
    m_sources.insert(run, workflowPath);
}

// --- following ---

void RunFollower::onAdded(const PromptId&)
{
    if (!m_stage.isRunning()) {
        followNext();
    }
}

void RunFollower::onChanged(const PromptId& run)
{
    // Servers may run another one first (its front queue): show what is at work.
    const RunState* state = m_service->state(run);
    const RunState* followed = m_service->state(m_stage.followed());
    const bool started = state != nullptr && state->phase == RunPhase::Running;
    if (started && run != m_stage.followed()
        && (followed == nullptr || followed->phase < RunPhase::Running)) {
        m_stage.follow(run);
    }
}

void RunFollower::followNext()
{
    const QList<PromptId> runs = m_service->runs();
    const auto active = [this](const PromptId& run) {
        const RunState* state = m_service->state(run);
        return state != nullptr && !isEnded(state->phase);
    };
    const auto next = std::find_if(runs.begin(), runs.end(), active);
    if (next != runs.end()) {
        m_stage.follow(*next);
    }
}

// --- results ---

void RunFollower::onFileSaved(const PromptId& run, const SavedFile& file)
{
    const RunRequest* request = m_service->request(run);
    const bool isKept = request != nullptr && QFileInfo(file.path).dir() == QDir(request->outputFolder);
    if (!isKept && file.item.type != u"output") {
        return; // a temporary picture, for the eye only
    }
    ResultModel::Entry entry;
    entry.run = run;
    entry.path = file.path;
    entry.title = QFileInfo(file.path).fileName();
    entry.detail = request != nullptr && request->seed ? tr("seed %1").arg(request->seed->value) : QString();
    entry.isPicture = isPictureFile(file.path);
    m_results.add(std::move(entry));
}

void RunFollower::onFinished(const PromptId& run)
{
    const RunState* found = m_service->state(run);
    if (found == nullptr) {
        return;
    }
    const RunState state = *found; // what is told below may change the service's own
    if (!state.findings.isEmpty()) {
        Q_EMIT refused(run);
    }
    showResultOf(state);
    const bool wasStopped = state.phase == RunPhase::Cancelled;
    const bool isUnsavedLeft = !wasStopped && std::any_of(state.files.begin(), state.files.end(), isUnsaved);
    if (isUnsavedLeft) {
        tellUnsaved(state);
    } else {
        m_notices.dismissKey(filesKeyOf(state.id)); // what had been wrong is mended
    }
    if (!isUnsavedLeft || state.verdict == HistoryStatus::Error) {
        tellEnd(state);
    }
    if (run == m_stage.followed()) {
        followNext();
    }
}

void RunFollower::showResultOf(const RunState& state)
{
    const auto shown = std::find_if(state.files.begin(), state.files.end(), [](const SavedFile& file) {
        return !isUnsaved(file) && !file.path.isEmpty() && isPictureFile(file.path);
    });
    if (shown != state.files.end()) {
        const int row = m_results.rowOf(shown->path);
        m_stage.showFinished(state.id, shown->path, row < 0 ? QString() : m_results.at(row).detail);
    }
}

// --- what went wrong ---

void RunFollower::tellUnsaved(const RunState& state)
{
    const auto file = std::find_if(state.files.begin(), state.files.end(), isUnsaved);
    // The run's own error counts them, unless something else went wrong too.
    const bool isOnlyThat = state.verdict != HistoryStatus::Error && state.error;
    m_notices.post(
        isOnlyThat ? *state.error : file->error,
        {{tr("Try again"),
          [this, run = state.id] {
              if (m_service) {
                  m_service->retryDownloads(run);
              }
          }},
         {tr("Choose another folder…"), [this, run = state.id] { Q_EMIT chooseFolderRequested(run); }}},
        filesKeyOf(state.id));
}

void RunFollower::tellEnd(const RunState& state)
{
    switch (state.phase) {
    case RunPhase::Lost:
        if (m_service->resubmission(state.id).isEmpty()) {
            m_ends.noteLost(state.id,
                            state.error.value_or(Error{ErrorKind::Lost, runMessage(state), {}, {}}));
        }
        return;
    case RunPhase::Failed: {
        Error error = state.error.value_or(Error{ErrorKind::NodeFailed, runMessage(state), {}, {}});
        if (error.detail.isEmpty() && state.failure) {
            error.detail = state.failure->traceback.join(u'\n');
        }
        m_notices.post(error,
                       {{tr("Try again"), [this, run = state.id] { Q_EMIT submitAgainRequested(run); }}},
                       keyOf(state.id));
        return;
    }
    case RunPhase::Refused:
        if (state.findings.isEmpty()) { // else told on the fields
            m_notices.post(
                state.error.value_or(Error{ErrorKind::Refused, tr("The server refused the run."), {}, {}}),
                {}, keyOf(state.id));
        }
        return;
    case RunPhase::Done:
        if (!state.warnings.isEmpty() || state.error) {
            Notice notice;
            notice.key = keyOf(state.id);
            notice.tone = NoticeTone::Warning;
            notice.text = runMessage(state);
            m_notices.post(std::move(notice));
            return;
        }
        if (state.endedWhileAway && m_service->wasRestored(state.id)) {
            m_ends.noteEndedWhileAway(state.id);
            return;
        }
        m_notices.dismissKey(keyOf(state.id)); // what had been wrong is mended
        return;
    default:
        return;
    }
}

} // namespace gesso
