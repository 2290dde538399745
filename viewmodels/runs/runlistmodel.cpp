// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/runlistmodel.h"

#include "core/run/etamodel.h"
#include "viewmodels/runs/rundifference.h"
#include "viewmodels/runs/runtexts.h"

#include <algorithm>

namespace gesso {

namespace {

// A list is read, not watched: ten times a second is plenty and costs the generation nothing.
constexpr int announceEveryMs = 100;

} // namespace

struct RunListModel::Row {
    RunRequest request;
    RunState state;
    QString detail; // what differs from the run before
    QImage thumbnail;
    EtaModel eta;
    bool isRunAgain = false;

    bool isLost() const { return state.phase == RunPhase::Lost && !isRunAgain; }
};

RunListModel::RunListModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_sinceStart.start();
    m_announce.setSingleShot(true);
    m_announce.setInterval(announceEveryMs);
    connect(&m_announce, &QTimer::timeout, this, &RunListModel::announceProgress);
}

RunListModel::~RunListModel() = default;

void RunListModel::setService(RunService* service)
{
    if (service == m_service) {
        return;
    }
    if (m_service) {
        m_service->disconnect(this);
    }
    loseActiveRows();
    m_service = service;
    if (service == nullptr) {
        return;
    }
    connect(service, &RunService::added, this, &RunListModel::onAdded);
    connect(service, &RunService::changed, this, &RunListModel::onChanged);
    connect(service, &RunService::finished, this, &RunListModel::onChanged);
    connect(service, &RunService::resubmitted, this, &RunListModel::noteRunAgain);
    for (const PromptId& id : service->runs()) {
        onAdded(id);
    }
}

void RunListModel::loseActiveRows()
{
    for (const std::unique_ptr<Row>& row : m_rows) {
        if (isEnded(row->state.phase)) {
            continue;
        }
        row->state.phase = RunPhase::Lost;
        row->state.error = Error{ErrorKind::Lost,
                                 tr("Gesso left this server before the run ended."),
                                 tr("Connect to it again to look for the result."),
                                 {}};
        const QModelIndex changed = index(rowOf(row->state.id));
        Q_EMIT dataChanged(changed, changed);
        Q_EMIT lostRunsChanged();
    }
    updateActiveCount();
}

void RunListModel::onAdded(const PromptId& id)
{
    const RunState* state = m_service->state(id);
    const RunRequest* request = m_service->request(id);
    if (state == nullptr || request == nullptr) {
        return;
    }
    if (rowOf(id) >= 0) { // a run of a server that was left, taken up again
        onChanged(id);
        return;
    }
    auto row = std::make_unique<Row>(Row{*request, *state, {}, {}, {}, {}});
    row->isRunAgain = !m_service->resubmission(id).isEmpty();
    row->detail = runDifference(*request, m_rows.empty() ? nullptr : &m_rows.back()->request);
    beginInsertRows({}, 0, 0);
    m_rows.push_back(std::move(row));
    endInsertRows();
    updateActiveCount();
    if (state->phase == RunPhase::Lost) {
        Q_EMIT lostRunsChanged();
    }
}

void RunListModel::onChanged(const PromptId& id)
{
    const int row = rowOf(id);
    const RunState* state = row < 0 || !m_service ? nullptr : m_service->state(id);
    if (state == nullptr) {
        return;
    }
    Row& changed = *m_rows[m_rows.size() - 1 - size_t(row)];
    changed.eta.observe(*state, m_sinceStart.elapsed());
    RunState& known = changed.state;
    const bool phaseChanged = known.phase != state->phase;
    known = *state;
    if (phaseChanged || isEnded(state->phase)) {
        m_progressed.remove(id);
        Q_EMIT dataChanged(index(row), index(row),
                           {StateRole, ToneRole, PhaseRole, ProgressRole, TimeRole, MessageRole,
                            CanCancelRole, CanRunAgainRole, Qt::AccessibleTextRole});
        updateActiveCount();
        if (phaseChanged && state->phase == RunPhase::Lost) {
            Q_EMIT lostRunsChanged();
        }
        return;
    }
    m_progressed.insert(id);
    if (!m_announce.isActive()) {
        m_announce.start();
    }
}

void RunListModel::announceProgress()
{
    for (const PromptId& id : std::as_const(m_progressed)) {
        if (const int row = rowOf(id); row >= 0) {
            Q_EMIT dataChanged(index(row), index(row),
                               {StateRole, ProgressRole, TimeRole, Qt::AccessibleTextRole});
        }
    }
    m_progressed.clear();
}

void RunListModel::updateActiveCount()
{
    const auto active = std::count_if(m_rows.begin(), m_rows.end(), [](const std::unique_ptr<Row>& row) {
        return !isEnded(row->state.phase);
    });
    if (m_activeCount != int(active)) {
        m_activeCount = int(active);
        Q_EMIT activeCountChanged();
    }
}

QList<PromptId> RunListModel::lostRuns() const
{
    QList<PromptId> lost;
    for (const std::unique_ptr<Row>& row : m_rows) {
        if (row->isLost()) {
            lost.append(row->state.id);
        }
    }
    return lost;
}

void RunListModel::noteRunAgain(const PromptId& id)
{
    const int row = rowOf(id);
    if (row < 0) {
        return;
    }
    m_rows[m_rows.size() - 1 - size_t(row)]->isRunAgain = true;
    Q_EMIT dataChanged(index(row), index(row), {MessageRole, CanRunAgainRole});
    Q_EMIT lostRunsChanged();
}

int RunListModel::rowOf(const PromptId& id) const
{
    for (size_t i = m_rows.size(); i > 0; --i) { // newest first: that is the one asked for
        if (m_rows[i - 1]->state.id == id) {
            return int(m_rows.size() - i);
        }
    }
    return -1;
}

PromptId RunListModel::idAt(int row) const
{
    return row < 0 || row >= int(m_rows.size()) ? PromptId()
                                                : m_rows[m_rows.size() - 1 - size_t(row)]->state.id;
}

const RunState* RunListModel::stateOf(const PromptId& id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows[m_rows.size() - 1 - size_t(row)]->state;
}

const RunRequest* RunListModel::requestOf(const PromptId& id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows[m_rows.size() - 1 - size_t(row)]->request;
}

void RunListModel::setThumbnail(const PromptId& id, const QImage& image)
{
    const int row = rowOf(id);
    if (row >= 0) {
        m_rows[m_rows.size() - 1 - size_t(row)]->thumbnail = image;
        Q_EMIT dataChanged(index(row), index(row), {ThumbnailRole});
    }
}

QString RunListModel::timeText(const Row& row) const
{
    const std::optional<TimeLeft> left =
        row.state.phase == RunPhase::Running ? row.eta.timeLeft(m_sinceStart.elapsed()) : std::nullopt;
    return left ? rangeText(left->low, left->high) : runTimeText(row.state);
}

int RunListModel::activeCount() const
{
    return m_activeCount;
}

int RunListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = *m_rows[m_rows.size() - 1 - size_t(index.row())];
    switch (role) {
    case TitleRole:
        return row.request.title;
    case IdRole:
        return row.state.id.toString();
    case DetailRole:
        return row.detail;
    case StateRole:
        return runStateText(row.state);
    case ToneRole:
        return runTone(row.state);
    case PhaseRole:
        return int(row.state.phase);
    case ProgressRole:
        return row.state.overall;
    case TimeRole:
        return timeText(row);
    case MessageRole:
        return row.state.phase == RunPhase::Lost && row.isRunAgain ? tr("It was started again.")
                                                                   : runMessage(row.state);
    case ThumbnailRole:
        return row.thumbnail;
    case CanCancelRole:
        return !isEnded(row.state.phase);
    case CanRunAgainRole:
        return row.isLost();
    case Qt::AccessibleTextRole:
        return QStringList{row.request.title, row.detail, runStateText(row.state)}.join(QStringLiteral(", "));
    default:
        return {};
    }
}

} // namespace gesso
