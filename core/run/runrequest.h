// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/seed.h"
#include "core/workflow/prompt.h"

#include <QDateTime>

namespace gesso {

// A local file that must be on the server before the prompt is sent; its server name replaces the input's
// value.
struct RunUpload {
    QString localPath;
    NodeId node;
    QString input;
};

// Everything needed to make a run, fixed when it is created.
struct RunRequest {
    PromptId id; // ours; newPromptId()
    QString title; // workflow's title
    Prompt prompt;
    Json workflow; // graph as saved, embedded by the server; null for API documents
    QList<RunUpload> uploads;
    std::optional<Seed> seed; // the main seed, for names and lists
    QString outputFolder; // where results go
    QString namePattern; // see outputname.h; empty keeps the server's names
    bool front = false;
    QDateTime created; // UTC
};

PromptId newPromptId(); // random UUID, no braces

} // namespace gesso
