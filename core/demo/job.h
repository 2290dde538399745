// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QStringList>

#include <atomic>
#include <memory>

namespace gesso::demo {

// One accepted prompt. Immutable once queued, but for the interrupt.
struct Job {
    Json number; // an integer or, where the client gave one, a float: echoed as such
    QString promptId;
    Json prompt;
    Json extraData;
    QString clientId; // empty: nobody in particular (protocol.md 2.2)
    QStringList outputs;
    std::atomic_bool isInterrupted = false;

    // [number, prompt_id, prompt, extra_data, outputs_to_execute], as in /queue and in the history.
    Json toJson() const;
};

using JobPtr = std::shared_ptr<Job>;

} // namespace gesso::demo
