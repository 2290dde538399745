// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/accounting.h"
#include "tests/chaos/server.h"
#include "tests/testkit/tcpproxy.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <functional>

namespace gesso::chaos {

// Plays one script on a Gesso, a server and the wire between them, and holds what is left to account.
class Scenario : public QObject
{
public:
    Scenario(Script script, bool isVerbose);
    ~Scenario() override;

    struct Outcome {
        QStringList violations;
        QMap<QString, int> ends; // runs by phase
    };
    Outcome play();

private:
    void say(const QString& what) const;
    void startGesso();
    void killGesso(int forMs);
    void submit(const RunPlan& plan);
    void later(int ms, std::function<void()> what);
    void schedule();
    void begin(const Blow& blow);
    void beginOnWire(const Blow& blow);
    void beginInServer(const Blow& blow);
    void over(const Blow& blow);
    void losePostAnswer(int afterMs);
    void calm(); // everything works again
    void post(const QString& path, const Json& body);
    Json get(const QString& path);
    bool waitFor(const std::function<bool()>& condition);
    bool waitForMemory(const std::function<bool(const Memory&)>& condition);
    bool settle();
    Evidence collect();

    const Script m_script;
    const bool m_isVerbose;
    QTemporaryDir m_folder;
    Place m_place;
    Server m_server;
    testkit::TcpProxy m_wire;
    std::unique_ptr<Gesso> m_gesso; // null while it is dead
    QList<RunPlan> m_unsubmitted; // Gesso was dead
    Memory m_memory;
    int m_due = 0; // events of the script that are still to come
    QElapsedTimer m_time;
    QElapsedTimer m_patience;
};

} // namespace gesso::chaos
