// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/processtime.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <sys/resource.h>
#endif

namespace gesso::cli {

#ifdef Q_OS_WIN

double processCpuSeconds()
{
    FILETIME created, ended, system, user;
    if (GetProcessTimes(GetCurrentProcess(), &created, &ended, &system, &user) == 0) {
        return 0;
    }
    const auto seconds = [](const FILETIME& time) {
        constexpr double kHighPart = 4294967296.0; // 2^32
        constexpr double kTicksPerSecond = 1e7;
        return (time.dwHighDateTime * kHighPart + time.dwLowDateTime) / kTicksPerSecond;
    };
    return seconds(system) + seconds(user);
}

#else

double processCpuSeconds()
{
    rusage used{};
    if (getrusage(RUSAGE_SELF, &used) != 0) {
        return 0;
    }
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

#endif

} // namespace gesso::cli
