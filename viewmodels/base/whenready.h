// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace gesso {

// Hands the result of `future` to `then` in the owner's thread, later; never if the owner is gone by then, or
// the future was given up. QFuture::then(context, …) does the same, but stops the program when the context is
// gone (Qt 6.4: "ASSERT: context").
template <typename Result, typename Then>
void whenReady(const QFuture<Result>& future, QObject* owner, Then then)
{
    auto* watcher = new QFutureWatcher<Result>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             then(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace gesso
