// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace gesso::cli {

// docs/cli.md, Exit codes. Every error's code comes from the one table in core/base/error.cpp.
inline int toInt(ExitCode code)
{
    return static_cast<int>(code);
}

// Of several runs: cancelled beats all (a person did that), then what no other run would fare better with.
inline ExitCode worse(ExitCode a, ExitCode b)
{
    const auto rank = [](ExitCode code) {
        switch (code) {
        case ExitCode::Done:
            return 0;
        case ExitCode::Failed:
            return 1;
        case ExitCode::Usage:
            return 2;
        case ExitCode::Unreachable:
            return 3;
        case ExitCode::Cancelled:
            return 4;
        }
        return 1;
    };
    return rank(a) >= rank(b) ? a : b;
}

} // namespace gesso::cli
