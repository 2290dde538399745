// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrequest.h"
#include "tests/chaos/script.h"

namespace gesso::chaos {

// Where a scenario's Gesso works.
struct Place {
    quint64 seed = 0;
    QString server; // as it is typed
    QString home; // history and cache
    QString output;
    QString upload; // a picture to upload
    bool isResubmitting = false;
    bool hasOneName = false;
};

PromptId idOf(quint64 seed, int index); // the same each time
QString prefixOf(int index); // of the names on the server

// A small picture in the order of the demo server's own workflow.
RunRequest requestFor(const Place& place, const RunPlan& plan);

Json toJson(const Place& place);
Place placeFrom(const Json& json);
Json toJson(const RunPlan& plan);
RunPlan planFrom(const Json& json);

} // namespace gesso::chaos
