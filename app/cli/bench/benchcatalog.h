// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/bench/benchreport.h"
#include "core/base/canceltoken.h"

#include <QCoroTask>

namespace gesso {
class ServerSession;
}

namespace gesso::cli {

// From asking for /object_info to a catalogue in which a node can be looked up. `session` and `report`
// outlive the task.
QCoro::Task<void> benchCatalog(ServerSession* session, BenchReport* report, CancelToken cancel);

} // namespace gesso::cli
