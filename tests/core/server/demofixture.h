// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/comfy/comfyclient.h"
#include "core/comfy/comfysocket.h"
#include "core/demo/demoserver.h"
#include "core/run/runservice.h"
#include "tests/testkit/tcpproxy.h"

#include <QTemporaryDir>

#include <memory>

namespace gesso::testkit {

// How long a test waits for what must come; so long only under valgrind and the sanitizers.
inline constexpr int patienceMs = 60'000;

// The real thing end to end: a RunService over HTTP and WebSocket to the demo server, through a wire that can
// fail.
struct DemoFixture {
    demo::DemoServer server;
    std::unique_ptr<TcpProxy> wire;
    SystemClock clock;
    std::unique_ptr<ComfyClient> client;
    std::unique_ptr<ComfySocket> socket;
    std::unique_ptr<RunService> service;
    QTemporaryDir output;
    QList<PreviewFrame> previews;
    bool isReady = false; // connected

    explicit DemoFixture(int stepDelayMs = 0, const ComfyClientLimits& limits = {});
    ~DemoFixture();

    // One of our sample workflows, as it would be sent, small and with these values.
    static Prompt samplePrompt(const QString& name, const QUrl& server, int seed, int steps);
    RunRequest request(int seed, int steps = 3) const; // text to picture
    PromptId submit(const RunRequest& request);
    RunState state(const PromptId& id) const { return *service->state(id); }
    RunPhase phase(const PromptId& id) const { return service->state(id)->phase; }
    QStringList filesOnDisk() const; // hidden ones too
};

Json embeddedPrompt(const QString& pngPath); // what the server wrote into its picture

} // namespace gesso::testkit
