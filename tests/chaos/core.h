// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runhistory.h"
#include "core/run/runservice.h"
#include "core/server/serversession.h"
#include "tests/chaos/gesso.h"
#include "tests/chaos/jumpingclock.h"
#include "tests/testkit/faultydisk.h"

namespace gesso::chaos {

// The parts of a Gesso without its window: one server's session, and the history on the disk.
class Core final : public Gesso
{
public:
    explicit Core(const Place& place);
    ~Core() override;

    void submit(const RunPlan& plan) override;
    void cancel(int index) override;
    void setDiskSpace(qint64 bytes) override;
    void jumpClock(qint64 ms) override;
    void retryDownloads() override;
    void ask() override { }
    std::optional<Memory> answer() override;

private:
    const Place m_place;
    JumpingClock m_clock;
    testkit::FaultyDisk m_disk; // history and results
    std::shared_ptr<std::atomic<qint64>> m_diskSpace; // as it is asked for
    RunHistory m_history;
    ServerSession m_session;
};

} // namespace gesso::chaos
