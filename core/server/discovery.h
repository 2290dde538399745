// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"

#include <QCoroTask>
#include <QList>
#include <QUrl>

namespace gesso {

inline constexpr int discoveryMs = 300;

// Where a ComfyUI on this machine usually listens, most likely first: its own port, the desktop
// application's, and the next two that people give a second one.
QList<QUrl> usualLocalServers();

// The first of `candidates`, in their order, that answers GET /system_stats like a ComfyUI; all are asked at
// once, each for at most `waitMs`. An invalid URL: none. Something else listening there is not taken for one.
QCoro::Task<QUrl> discoverServer(QList<QUrl> candidates = usualLocalServers(), int waitMs = discoveryMs,
                                 CancelToken cancel = {});

} // namespace gesso
