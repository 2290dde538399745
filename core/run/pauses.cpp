// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/pauses.h"

#include <QTimer>

#include <utility>

namespace gesso {

Pauses::~Pauses()
{
    wakeAll();
}

void Pauses::wakeAll()
{
    for (const std::coroutine_handle<> waiting : std::exchange(m_waiting, {})) {
        waiting.resume();
    }
}

void Pauses::add(std::coroutine_handle<> waiting, int ms)
{
    m_waiting.append(waiting);
    QTimer::singleShot(ms, this, [this, waiting] {
        if (m_waiting.removeOne(waiting)) { // not woken before
            waiting.resume();
        }
    });
}

} // namespace gesso
