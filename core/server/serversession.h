// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/comfy/comfytypes.h"
#include "core/comfy/connectionstatus.h"
#include "core/server/serverprofile.h"
#include "core/workflow/nodecatalog.h"

#include <QCoroTask>
#include <QObject>

#include <memory>

namespace gesso {

class Clock;
class ComfyApi;
class RunHistory;
class RunService;
class TrafficTap;
struct SessionTuning;

// Everything one connected server gives: REST, socket, node catalogue, runs. Made for one profile; switching
// server means making another. Statistics and catalogue are read again after each reconnect: the server may
// have been restarted with other nodes.
class ServerSession : public QObject
{
    Q_OBJECT

public:
    // Without a history runs are only kept in memory.
    ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder, QObject* parent = nullptr);

    // What becomes of runs that dead processes left in the history of this server.
    enum class Unfinished { Leave, TakeOver };
    // Its runs are kept in `history`, which must outlive it.
    ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder, RunHistory& history,
                  Unfinished unfinished, QObject* parent = nullptr);
    // For tests: other intervals, another disk.
    ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder, RunHistory& history,
                  Unfinished unfinished, const SessionTuning& tuning, QObject* parent = nullptr);
    ~ServerSession() override;

    // Takes unfinished runs over if it is to, connects the socket, reads /system_stats and /object_info
    // (catalogue parsed off this thread, disk cache by content), and waits a moment for the socket, as frames
    // sent before it is there are lost. The socket keeps reconnecting by itself afterwards, also when this
    // failed. Called again: reconnects now. Errors: Unreachable, Timeout, Unauthorized, Protocol, Unreadable,
    // Cancelled.
    QCoro::Task<Result<void>> open(CancelToken cancel = {});

    // Once more: for runs that were still looked after by another session of this process.
    void takeOverRuns();

    const ServerProfile& profile() const;
    ComfyApi& api();
    EventStream& events();
    RunService& runs();
    NodeCatalogPtr
    catalog() const; // never null; before open() succeeded the one cached the last time, or empty
    std::optional<SystemStats> stats() const;
    ConnectionState state() const;
    QString stateReason() const;
    ConnectionStatus status() const; // the same in full
    int latencyMs() const; // of the last REST call or ping; -1 unknown
    int queueRemaining() const; // as last told by `status`; -1 unknown

    QCoro::Task<Result<void>> refreshCatalog(CancelToken cancel = {});

    // Sees all that is said from now on, REST and socket (TrafficRecorder); null: nobody does.
    void setTap(std::shared_ptr<TrafficTap> tap);

Q_SIGNALS:
    void stateChanged();
    void catalogChanged();
    void statsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
