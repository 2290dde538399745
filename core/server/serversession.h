// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/comfy/comfytypes.h"
#include "core/comfy/eventstream.h"
#include "core/server/serverprofile.h"
#include "core/workflow/nodecatalog.h"

#include <QCoroTask>
#include <QObject>

#include <memory>

namespace gesso {

class Clock;
class ComfyApi;
class RunService;

// Everything one connected server gives: REST, socket, node catalogue, runs. Made for one profile; switching
// server means making another. Statistics and catalogue are read again after each reconnect: the server may
// have been restarted with other nodes.
class ServerSession : public QObject
{
    Q_OBJECT

public:
    ServerSession(ServerProfile profile, const Clock& clock, QString cacheFolder, QObject* parent = nullptr);
    ~ServerSession() override;

    // Connects the socket, reads /system_stats and /object_info (catalogue parsed off this thread, disk cache
    // by content), and waits a moment for the socket, as frames sent before it is there are lost. The socket
    // keeps reconnecting by itself afterwards, also when this failed. Called again: reconnects now. Errors:
    // Unreachable, Timeout, Unauthorized, Protocol, Unreadable, Cancelled.
    QCoro::Task<Result<void>> open(CancelToken cancel = {});

    const ServerProfile& profile() const;
    ComfyApi& api();
    EventStream& events();
    RunService& runs();
    NodeCatalogPtr
    catalog() const; // never null; before open() succeeded the one cached the last time, or empty
    std::optional<SystemStats> stats() const;
    ConnectionState state() const;
    QString stateReason() const;
    int latencyMs() const; // of the last REST call or ping; -1 unknown
    int queueRemaining() const; // as last told by `status`; -1 unknown

    QCoro::Task<Result<void>> refreshCatalog(CancelToken cancel = {});

Q_SIGNALS:
    void stateChanged();
    void catalogChanged();
    void statsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
