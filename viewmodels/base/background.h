// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>

#include <utility>

namespace gesso {

// Runs `work` in the pool and hands what it returns to `then` in the owner's thread. The owner must also own
// the pool (and wait for it before it dies): that is what makes the hand-over safe.
template <typename Work, typename Then>
void runInBackground(QThreadPool& pool, QObject* owner, Work work, Then then)
{
    pool.start([owner, work = std::move(work), then = std::move(then)]() mutable {
        QMetaObject::invokeMethod(
            owner, [then = std::move(then), result = work()]() mutable { then(std::move(result)); },
            Qt::QueuedConnection);
    });
}

} // namespace gesso
