// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/mock/connection.h"
#include "tests/bench/mock/mockjobs.h"

#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

namespace gesso::bench {

struct Request;

// A server with ComfyUI's wire and nothing behind it, fast enough not to be what is measured: one thread, one
// epoll. Linux only.
class MockServer
{
public:
    explicit MockServer(MockOptions options);
    ~MockServer();
    MockServer(const MockServer&) = delete;
    MockServer& operator=(const MockServer&) = delete;

    bool listen(); // on localhost
    int port() const { return m_options.port; }
    [[noreturn]] void serve();

private:
    int waitMs() const;
    void accept();
    void read(Connection& connection);
    bool handleRequest(Connection& connection); // false: more bytes are needed
    bool handleFrame(Connection& connection);
    void answer(Connection& connection, const Request& request);
    void openSocket(Connection& connection, const Request& request);
    void tell(const std::string& clientId, std::string_view json);
    void sendPreviews(Job& job);
    void flush(Connection& connection);
    void flushAll();
    void drop(Connection& connection);
    void dropAll();
    void reap();
    void keepOutage(Instant now);

    MockOptions m_options;
    MockJobs m_jobs;
    std::string m_result; // PNG
    std::string m_preview; // JPEG
    std::string m_previewFrame; // of the job that runs, as it goes over the wire
    std::string m_previewFrameOf;
    int m_epoll = -1;
    int m_listener = -1;
    std::unordered_map<int, std::unique_ptr<Connection>> m_connections;
    std::unordered_map<std::string, Connection*> m_sockets; // by client id: the newest
    std::set<Connection*> m_dirty; // something was appended
    std::vector<int> m_dropped;
    bool m_wasOut = false;
    std::optional<Instant> m_returns;
};

} // namespace gesso::bench
