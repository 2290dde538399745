// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "core/server/serversession.h"

#include <QObject>

namespace gesso::cli {

// Tells once of each trouble of a connection, with its reason, and when it is over: on stderr for people, as
// a `connection` event for programs.
class ConnectionReporter final : public QObject
{
    Q_OBJECT

public:
    // Both must outlive this.
    ConnectionReporter(ServerSession& session, Console& console);

private:
    void report();

    ServerSession& m_session;
    Console& m_console;
    ConnectionState m_state;
    ConnectionLoss m_loss;
};

} // namespace gesso::cli
