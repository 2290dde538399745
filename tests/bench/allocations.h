// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gesso::bench {

// How often memory was asked for since the program began, by operator new or by Qt's containers, and how many
// bytes. Both stay 0 where the C library is not glibc.
struct Allocations {
    quint64 count = 0;
    quint64 bytes = 0;

    Allocations operator-(const Allocations& earlier) const
    {
        return {count - earlier.count, bytes - earlier.bytes};
    }
};

Allocations allocations();

// The most memory this process ever had in RAM, in MiB (getrusage).
double peakMemoryMiB();

} // namespace gesso::bench
