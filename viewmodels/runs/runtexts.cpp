// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/runtexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace gesso {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("RunTexts", source);
}

// Expanded nodes ("2.0.0.1") are shown under the node that made them.
const PromptNode* shownNode(const Prompt& prompt, const NodeId& id)
{
    const PromptNode* node = prompt.node(id);
    QString name = id.toString();
    while (node == nullptr && name.contains(u'.')) {
        name.truncate(name.lastIndexOf(u'.'));
        node = prompt.node(NodeId(name));
    }
    return node;
}

} // namespace

QString runStateText(const RunState& state)
{
    switch (state.phase) {
    case RunPhase::Waiting:
        return text("waiting");
    case RunPhase::Preparing:
        return text("preparing");
    case RunPhase::Submitting:
        return text("sending");
    case RunPhase::Queued:
        return text("waiting");
    case RunPhase::Running:
        return percentText(state.overall);
    case RunPhase::Fetching:
        return text("saving");
    case RunPhase::Done:
        return text("done");
    case RunPhase::Failed:
        return text("failed");
    case RunPhase::Refused:
        return text("refused");
    case RunPhase::Cancelled:
        return text("cancelled");
    case RunPhase::Lost:
        return text("lost");
    }
    return {};
}

QString runTone(const RunState& state)
{
    switch (state.phase) {
    case RunPhase::Running:
    case RunPhase::Fetching:
        return QStringLiteral("accent");
    case RunPhase::Done:
        return state.error || !state.warnings.isEmpty() ? QStringLiteral("warn") : QStringLiteral("good");
    case RunPhase::Failed:
    case RunPhase::Refused:
        return QStringLiteral("bad");
    case RunPhase::Lost:
        return QStringLiteral("warn");
    case RunPhase::Waiting:
    case RunPhase::Preparing:
    case RunPhase::Submitting:
    case RunPhase::Queued:
    case RunPhase::Cancelled:
        return {};
    }
    return {};
}

QString runMessage(const RunState& state)
{
    if (state.error) {
        return state.error->message;
    }
    if (state.failure) {
        return QString(state.failure->nodeType + QStringLiteral(": ") + state.failure->message);
    }
    return state.warnings.isEmpty() ? QString() : state.warnings.constFirst().message;
}

QString runNodeTitle(const RunState& state, const RunRequest* request)
{
    switch (state.phase) {
    case RunPhase::Waiting:
        return text("Waiting in Gesso's queue");
    case RunPhase::Preparing:
        return text("Preparing");
    case RunPhase::Submitting:
        return text("Sending");
    case RunPhase::Queued:
        return text("Waiting in the queue");
    case RunPhase::Fetching:
        return text("Saving the results");
    default:
        break;
    }
    const std::optional<NodeId> id = state.progressNode ? state.progressNode : state.currentNode;
    const PromptNode* node = id && request != nullptr ? shownNode(request->prompt, *id) : nullptr;
    if (node == nullptr) {
        return state.phase == RunPhase::Running ? text("Starting") : QString();
    }
    return node->title.isEmpty() ? node->classType : node->title;
}

QString runStepText(const RunState& state)
{
    if (state.phase != RunPhase::Running || !(state.max > 1)) {
        return {};
    }
    const QLocale locale;
    return text("step %1 of %2")
        .arg(locale.toString(std::floor(state.value), 'f', 0),
             locale.toString(std::floor(state.max), 'f', 0));
}

QString runTimeText(const RunState& state)
{
    const bool measured = isEnded(state.phase) && state.started.isValid() && state.ended.isValid();
    return measured ? durationText(double(state.started.msecsTo(state.ended)) / 1000) : QString();
}

QString percentText(double fraction)
{
    return text("%1 %").arg(int(std::floor(fraction * 100)));
}

QString durationText(double seconds)
{
    if (seconds < 10) {
        return text("%1 s").arg(QLocale().toString(seconds, 'f', 1));
    }
    const qint64 whole = std::llround(seconds);
    if (whole < 100) {
        return text("%1 s").arg(whole);
    }
    const QString tail = QStringLiteral("%1:%2")
                             .arg(whole / 60 % 60, whole < 3600 ? 1 : 2, 10, QLatin1Char('0'))
                             .arg(whole % 60, 2, 10, QLatin1Char('0'));
    return whole < 3600 ? tail : QString(QString::number(whole / 3600) + u':' + tail);
}

QString rangeText(double lowSeconds, double highSeconds)
{
    const qint64 low = std::llround(lowSeconds);
    const qint64 high = qMax(low, qint64(std::ceil(highSeconds)));
    if (high < 100) {
        return low == high ? text("%1 s left").arg(high) : text("%1–%2 s left").arg(low).arg(high);
    }
    return text("%1–%2 left").arg(durationText(lowSeconds), durationText(highSeconds));
}

} // namespace gesso
