// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "core/run/runhistory.h"

namespace gesso::cli {

// Says what is wrong with the history of runs, as long as it lives. Nothing stops because of it: the runs
// themselves say so if they could not be kept and were not sent.
class HistoryReporter : public QObject
{
public:
    HistoryReporter(const RunHistory& history, Console& console);
};

} // namespace gesso::cli
