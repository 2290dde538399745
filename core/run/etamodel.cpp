// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/etamodel.h"

#include <algorithm>
#include <numeric>

namespace gesso {

namespace {

constexpr qsizetype stepsRemembered = 12;
constexpr qsizetype stepsNeeded = 2;

double meanOf(const QList<double>& values)
{
    return values.isEmpty() ? 0
                            : std::accumulate(values.cbegin(), values.cend(), 0.0) / double(values.size());
}

int finishedCount(const RunState& state)
{
    int count = 0;
    for (const NodeProgress& node : state.nodes) {
        const bool isOfPrompt = node.node == node.displayNode && !state.cached.contains(node.node);
        count += isOfPrompt && node.state == QLatin1String("finished") ? 1 : 0;
    }
    return count;
}

} // namespace

void EtaModel::observe(const RunState& state, qint64 nowMs)
{
    m_isRunning = state.phase == RunPhase::Running;
    if (!m_isRunning) {
        return;
    }
    measureNodes(state, nowMs);
    measureStep(state, nowMs);
    const int done = finishedCount(state) + int(state.cached.size());
    m_nodesLeft = std::max(0, state.nodeCount - done - 1);
}

void EtaModel::measureNodes(const RunState& state, qint64 nowMs)
{
    if (state.currentNode != m_shownNode) {
        if (m_shownNode && !m_shownHasSteps) {
            m_nodeSeconds.append(double(nowMs - m_shownSinceMs) / 1000);
        }
        m_shownNode = state.currentNode;
        m_shownSinceMs = nowMs;
        m_shownHasSteps = false;
    }
    m_shownHasSteps = m_shownHasSteps || state.max > 1;
}

void EtaModel::measureStep(const RunState& state, qint64 nowMs)
{
    const bool isSamePass = state.progressNode == m_node && state.max == m_max && state.value >= m_value;
    if (!isSamePass) {
        m_node = state.progressNode;
        m_max = state.max;
        m_value = state.value;
        m_valueMs = nowMs;
        m_stepSeconds.clear();
        return;
    }
    const double steps = state.value - m_value;
    if (steps <= 0) {
        return;
    }
    // The first step also holds what comes before sampling (loading the model onto the device): not measured.
    if (m_value > 0) {
        m_stepSeconds.append(double(nowMs - m_valueMs) / 1000 / steps);
        if (m_stepSeconds.size() > stepsRemembered) {
            m_stepSeconds.removeFirst();
        }
    }
    m_value = state.value;
    m_valueMs = nowMs;
}

std::optional<TimeLeft> EtaModel::timeLeft(qint64 nowMs) const
{
    if (!m_isRunning || m_max <= 1 || m_stepSeconds.size() < stepsNeeded) {
        return std::nullopt;
    }
    QList<double> sorted = m_stepSeconds;
    std::sort(sorted.begin(), sorted.end());
    const double fast = sorted[sorted.size() / 4];
    const double slow = sorted[(sorted.size() * 3) / 4];
    const double stepsLeft = std::max(0.0, m_max - m_value);
    const double sinceStep = double(nowMs - m_valueMs) / 1000;
    TimeLeft left;
    left.low = std::max(0.0, stepsLeft * fast - sinceStep);
    left.high = std::max(left.low, stepsLeft * slow - sinceStep + m_nodesLeft * meanOf(m_nodeSeconds));
    return left;
}

} // namespace gesso
