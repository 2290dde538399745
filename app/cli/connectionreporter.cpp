// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/connectionreporter.h"

namespace gesso::cli {
namespace {

const char* nameOf(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Connected:
        return "connected";
    case ConnectionState::Connecting:
        return "connecting";
    case ConnectionState::Reconnecting:
        return "reconnecting";
    case ConnectionState::Disconnected:
        break;
    }
    return "disconnected";
}

} // namespace

ConnectionReporter::ConnectionReporter(ServerSession& session, Console& console)
    : m_session(session)
    , m_console(console)
    , m_state(session.status().state)
    , m_loss(session.status().loss)
{
    connect(&session, &ServerSession::stateChanged, this, &ConnectionReporter::report);
}

void ConnectionReporter::report()
{
    const ConnectionStatus status = m_session.status();
    if (status.state == m_state && status.loss == m_loss) {
        return;
    }
    m_state = status.state;
    m_loss = status.loss;
    Json members = {{"state", nameOf(status.state)}, {"trouble", toJson(gesso::nameOf(status.loss.trouble))}};
    if (!status.loss.reason.isEmpty()) {
        members["message"] = toJson(status.loss.reason);
        members["hint"] = toJson(status.loss.hint);
    }
    m_console.event("connection", std::move(members));
    m_console.endProgress();
    if (status.loss.trouble == ConnectionTrouble::None) {
        m_console.say(status.state == ConnectionState::Connected ? tr("The server answers.")
                                                                 : tr("Connecting …"));
    } else {
        m_console.say(QStringList{status.loss.reason, status.loss.hint}.join(QLatin1Char(' ')).trimmed());
    }
}

} // namespace gesso::cli
