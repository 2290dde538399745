// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

#include <optional>

namespace gesso {

// Seconds until a run's end, as a range: 0 ≤ low ≤ high.
struct TimeLeft {
    double low = 0;
    double high = 0;

    bool operator==(const TimeLeft&) const = default;
};

// Foretells the end of a run from the time its steps take. Knows nothing before two steps were measured;
// nodes that report no steps are taken to last as long as those before them. Pure but for what it was shown:
// no clock.
class EtaModel
{
public:
    // To be called after each change of the run's state; `nowMs` is monotonic.
    void observe(const RunState& state, qint64 nowMs);

    // At a time not before the last observation; nullopt: not known.
    std::optional<TimeLeft> timeLeft(qint64 nowMs) const;

private:
    void measureStep(const RunState& state, qint64 nowMs);
    void measureNodes(const RunState& state, qint64 nowMs);

    std::optional<NodeId> m_node; // the one with the steps
    double m_value = 0;
    double m_max = 0;
    qint64 m_valueMs = 0; // when m_value was reached
    QList<double> m_stepSeconds; // of this node, newest last
    std::optional<NodeId> m_shownNode;
    qint64 m_shownSinceMs = 0;
    QList<double> m_nodeSeconds; // of nodes without steps
    bool m_shownHasSteps = false;
    int m_nodesLeft = 0; // after the current one
    bool m_isRunning = false;
};

} // namespace gesso
