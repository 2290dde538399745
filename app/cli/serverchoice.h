// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/base/result.h"
#include "core/server/serversession.h"

#include <QCoroTask>

#include <memory>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace gesso {
class RunHistory;
}

namespace gesso::demo {
class DemoServer;
}

namespace gesso::cli {

// What a command has to do with the history of runs.
enum class KeepRuns {
    No, // it runs nothing
    Own, // its runs outlive it, for the window or gesso resume
    OwnAndAbandoned, // and it goes on with those that dead processes left on the server
};

// Which server a command talks to, as asked for on the command line.
struct ServerOptions {
    std::optional<std::string> server;
    std::string token;
    bool noDemo = false;
    std::string record; // file for a TrafficRecorder; empty: none
    KeepRuns keep = KeepRuns::No; // the command's own choice, no option

    void declare(CLI::App& app);
};

// A server that answers, and, where that is the built-in one, the demo server itself.
struct ChosenServer {
    std::unique_ptr<demo::DemoServer> demo; // declared first: the session goes before it
    std::unique_ptr<RunHistory> history; // null unless runs are kept; goes after the session
    std::unique_ptr<ServerSession> session;

    ChosenServer();
    ChosenServer(ChosenServer&&) noexcept;
    ChosenServer& operator=(ChosenServer&&) noexcept;
    ~ChosenServer();

    QString name() const; // "demo", else host and port
};

// The flag, else COMFYUI_SERVER_ADDRESS, else the one used last, else 127.0.0.1:8188 if it answers, else the
// built-in demo server unless that is forbidden; "demo" as the flag asks for it by name. A server that was
// named in any of the first three ways is used or fails: a farm never gets demo pictures by accident. Errors:
// Usage, Unreachable, Unauthorized, Cancelled, DiskError (recording).
QCoro::Task<Result<ChosenServer>> chooseServer(ServerOptions options, const Clock* clock, CancelToken cancel);

// The address used last, in the settings shared with the window; empty if none. Never a token.
QString lastServerAddress();
void rememberServer(const ServerProfile& profile);

} // namespace gesso::cli
