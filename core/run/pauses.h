// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QObject>

#include <coroutine>

namespace gesso {

// Waiting inside coroutines that ends with its owner: co_await pauses.pause(500). Destroying the object
// resumes all who wait, at once, so that no coroutine is left behind; they must check that their owner is
// still there.
class Pauses : public QObject
{
public:
    using QObject::QObject;
    ~Pauses() override;

    struct Awaiter {
        Pauses* pauses;
        int ms;

        bool await_ready() const noexcept { return ms <= 0; }
        void await_suspend(std::coroutine_handle<> waiting) const { pauses->add(waiting, ms); }
        void await_resume() const noexcept { }
    };

    [[nodiscard]] Awaiter pause(int ms) { return {this, ms}; }
    void wakeAll();

private:
    void add(std::coroutine_handle<> waiting, int ms);

    QList<std::coroutine_handle<>> m_waiting;
};

} // namespace gesso
