// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <memory>

namespace gesso {

// Shared by a source and its tokens; emits cancelled() once.
class CancelState : public QObject
{
    Q_OBJECT

public:
    std::atomic_bool isCancelled = false;

Q_SIGNALS:
    void cancelled();
};

// Explicit cancellation: dropping a coroutine's Task does not stop it, a token does. Copyable, may be asked
// from any thread. A default-made token is never cancelled.
class CancelToken
{
public:
    CancelToken() = default;

    bool isCancelled() const;

    // Calls `slot` in `context`'s thread when cancelled; at once (queued) if that has already happened. Only
    // in the thread that cancels: a cancel() meanwhile would be missed.
    template <typename Slot> void onCancelled(QObject* context, Slot slot) const
    {
        if (!m_state) {
            return;
        }
        if (m_state->isCancelled) {
            QMetaObject::invokeMethod(context, slot, Qt::QueuedConnection);
            return;
        }
        QObject::connect(m_state.get(), &CancelState::cancelled, context, slot);
    }

private:
    friend class CancelSource;
    explicit CancelToken(std::shared_ptr<CancelState> state);

    std::shared_ptr<CancelState> m_state;
};

class CancelSource
{
public:
    CancelSource();

    CancelToken token() const;
    bool isCancelled() const;
    void cancel(); // idempotent

private:
    std::shared_ptr<CancelState> m_state;
};

} // namespace gesso
