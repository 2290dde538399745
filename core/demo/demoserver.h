// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/demo/faults.h"

#include <QString>
#include <QUrl>

#include <memory>

namespace gesso::demo {

struct DemoOptions {
    quint16 port = 0; // 0: any free one
    QString folder; // input, output and temp live here; empty: a temporary folder, removed at the end
    int stepDelayMs = 40; // pause per painter step, so that a person sees the picture emerge; tests set 0
    int previewSize = 512; // longest side of previews
};

// The built-in ComfyUI-compatible server: REST, WebSocket and /object_info on one loopback port. Runs in its
// own thread and paints in another; all methods may be called from any thread.
class DemoServer
{
public:
    DemoServer();
    ~DemoServer(); // stops within a step

    Result<QUrl> start(const DemoOptions& options = {}); // http://127.0.0.1:port
    void stop();
    bool isRunning() const;
    QUrl url() const;
    QString folder() const;

    void setFaults(const Faults& faults);
    void restart(bool keepHistory); // same port; drops sockets and queue

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso::demo
