// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/jobqueue.h"

#include <algorithm>

namespace gesso::demo {

namespace {

// Python compares the tuples: by number, then by id.
bool runsLater(const JobPtr& a, const JobPtr& b)
{
    const double x = a->number.get<double>();
    const double y = b->number.get<double>();
    return x != y ? x > y : a->promptId > b->promptId;
}

} // namespace

Json JobQueue::takeNumber(const Json& own, bool front)
{
    const std::int64_t counter = m_counter++;
    if (own.is_number()) {
        return own.get<double>();
    }
    return front ? -counter : counter;
}

void JobQueue::put(JobPtr job)
{
    m_heap.push_back(std::move(job));
    std::push_heap(m_heap.begin(), m_heap.end(), runsLater);
}

JobPtr JobQueue::takeNext()
{
    if (m_running || m_heap.empty()) {
        return nullptr;
    }
    std::pop_heap(m_heap.begin(), m_heap.end(), runsLater);
    m_running = m_heap.back();
    m_heap.pop_back();
    return m_running;
}

void JobQueue::finishRunning()
{
    m_running.reset();
}

int JobQueue::remaining() const
{
    return static_cast<int>(m_heap.size()) + (m_running ? 1 : 0);
}

bool JobQueue::remove(const QString& promptId)
{
    const auto it = std::find_if(m_heap.begin(), m_heap.end(),
                                 [&promptId](const JobPtr& job) { return job->promptId == promptId; });
    if (it == m_heap.end()) {
        return false;
    }
    m_heap.erase(it);
    std::make_heap(m_heap.begin(), m_heap.end(), runsLater);
    return true;
}

void JobQueue::clear()
{
    m_heap.clear();
}

bool JobQueue::interrupt(const QString& promptId)
{
    if (!m_running || (!promptId.isEmpty() && m_running->promptId != promptId)) {
        return false;
    }
    m_running->isInterrupted = true;
    return true;
}

} // namespace gesso::demo
