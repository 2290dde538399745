// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/serverchecks.h"

#include "core/base/secrets.h"
#include "core/server/serversession.h"

#include <QCoreApplication>
#include <QLocale>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::ServerChecks", text);
}

CheckResult row(const char* id, const QString& title, const QString& text)
{
    return {QLatin1String(id), tr("Server"), title, CheckState::Ok, text, {}};
}

CheckResult failed(CheckResult result, const Error& error)
{
    result.state = CheckState::Problem;
    result.text = error.message;
    result.hint = error.hint;
    return result;
}

CheckResult socketRow(const ServerSession& session)
{
    CheckResult result = row("server-socket", tr("Live connection"), tr("connected"));
    if (session.state() != ConnectionState::Connected) {
        result.state = CheckState::Problem;
        result.text = session.stateReason().isEmpty() ? tr("not connected") : session.stateReason();
        result.hint =
            tr("Runs still work, but without previews. A proxy in between must let WebSockets pass.");
    }
    return result;
}

CheckResults devices(const SystemStats& stats)
{
    CheckResults rows;
    const QLocale locale;
    for (const DeviceStats& device : stats.devices) {
        const QString memory = device.vramTotal > 0
            ? tr(", %1 of %2 free")
                  .arg(locale.formattedDataSize(qint64(device.vramFree)),
                       locale.formattedDataSize(qint64(device.vramTotal)))
            : QString(); // a processor has none of its own
        rows += row("server-device", tr("Device"), device.name + memory);
    }
    return rows;
}

} // namespace

CheckResults serverChecks(const ServerSession& session, const Result<void>& opened)
{
    CheckResults rows{row("server-address", tr("Address"), withoutSecrets(session.profile().url).toString())};
    if (!opened) {
        rows += failed(row("server-reached", tr("Reached"), {}), opened.error());
        return rows;
    }
    rows += row("server-reached", tr("Reached"),
                session.latencyMs() >= 0 ? tr("answers within %1 ms").arg(session.latencyMs()) : tr("yes"));
    if (const std::optional<SystemStats> stats = session.stats()) {
        rows += row("server-version", tr("Version"),
                    stats->isDemo ? tr("built-in demo server %1").arg(stats->version)
                                  : tr("ComfyUI %1 on %2").arg(stats->version, stats->os));
        rows += devices(*stats);
    }
    rows += socketRow(session);
    CheckResult nodes = row("server-nodes", tr("Node types"), QString::number(session.catalog()->size()));
    if (session.catalog()->size() == 0) {
        nodes.state = CheckState::Problem;
        nodes.hint = tr("The server gave no node definitions; look at its log.");
    }
    rows += nodes;
    return rows;
}

CheckResults serverChecks(const Error& error)
{
    return {failed(row("server-reached", tr("Reached"), {}), error)};
}

} // namespace gesso
