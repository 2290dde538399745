// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>

namespace gesso {

class Clock;

// Notices that this machine has slept, or that its network has changed: what it was connected to is in doubt
// then. Looks every few seconds: while a machine sleeps its monotonic clock stands still and its wall clock
// does not, and a stopped program's timer fires far too late. That needs no service of the system, and the
// timer is due at once after waking.
class MachineWatch : public QObject
{
    Q_OBJECT

public:
    using Addresses = std::function<QList<QHostAddress>()>;

    // An empty `addresses` asks the system. `clock` must outlive this.
    explicit MachineWatch(const Clock& clock, Addresses addresses = {}, int intervalMs = 5000,
                          QObject* parent = nullptr);

    QList<QHostAddress> addresses() const { return m_known; } // without loopback ones
    void look(); // what the timer does

Q_SIGNALS:
    void woke(); // or the clock was set: to look once too often does no harm
    void networkChanged();

private:
    const Clock& m_clock;
    const Addresses m_addresses;
    const int m_intervalMs;
    QTimer m_timer;
    QList<QHostAddress> m_known;
    qint64 m_monotonicMs;
    qint64 m_wallMs;
};

} // namespace gesso
