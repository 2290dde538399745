// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/comfyclient.h"
#include "core/comfy/comfysocket.h"
#include "core/net/machinewatch.h"
#include "core/run/runtimings.h"
#include "core/store/outputstore.h"

namespace gesso {

// Intervals, caps and disk of a ServerSession; tests use others.
struct SessionTuning {
    ComfyClientLimits rest;
    ComfySocketTiming socket;
    RunTimings runs;
    OutputStore store;
    MachineWatch::Addresses addresses; // set: this machine is watched also for a server on it
    int machineMs = 5000; // between two looks at it
};

} // namespace gesso
