// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace gesso {

// Time as a dependency, so that tests can set it.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual QDateTime now() const = 0; // wall clock, UTC
    virtual qint64 elapsedMs() const = 0; // monotonic, from an arbitrary start
};

class SystemClock final : public Clock
{
public:
    QDateTime now() const override;
    qint64 elapsedMs() const override;
};

} // namespace gesso
