// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace gesso::chaos {

// A wall clock that somebody sets, forward and back. The monotonic one goes on: that is what it is for.
class JumpingClock final : public Clock
{
public:
    QDateTime now() const override { return m_system.now().addMSecs(m_offsetMs); }
    qint64 elapsedMs() const override { return m_system.elapsedMs(); }
    void jump(qint64 ms) { m_offsetMs += ms; }

private:
    SystemClock m_system;
    std::atomic<qint64> m_offsetMs = 0;
};

} // namespace gesso::chaos
