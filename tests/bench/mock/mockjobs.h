// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/mock/mockoptions.h"

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gesso::bench {

using Instant = std::chrono::steady_clock::time_point;

struct Job {
    long number = 0;
    std::string id;
    std::string clientId;
    std::string prompt; // JSON
    Instant started;
    int step = 0;
    int previewsLeft = 0;
};

// The queue, the job that runs, and the history. Says what it does in frames: text ones to one client, or to
// all for an empty client id.
class MockJobs
{
public:
    using TellText = std::function<void(const std::string& clientId, std::string_view json)>;
    using SendPreviews = std::function<void(Job&)>; // as many as the socket takes

    MockJobs(const MockOptions& options, TellText tell, SendPreviews sendPreviews);

    std::string add(std::string_view body); // of POST /prompt; the answer
    void advance(Instant now); // does what is due
    std::optional<Instant> nextDue() const;
    void forgetAll();

    std::string queue() const; // JSON
    std::string history(const std::string& id) const; // JSON
    int remaining() const { return int(m_pending.size()) + (m_running ? 1 : 0); }
    bool hasPreviewsToSend() const { return m_running && m_running->previewsLeft > 0; }
    bool runsFor(const std::string& clientId) const { return m_running && m_running->clientId == clientId; }
    long ended() const { return m_ended; }
    std::optional<Instant> firstStart() const { return m_firstStart; }
    std::string status(std::string_view sid = {}) const;

private:
    void start(Instant now);
    void tellStep();
    void finish();
    void tell(std::string_view type, const std::string& members);
    Instant stepDue() const;

    const MockOptions& m_options;
    TellText m_tell;
    SendPreviews m_sendPreviews;
    long m_counter = 0;
    long m_ended = 0;
    std::deque<Job> m_pending;
    std::optional<Job> m_running;
    std::unordered_map<std::string, std::string> m_history; // id to JSON
    std::deque<std::string> m_historyOrder;
    std::optional<Instant> m_firstStart;
};

} // namespace gesso::bench
