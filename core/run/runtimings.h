// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QList>

namespace gesso {

// Intervals of a RunService, in milliseconds; tests shorten them. A list is a series of attempts: how long to
// wait before each.
struct RunTimings {
    QList<int> historyMs{0, 100, 250, 500, 1000, 2000}; // history is written just before the run's last frame
    QList<int> lookupMs{0, 1000, 2000, 5000, 10'000, 20'000}; // where a prompt is whose answer was lost
    QList<int> downloadMs{0, 500, 2000}; // of one file, while the server cannot be reached
    int pollMs = 15'000; // a run without a sign of life is looked up this often
    int followMs = 2000; // the same for a run whose frames go to the socket of a dead process
    int confirmMs = 300; // before believing that the server has forgotten a run
    int cancelMs = 60'000; // for the server to confirm a stop: it comes between two steps
};

} // namespace gesso
