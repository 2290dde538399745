// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"
#include "core/comfy/comfyevent.h"

#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace gesso::testkit {

// One POST of a prompt in a recorded transcript.
struct RecordedSubmit {
    int status = 0;
    PromptId promptId; // empty when refused
    Json body; // the answer
    Json prompt; // as submitted, or null: the older recordings lack it
    bool hasClientId = true;
};

// A recorded conversation with a real server, in either form (README of the recordings).
struct Transcript {
    QList<ComfyEvent> events; // all frames received, by whichever socket, decoded, in order
    QStringList frameErrors; // frames that did not decode
    QList<RecordedSubmit> submits;
    QHash<PromptId, Json> histories; // last non-empty entry per prompt

    static Transcript read(const QString& path);
    static QStringList files(); // absolute paths of every recorded transcript
};

} // namespace gesso::testkit
