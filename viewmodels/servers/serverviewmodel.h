// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/server/serversession.h"

#include <QObject>

#include <functional>
#include <memory>

namespace gesso {

class RunHistory;

// The one server the window talks to, and switching it. Starts the demo server through `startDemo` (given by
// the composition root, as view models do not link core/demo).
class ServerViewModel : public QObject
{
    Q_OBJECT

public:
    using DemoStarter = std::function<Result<QUrl>()>;

    ServerViewModel(const Clock& clock, QString cacheFolder, DemoStarter startDemo,
                    QObject* parent = nullptr);
    ~ServerViewModel() override;

    // Where runs are kept, from the next connect on; must outlive this. Without one they are kept in memory.
    void setHistory(RunHistory* history);

    // COMFYUI_SERVER_ADDRESS, else the one the person connected to last: either is used or fails. Else one
    // that answers on a usual local port, else the demo server.
    void start();
    void connectTo(const ServerProfile& profile); // an empty profile url is an error notice, nothing changes
    void connectToDemo();
    void reconnectNow();

    ServerSession* session() const; // nullptr until the first connect
    QString name() const; // "Demo server", "studio-gpu"
    QString url() const;
    bool isDemo() const;
    ConnectionState state() const;
    QString reason() const; // plain words
    // The same in full. While it counts seconds (see connectionwords.h), changed() comes each second.
    ConnectionStatus status() const;
    int latencyMs() const;
    QString statusLine() const; // "VRAM 8.1 / 12 GB", version …
    bool isConnecting() const; // to another server; the one at hand stays until that one has answered
    QList<ServerProfile> recent() const; // newest first, without the demo server
    void setRecent(const QList<ServerProfile>& servers);
    QString lastUsed() const; // address the person connected to; empty after choosing the demo server
    void setLastUsed(const QString& address);
    NodeCatalogPtr catalog() const; // never null

Q_SIGNALS:
    void sessionChanged(); // session() is another object: rewire
    void changed(); // name, state, latency …
    void failed(const gesso::Error& error); // connecting failed
    void catalogChanged();
    void recentChanged(); // also lastUsed()

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
