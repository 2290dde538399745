// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/mock/mockjobs.h"

#include "tests/bench/mock/wire.h"

#include <iterator>

namespace gesso::bench {
namespace {

constexpr std::size_t kMaxHistory = 10'000; // as ComfyUI
constexpr auto kSampler = "3";
constexpr auto kDecoder = "8";
constexpr auto kSaver = "9";

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

std::string outputOf(const Job& job)
{
    return R"({"images": [{"filename": "mock_)" + std::to_string(job.number)
        + R"(_.png", "subfolder": "", "type": "output"}]})";
}

std::string queueItem(const Job& job)
{
    return '[' + std::to_string(job.number) + ", " + quoted(job.id) + ", " + job.prompt
        + R"(, {"client_id": )" + quoted(job.clientId) + R"(}, ["9"]])";
}

std::string historyEntry(const Job& job)
{
    return '{' + quoted(job.id) + R"(: {"prompt": )" + queueItem(job) + R"(, "outputs": {"9": )"
        + outputOf(job)
        + R"(}, "status": {"status_str": "success", "completed": true, "messages": [["execution_start", {"prompt_id": )"
        + quoted(job.id) + R"(}], ["execution_success", {"prompt_id": )" + quoted(job.id)
        + R"(}]]}, "meta": {"9": {"node_id": "9", "display_node": "9", "parent_node": null, "real_node_id": "9"}}}})";
}

} // namespace

MockJobs::MockJobs(const MockOptions& options, TellText tellText, SendPreviews sendPreviews)
    : m_options(options)
    , m_tell(std::move(tellText))
    , m_sendPreviews(std::move(sendPreviews))
{
}

std::string MockJobs::add(std::string_view body)
{
    Job job;
    job.number = ++m_counter;
    job.id = textMember(body, "prompt_id");
    if (job.id.empty()) {
        job.id = "mock-" + std::to_string(job.number);
    }
    job.clientId = textMember(body, "client_id");
    job.prompt = objectMember(body, "prompt");
    job.previewsLeft = m_options.previews;
    const std::string answer = R"({"prompt_id": )" + quoted(job.id) + R"(, "number": )"
        + std::to_string(job.number) + R"(, "node_errors": {}})";
    m_pending.push_back(std::move(job));
    m_tell({}, status());
    return answer;
}

void MockJobs::advance(Instant now)
{
    while (m_running || !m_pending.empty()) {
        if (!m_running) {
            start(now);
        }
        while (m_running->step < m_options.steps && stepDue() <= now) {
            tellStep();
        }
        if (m_running->previewsLeft > 0) {
            m_sendPreviews(*m_running);
        }
        const bool isDue = m_running->started + std::chrono::milliseconds(m_options.delayMs) <= now;
        if (!isDue || m_running->previewsLeft > 0) {
            return;
        }
        finish();
    }
}

std::optional<Instant> MockJobs::nextDue() const
{
    if (!m_running) {
        return std::nullopt;
    }
    return m_running->step < m_options.steps
        ? stepDue()
        : m_running->started + std::chrono::milliseconds(m_options.delayMs);
}

void MockJobs::forgetAll()
{
    m_pending.clear();
    m_running.reset();
    m_history.clear();
    m_historyOrder.clear();
}

std::string MockJobs::queue() const
{
    std::string text = R"({"queue_running": [)" + (m_running ? queueItem(*m_running) : std::string())
        + R"(], "queue_pending": [)";
    for (auto job = m_pending.begin(); job != m_pending.end(); ++job) {
        text += (job == m_pending.begin() ? "" : ", ") + queueItem(*job);
    }
    return text + "]}";
}

std::string MockJobs::history(const std::string& id) const
{
    const auto entry = m_history.find(id);
    return entry == m_history.end() ? "{}" : entry->second;
}

std::string MockJobs::status(std::string_view sid) const
{
    return R"({"type": "status", "data": {"status": {"exec_info": {"queue_remaining": )"
        + std::to_string(remaining()) + "}}" + (sid.empty() ? "" : R"(, "sid": )" + quoted(sid)) + "}}";
}

void MockJobs::start(Instant now)
{
    m_running = std::move(m_pending.front());
    m_pending.pop_front();
    m_running->started = now;
    if (!m_firstStart) {
        m_firstStart = now;
    }
    m_tell({}, status());
    tell("execution_start", R"(, "timestamp": 1770000000000)");
    tell("execution_cached", R"(, "nodes": ["4", "5", "6", "7"], "timestamp": 1770000000000)");
    tell("executing", std::string(R"(, "node": "3", "display_node": "3")"));
}

void MockJobs::tellStep()
{
    m_running->previewsLeft += m_options.stepsHavePreviews ? 1 : 0;
    const std::string value = std::to_string(++m_running->step);
    const std::string max = std::to_string(m_options.steps);
    tell("progress_state",
         R"(, "nodes": {"3": {"value": )" + value + R"(, "max": )" + max
             + R"(, "state": "running", "node_id": "3", "prompt_id": )" + quoted(m_running->id)
             + R"(, "display_node_id": "3", "parent_node_id": null, "real_node_id": "3"}})");
    tell("progress", R"(, "value": )" + value + R"(, "max": )" + max + R"(, "node": )" + quoted(kSampler));
}

void MockJobs::finish()
{
    for (const char* node : {kDecoder, kSaver}) {
        tell("executing", R"(, "node": )" + quoted(node) + R"(, "display_node": )" + quoted(node));
    }
    tell("executed", R"(, "node": "9", "display_node": "9", "output": )" + outputOf(*m_running));
    tell("execution_success", R"(, "timestamp": 1770000000000)");
    m_history.insert_or_assign(m_running->id, historyEntry(*m_running));
    m_historyOrder.push_back(m_running->id);
    if (m_historyOrder.size() > kMaxHistory) {
        m_history.erase(m_historyOrder.front());
        m_historyOrder.pop_front();
    }
    ++m_ended;
    const Job ended = *std::exchange(m_running, std::nullopt);
    m_tell({}, status());
    m_tell(ended.clientId,
           R"({"type": "executing", "data": {"node": null, "prompt_id": )" + quoted(ended.id) + "}}");
}

void MockJobs::tell(std::string_view type, const std::string& members)
{
    m_tell(m_running->clientId,
           R"({"type": )" + quoted(type) + R"(, "data": {"prompt_id": )" + quoted(m_running->id) + members
               + "}}");
}

Instant MockJobs::stepDue() const
{
    const std::chrono::microseconds all = std::chrono::milliseconds(m_options.delayMs);
    return m_running->started + all * (m_running->step + 1) / (m_options.steps + 1);
}

} // namespace gesso::bench
