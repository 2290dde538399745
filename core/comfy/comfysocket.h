// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/connectionstatus.h"
#include "core/net/retrypolicy.h"
#include "core/net/websocketchannel.h"

#include <QCoroTask>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>

namespace gesso {

class TrafficTap;

// Intervals of a ComfySocket; tests shorten them.
struct ComfySocketTiming {
    WebSocketTiming channel;
    RetryPolicy retry;
    // During a run somebody waits for its result: in the first seconds of an outage, as long as a restart
    // takes, the back-off is at most this.
    int eagerRetryMs = 150;
    int eagerForMs = 30'000;
    // Between the end of a socket and the next one with its id: QWebSocket ends TCP without waiting for the
    // server, which must have noticed before the next one comes.
    int settleMs = 300;
    int graceMs = 3000; // for the pong of a server whose REST answers
    int stallMs = 30'000; // silence during a run before the stall check; doubles while it stays silent
    int maxStallMs = 240'000;
};

// A server's socket: stays connected by itself, sends feature_flags first after each connect, and never holds
// two sockets with one client id (protocol.md, section 1: the older one's end would silence the newer one).
// The client id stays the same once it is open, because running jobs are bound to it. Lives in one
// thread.
class ComfySocket final : public EventStream
{
    Q_OBJECT

public:
    // `base` is the http or https URL of the server; `clientId` must be unique per running instance.
    ComfySocket(QUrl base, QString clientId, QString bearerToken = {}, QObject* parent = nullptr,
                ComfySocketTiming timing = {});
    ~ComfySocket() override;

    QString clientId() const override;
    ConnectionState state() const override;
    QString stateReason() const override;
    ConnectionStatus status() const;
    QHostAddress localAddress() const; // this machine's end; null when not connected
    int latencyMs() const; // of the last ping; -1 unknown

    // Takes over the id of a process that has ended, with the frames of its jobs. Only before open().
    void setClientId(const QString& id);

    void setTap(std::shared_ptr<TrafficTap> tap); // sees every frame; null: nobody does

    void open(); // connects, and reconnects whenever the connection is lost
    void close(); // ends politely and stays disconnected
    void reconnectNow(); // skips the back-off; an open connection is closed first

    // The machine has slept or its network has changed: a connection is tried out, or made at once.
    void checkNow();

    // A ping that is not answered asks the check whether the server is only busy. While it is, the connection
    // stays: each attempt to connect to a blocked server would wait in its queue, and the end of the older
    // ones would silence the newest. Without a check it reconnects at once.
    using AliveCheck = std::function<QCoro::Task<Liveness>()>;
    void setAliveCheck(AliveCheck check);

    // Guards against the silent stall: during a run, silence of stallMs asks the check, and if frames should
    // be coming (it returns true), reconnects. Without a check it reconnects at once.
    void setRunActive(bool active);
    using StallCheck = std::function<QCoro::Task<bool>()>;
    void setStallCheck(StallCheck check);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
