// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/allocations.h"

#include <sys/resource.h>

#include <atomic>
#include <cstdlib>

namespace {

std::atomic<quint64> allocationCount{0};
std::atomic<quint64> allocatedBytes{0};

void count(std::size_t bytes)
{
    allocationCount.fetch_add(1, std::memory_order_relaxed);
    allocatedBytes.fetch_add(bytes, std::memory_order_relaxed);
}

} // namespace

// The program's own malloc comes before the C library's; operator new calls it too. Only glibc tells under
// which name its own can still be reached.
#ifdef __GLIBC__
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t number, std::size_t bytes);
void* __libc_realloc(void* block, std::size_t bytes);

void* malloc(std::size_t bytes)
{
    count(bytes);
    return __libc_malloc(bytes);
}

void* calloc(std::size_t number, std::size_t bytes)
{
    count(number * bytes);
    return __libc_calloc(number, bytes);
}

void* realloc(void* block, std::size_t bytes)
{
    count(bytes);
    return __libc_realloc(block, bytes);
}
}
#endif

namespace gesso::bench {

Allocations allocations()
{
    return {allocationCount.load(std::memory_order_relaxed), allocatedBytes.load(std::memory_order_relaxed)};
}

double peakMemoryMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024; // Linux counts in KiB
}

} // namespace gesso::bench
