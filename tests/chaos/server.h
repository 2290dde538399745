// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/demoserver.h"

#include <QProcess>

#include <memory>

namespace gesso::chaos {

// The demo server that is tried, in this process or as `gesso demo-server`. Its files outlive a kill.
class Server
{
public:
    Server(QString folder, int stepDelayMs, bool isProcess);
    ~Server();

    QUrl url() const { return m_url; }
    void kill(); // a process only
    void start(); // again after a kill, on another port
    bool isUp() const { return !m_url.isEmpty(); }

    void restart(bool keepHistory);
    demo::Faults faults; // change them, then:
    void applyFaults();

private:
    const QString m_folder;
    const int m_stepDelayMs;
    std::unique_ptr<demo::DemoServer> m_demo;
    std::unique_ptr<QProcess> m_process;
    QUrl m_url;
};

} // namespace gesso::chaos
