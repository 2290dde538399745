// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/demoserver.h"
#include "core/demo/httpfront.h"
#include "core/demo/jobdesk.h"
#include "core/demo/restroutes.h"
#include "core/demo/socketfront.h"

#include <QObject>

namespace gesso::demo {

// The parts of a running demo server. Made, used and destroyed in the server's thread.
class DemoHub : public QObject
{
public:
    DemoHub(const DemoOptions& options, const Folders& folders);

    Result<quint16> listen(quint16 port);
    void setFaults(const Faults& faults);
    void restart(bool keepHistory);

private:
    static JobEnvironment environment(const DemoOptions& options, const Folders& folders);

    NodeLibrary m_library;
    SocketFront m_sockets;
    JobDesk m_desk;
    RestRoutes m_routes;
    std::unique_ptr<HttpFront> m_http;
    quint16 m_port = 0;
};

} // namespace gesso::demo
