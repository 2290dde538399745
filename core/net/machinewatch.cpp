// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/machinewatch.h"

#include "core/base/clock.h"

#include <QNetworkInterface>

#include <algorithm>
#include <cmath>

namespace gesso {
namespace {

// A busy machine's timers are late too; a clock is set by less than this all the time.
constexpr qint64 kSleptMs = 15'000;

QList<QHostAddress> systemAddresses()
{
    return QNetworkInterface::allAddresses();
}

QList<QHostAddress> sorted(QList<QHostAddress> addresses)
{
    addresses.removeIf([](const QHostAddress& address) { return address.isLoopback(); });
    std::sort(addresses.begin(), addresses.end(),
              [](const QHostAddress& a, const QHostAddress& b) { return a.toString() < b.toString(); });
    return addresses;
}

} // namespace

MachineWatch::MachineWatch(const Clock& clock, Addresses addresses, int intervalMs, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_addresses(addresses ? std::move(addresses) : systemAddresses)
    , m_intervalMs(intervalMs)
    , m_known(sorted(m_addresses()))
    , m_monotonicMs(clock.elapsedMs())
    , m_wallMs(clock.now().toMSecsSinceEpoch())
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &MachineWatch::look);
    m_timer.start(intervalMs);
}

void MachineWatch::look()
{
    const qint64 monotonicMs = m_clock.elapsedMs();
    const qint64 wallMs = m_clock.now().toMSecsSinceEpoch();
    const qint64 late = monotonicMs - m_monotonicMs - m_intervalMs;
    const qint64 jump = (wallMs - m_wallMs) - (monotonicMs - m_monotonicMs);
    m_monotonicMs = monotonicMs;
    m_wallMs = wallMs;
    const QList<QHostAddress> now = sorted(m_addresses());
    const bool isOtherNetwork = now != m_known;
    m_known = now;
    if (late > kSleptMs || std::abs(jump) > kSleptMs) {
        Q_EMIT woke();
    }
    if (isOtherNetwork) {
        Q_EMIT networkChanged();
    }
}

} // namespace gesso
