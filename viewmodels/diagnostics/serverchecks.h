// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "viewmodels/diagnostics/checkresult.h"

namespace gesso {

class ServerSession;

// What is known of a server after its open() ended with `opened`: whether it was reached and how fast, its
// version and devices, its socket, its nodes.
CheckResults serverChecks(const ServerSession& session, const Result<void>& opened);

// No server could be chosen at all.
CheckResults serverChecks(const Error& error);

} // namespace gesso
