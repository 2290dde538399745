// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runfollower.h"

#include "app/cli/exitcodes.h"
#include "viewmodels/form/serverfindings.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gesso::cli {
namespace {

// An interrupt takes effect at a server's next step, which may be a slow one.
constexpr std::chrono::seconds kConfirmationTime{15};

QString progressBar(double fraction)
{
    constexpr int kWidth = 24;
    const int filled = std::clamp(static_cast<int>(std::lround(fraction * kWidth)), 0, kWidth);
    return u'[' + QString(filled, u'#') + QString(kWidth - filled, u'.') + u']';
}

Json outputOf(const PromptId& run, const OutputItem& item)
{
    return {
        {"run", toJson(run.toString())}, {"node", toJson(item.node.toString())}, {"kind", toJson(item.kind)}};
}

} // namespace

RunFollower::RunFollower(RunService& runs, NodeCatalogPtr catalog, Console& console, bool previews,
                         QObject* parent)
    : QObject(parent)
    , m_runs(runs)
    , m_catalog(std::move(catalog))
    , m_console(console)
    , m_previews(previews)
{
    m_confirmation.setSingleShot(true);
    connect(&m_confirmation, &QTimer::timeout, this, &RunFollower::onNoAnswer);
    connect(&runs, &RunService::changed, this, &RunFollower::onChanged);
    connect(&runs, &RunService::preview, this, &RunFollower::onPreview);
    connect(&runs, &RunService::fileSaved, this, &RunFollower::onFileSaved);
    connect(&runs, &RunService::finished, this, &RunFollower::onFinished);
}

void RunFollower::submit(const RunRequest& request)
{
    ++m_active;
    m_shown.insert(request.id, {});
    m_runs.submit(request);
}

void RunFollower::follow(const PromptId& run)
{
    const RunState* state = m_runs.state(run);
    if (state == nullptr || m_shown.contains(run)) {
        return;
    }
    ++m_active;
    m_shown.insert(run, {});
    onChanged(run);
    const QList<SavedFile> files = state->files; // saved before anybody listened
    for (const SavedFile& file : files) {
        onFileSaved(run, file);
    }
    if (isEnded(state->phase)) {
        onFinished(run);
    }
}

void RunFollower::leave()
{
    m_exitCode = worse(m_exitCode, ExitCode::Cancelled);
    m_active = 0;
    Q_EMIT finished();
}

void RunFollower::cancelAll()
{
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it) {
        if (!it->ended) {
            m_runs.cancel(it.key());
        }
    }
    m_confirmation.start(kConfirmationTime);
}

void RunFollower::timeOut(int seconds)
{
    m_timeoutSeconds = seconds;
    cancelAll();
}

void RunFollower::onChanged(const PromptId& id)
{
    const auto shown = m_shown.find(id);
    const RunState* state = m_runs.state(id);
    if (shown == m_shown.end() || !state || shown->ended) {
        return;
    }
    if (state->phase != shown->phase) {
        shown->phase = state->phase;
        Json members = {{"run", toJson(id.toString())}, {"state", toJson(nameOf(state->phase))}};
        if (state->phase == RunPhase::Queued && state->queueNumber) {
            members["number"] = *state->queueNumber;
        }
        m_console.event("state", std::move(members));
    }
    if (state->phase == RunPhase::Running) {
        showProgress(*state, *shown);
    }
}

void RunFollower::showProgress(const RunState& state, Shown& shown)
{
    Json members = {{"run", toJson(state.id.toString())}, {"overall", state.overall}};
    QString line =
        QStringLiteral("%1 %2 %").arg(progressBar(state.overall)).arg(std::floor(state.overall * 100));
    if (state.currentNode) {
        const QString title = titleOf(state.id, *state.currentNode);
        members["node"] = toJson(state.currentNode->toString());
        members["title"] = toJson(title);
        line += u' ' + title;
    }
    if (state.progressNode && state.max > 1) {
        members["value"] = state.value;
        members["max"] = state.max;
        line += QStringLiteral(" %1/%2").arg(state.value).arg(state.max);
    }
    if (members != shown.progress) {
        shown.progress = members;
        m_console.event("progress", std::move(members));
        m_console.progress(line);
    }
}

void RunFollower::onPreview(const PreviewFrame& frame)
{
    if (!m_previews || !m_shown.contains(frame.run)) {
        return;
    }
    const bool isPng = frame.image.startsWith("\x89PNG");
    Json members = {{"run", toJson(frame.run.toString())}};
    if (frame.node) {
        members["node"] = toJson(frame.node->toString());
    }
    members["mime"] = isPng ? "image/png" : "image/jpeg";
    members["data"] = frame.image.toBase64().toStdString();
    m_console.event("preview", std::move(members));
}

void RunFollower::onFileSaved(const PromptId& id, const SavedFile& file)
{
    if (!m_shown.contains(id) || file.path.isEmpty()) {
        return;
    }
    Json members = outputOf(id, file.item);
    members["path"] = toJson(file.path);
    members["filename"] = toJson(file.item.filename);
    m_console.event("output", std::move(members));
    if (!m_console.isJson()) {
        m_console.endProgress();
        m_console.print(file.path.toUtf8() + '\n');
    }
}

void RunFollower::onFinished(const PromptId& id)
{
    const RunState* state = m_runs.state(id);
    if (!state || !m_shown.contains(id) || m_shown.value(id).ended) {
        return;
    }
    onChanged(id);
    m_console.endProgress();
    showResults(*state);
    const PromptId again = m_runs.resubmission(id);
    const Error error = again.isEmpty() ? endOf(*state) : Error{}; // what counts is how that one ends
    const ExitCode code = error.message.isEmpty() ? ExitCode::Done : exitCodeFor(error.kind);
    if (!error.message.isEmpty()) {
        m_console.report(error, id.toString());
    }
    Json members = {{"run", toJson(id.toString())}, {"state", toJson(nameOf(state->phase))}};
    members["outputs"] = Json::array();
    for (const SavedFile& file : state->files) {
        if (!file.path.isEmpty()) {
            members["outputs"].push_back(toJson(file.path));
        }
    }
    if (state->started.isValid() && state->ended.isValid()) {
        members["seconds"] = static_cast<double>(state->started.msecsTo(state->ended)) / 1000;
    }
    members["exitCode"] = toInt(code);
    if (!again.isEmpty()) {
        members["again"] = toJson(again.toString());
    }
    m_console.event("done", std::move(members));
    if (!again.isEmpty()) {
        m_console.say(tr("The server lost a run; it is sent again."));
        follow(again);
    }
    end(id, code);
}

void RunFollower::showResults(const RunState& state)
{
    if (const RunRequest* request = m_runs.request(state.id)) {
        for (const Diagnostic& finding : serverFindings(state.findings, request->prompt, *m_catalog)) {
            m_console.report(finding);
        }
    }
    for (const NodeFailure& warning : state.warnings) {
        Diagnostic finding;
        finding.severity = Severity::Warning;
        finding.code = QStringLiteral("execution-blocked");
        finding.node = warning.node;
        finding.nodeType = warning.nodeType;
        finding.nodeTitle = titleOf(state.id, warning.node);
        finding.message = warning.message;
        m_console.report(finding);
    }
    for (const OutputItem& item : state.outputs) {
        if (!item.isFile() && !item.text.isEmpty()) {
            Json members = outputOf(state.id, item);
            members["text"] = toJson(item.text);
            m_console.event("output", std::move(members));
            m_console.say(item.text);
        }
    }
}

Error RunFollower::endOf(const RunState& state) const
{
    if (m_timeoutSeconds > 0 && state.phase != RunPhase::Done) {
        return {ErrorKind::Timeout,
                tr("The run took longer than %1 seconds and was interrupted.").arg(m_timeoutSeconds),
                tr("Give it more with --timeout."),
                {}};
    }
    if (state.phase == RunPhase::Cancelled) {
        return {ErrorKind::Cancelled, tr("The run was cancelled."), {}, {}};
    }
    if (state.error) {
        return *state.error;
    }
    const auto failed = std::find_if(state.files.begin(), state.files.end(),
                                     [](const SavedFile& file) { return !file.error.message.isEmpty(); });
    if (failed != state.files.end()) {
        return {ErrorKind::Partial, tr("Not every result could be saved: %1").arg(failed->error.message),
                failed->error.hint, failed->error.detail};
    }
    if (state.phase == RunPhase::Done && !state.findings.isEmpty()) {
        return {ErrorKind::Partial, tr("The server left out the outputs named above."), {}, {}};
    }
    if (state.phase != RunPhase::Done) {
        return {ErrorKind::Internal,
                tr("The run ended as %1 without a reason.").arg(nameOf(state.phase)),
                {},
                {}};
    }
    return {};
}

QString RunFollower::titleOf(const PromptId& run, const NodeId& node) const
{
    const RunRequest* request = m_runs.request(run);
    const PromptNode* found = request ? request->prompt.node(node) : nullptr;
    if (!found) {
        return node.toString();
    }
    return found->title.isEmpty() ? found->classType : found->title;
}

void RunFollower::onNoAnswer()
{
    if (hasFinished()) {
        return;
    }
    m_console.report({m_timeoutSeconds > 0 ? ErrorKind::Timeout : ErrorKind::Cancelled,
                      tr("The server did not confirm that the run has stopped."),
                      tr("It may still be running there."),
                      {}});
    m_exitCode = worse(m_exitCode, m_timeoutSeconds > 0 ? ExitCode::Failed : ExitCode::Cancelled);
    m_active = 0;
    Q_EMIT finished();
}

void RunFollower::end(const PromptId& id, ExitCode code)
{
    m_shown[id].ended = true;
    m_exitCode = worse(m_exitCode, code);
    if (--m_active == 0) {
        m_confirmation.stop();
        Q_EMIT finished();
    }
}

} // namespace gesso::cli
