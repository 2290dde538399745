// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runstate.h"

namespace gesso {

bool isEnded(RunPhase phase)
{
    switch (phase) {
    case RunPhase::Waiting:
    case RunPhase::Preparing:
    case RunPhase::Submitting:
    case RunPhase::Queued:
    case RunPhase::Running:
    case RunPhase::Fetching:
        return false;
    case RunPhase::Done:
    case RunPhase::Failed:
    case RunPhase::Refused:
    case RunPhase::Cancelled:
    case RunPhase::Lost:
        return true;
    }
    return true;
}

RunPhase endPhase(HistoryStatus verdict)
{
    switch (verdict) {
    case HistoryStatus::Success:
        return RunPhase::Done;
    case HistoryStatus::Error:
        return RunPhase::Failed;
    case HistoryStatus::Interrupted:
        return RunPhase::Cancelled;
    }
    return RunPhase::Failed;
}

QString nameOf(RunPhase phase)
{
    switch (phase) {
    case RunPhase::Waiting:
        return QStringLiteral("waiting");
    case RunPhase::Preparing:
        return QStringLiteral("preparing");
    case RunPhase::Submitting:
        return QStringLiteral("submitting");
    case RunPhase::Queued:
        return QStringLiteral("queued");
    case RunPhase::Running:
        return QStringLiteral("running");
    case RunPhase::Fetching:
        return QStringLiteral("fetching");
    case RunPhase::Done:
        return QStringLiteral("done");
    case RunPhase::Failed:
        return QStringLiteral("failed");
    case RunPhase::Refused:
        return QStringLiteral("refused");
    case RunPhase::Cancelled:
        return QStringLiteral("cancelled");
    case RunPhase::Lost:
        return QStringLiteral("lost");
    }
    return {};
}

std::optional<RunPhase> runPhaseFromName(const QString& name)
{
    for (int phase = 0; phase <= int(RunPhase::Lost); ++phase) {
        if (nameOf(RunPhase(phase)) == name) {
            return RunPhase(phase);
        }
    }
    return std::nullopt;
}

} // namespace gesso
