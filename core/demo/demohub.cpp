// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demohub.h"

#include "core/base/log.h"

#include <QUuid>
#include <QWebSocket>

namespace gesso::demo {

DemoHub::DemoHub(const DemoOptions& options, const Folders& folders)
    : m_desk(m_library, environment(options, folders), m_sockets)
    , m_routes(m_library, folders, m_desk)
{
}

JobEnvironment DemoHub::environment(const DemoOptions& options, const Folders& folders)
{
    JobEnvironment environment;
    environment.folders = folders;
    environment.stepDelayMs = options.stepDelayMs;
    environment.previewSize = options.previewSize;
    environment.tempPrefix =
        QStringLiteral("ComfyUI_temp_") + QUuid::createUuid().toString(QUuid::Id128).left(5);
    return environment;
}

Result<quint16> DemoHub::listen(quint16 port)
{
    m_http =
        std::make_unique<HttpFront>([this](const HttpRequest& request) { return m_routes.answer(request); });
    connect(m_http.get(), &HttpFront::socketConnected, &m_sockets, &SocketFront::add);
    const Result<quint16> actual = m_http->listen(port);
    m_port = actual.value_or(port);
    return actual;
}

void DemoHub::setFaults(const Faults& faults)
{
    m_desk.setFaults(faults);
    m_routes.setFaults(faults);
}

void DemoHub::restart(bool keepHistory)
{
    m_sockets.dropAll();
    m_http.reset();
    m_desk.restart(keepHistory);
    const Result<quint16> port = listen(m_port);
    if (!port) {
        log::error(log::Category::Demo,
                   QStringLiteral("The demo server cannot listen again: ") + port.error().detail);
    }
}

} // namespace gesso::demo
